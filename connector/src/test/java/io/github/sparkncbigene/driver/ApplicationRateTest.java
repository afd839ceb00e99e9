package io.github.sparkncbigene.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.rate.RateControl;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

class ApplicationRateTest {
    private final List<String> lines = new ArrayList<>();

    /** Writes down what it is told. */
    private final Logger log = (Logger) Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                Object[] parts = Arrays.copyOfRange(arguments, 1, arguments.length);
                lines.add(method.getName() + ": "
                        + MessageFormatter.arrayFormat((String) arguments[0], parts)
                                .getMessage());
                return null;
            });

    @Test
    void theDriverKeepsTheRateWithoutASetting() {
        assertThat(ApplicationRate.decide(false, false, () -> {}, log)).isEqualTo(RateControl.DRIVER);
        assertThat(lines)
                .containsExactly("info: The rate limit of ncbi-gene applies to the whole application: the driver"
                        + " keeps it, reached over Spark's RPC.");
    }

    @Test
    void thePluginIsUsedWhereItIsSet() {
        Runnable untouched = () -> {
            throw new AssertionError("Spark's own classes are left alone");
        };
        assertThat(ApplicationRate.decide(true, false, untouched, log)).isEqualTo(RateControl.PLUGIN);
        assertThat(lines)
                .containsExactly("info: The rate limit of ncbi-gene applies to the whole application: the driver"
                        + " keeps it, reached over spark.plugins.");
    }

    @Test
    void whereSparkRefusesTheRateIsDividedWithAWarning() {
        Runnable refuses = () -> {
            throw new NoClassDefFoundError("org/apache/spark/internal/plugin/PluginEndpoint");
        };
        assertThat(ApplicationRate.decide(false, false, refuses, log)).isEqualTo(RateControl.DIVIDED);
        assertThat(lines)
                .containsExactly("warn: The rate limit of ncbi-gene applies to each scan separately: scans that run"
                        + " at the same time exceed it together, and the share of an idle task stays unused. This"
                        + " Spark does not let the"
                        + " connector use its RPC (java.lang.NoClassDefFoundError:"
                        + " org/apache/spark/internal/plugin/PluginEndpoint). Set"
                        + " spark.plugins=io.github.sparkncbigene.driver.NcbiGenePlugin before Spark starts.");
    }

    @Test
    void inOneJvmAllTasksShareALimiterAnyway() {
        Runnable refuses = () -> {
            throw new IllegalStateException("stopped");
        };
        assertThat(ApplicationRate.decide(false, true, refuses, log)).isEqualTo(RateControl.DIVIDED);
        assertThat(lines).isEmpty();
    }

    @Test
    void withoutSparkNothingIsDecided() {
        assertThat(ApplicationRate.control()).isEqualTo(RateControl.DIVIDED);
    }
}
