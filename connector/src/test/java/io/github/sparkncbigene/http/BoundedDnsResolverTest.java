package io.github.sparkncbigene.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;

class BoundedDnsResolverTest {
    /** A resolver of which only one method matters. */
    private interface Lookup extends DnsResolver {
        @Override
        default String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Test
    void addressesAndUnknownNamesArePassedOn() throws UnknownHostException {
        Lookup known = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        Lookup unknown = host -> {
            throw new UnknownHostException(host);
        };

        assertThat(new BoundedDnsResolver(known, Duration.ofMinutes(1)).resolve("a"))
                .containsExactly(InetAddress.getLoopbackAddress());
        assertThatThrownBy(() -> new BoundedDnsResolver(unknown, Duration.ofMinutes(1)).resolve("b"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("b");
    }

    @Test
    void aLookUpThatHangsEndsInTime() {
        CountDownLatch end = new CountDownLatch(1);
        Lookup hanging = host -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        };

        assertThatThrownBy(() -> new BoundedDnsResolver(hanging, Duration.ofMillis(50)).resolve("slow.example.org"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("slow.example.org: its address was not found within 0.05 s");
        end.countDown();
    }
}
