package io.github.sparkncbigene.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SparkThreadsTest {
    @Test
    void aLoaderFindsTheConnectorOnlyWhereItHasThisVeryClass() {
        assertThat(SparkThreads.finds(SparkThreads.class.getClassLoader())).isTrue();
        assertThat(SparkThreads.finds(ClassLoader.getPlatformClassLoader())).isFalse();
    }

    @Test
    void theSchedulersThreadDecides() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread scheduler = new Thread(
                () -> {
                    running.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "dag-scheduler-event-loop");
        scheduler.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        scheduler.start();
        running.await();
        try {
            assertThat(SparkThreads.findConnector()).isFalse();
        } finally {
            end.countDown();
            scheduler.join();
        }
    }
}
