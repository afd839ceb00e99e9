package io.github.sparkncbigene.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Starts a driver in a JVM of its own, which can be killed. */
final class AnotherDriver {
    /** Spark's home beside a driver's log; its executors, where they are processes, log below it. */
    static final String HOME = "spark-home";

    private AnotherDriver() {}

    /**
     * Runs a class's main method.
     *
     * @param log where to write what it says
     */
    static Process start(Path log, Class<?> main, String... arguments) throws IOException {
        return start(log, "1g", main, arguments);
    }

    /**
     * Runs a class's main method.
     *
     * @param log where to write what it says
     * @param heap how much of it there is, as Java says it
     */
    static Process start(Path log, String heap, Class<?> main, String... arguments) throws IOException {
        return start(log, heap, Map.of(), main, arguments);
    }

    /**
     * Runs a class's main method.
     *
     * @param log where to write what it says
     * @param environment variables besides this JVM's
     */
    static Process start(Path log, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        return start(log, "1g", environment, main, arguments);
    }

    private static Process start(
            Path log, String heap, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-Duser"))
                .forEach(command::add);
        command.add("-Xmx" + heap);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // Executors of their own JVMs are started from here; what is in jars/ of a distribution is on the class path.
        Path home = log.resolveSibling(HOME);
        Files.createDirectories(home.resolve("jars"));
        builder.environment().putAll(environment);
        builder.environment().put("SPARK_HOME", home.toString());
        // Spark looks for its build otherwise.
        builder.environment().put("SPARK_SCALA_VERSION", "any");
        return builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    /** What it said. */
    static String log(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The session of such a driver. */
    static SparkSession session() {
        return session("local[2]");
    }

    /** The session of such a driver, with that master. */
    static SparkSession session(String master) {
        return session(master, "");
    }

    /** The session of such a driver, with that master and one more setting, as {@code name=value}, or nothing. */
    static SparkSession session(String master, String setting) {
        SparkSession.Builder builder = SparkSession.builder();
        if (!setting.isEmpty()) {
            builder.config(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return builder.master(master)
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
    }
}
