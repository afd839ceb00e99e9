package io.github.sparkncbigene.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the jar that users get. */
class FinalJarTest {
    /** Its largest size in bytes. Most of it is HttpClient and Jackson, and the wheel that holds it stays below 3 MB. */
    private static final long BUDGET = 2_400_000;

    private static Path path;
    private static JarFile jar;
    private static List<String> names;

    @BeforeAll
    static void open() throws IOException {
        path = PackagedJar.path();
        jar = new JarFile(path.toFile());
        names = jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .toList();
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    private static String text(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyClassIsOfTheConnectorOrRelocated() {
        assertThat(names)
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .filteredOn(name -> !name.startsWith("io/github/sparkncbigene/"))
                .isEmpty();
        assertThat(names).anyMatch(name -> name.startsWith("io/github/sparkncbigene/shaded/hc/client5/"));
        assertThat(names).anyMatch(name -> name.startsWith("io/github/sparkncbigene/shaded/jackson/core/"));
    }

    @Test
    void nothingElseIsInside() {
        Set<String> others = new TreeSet<>(names);
        others.removeIf(name -> name.endsWith(".class"));

        assertThat(others)
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/FastDoubleParser-ThirdParty-LICENSE",
                        "META-INF/Schubfach-LICENSE",
                        "META-INF/sbom/spark-ncbi-gene.cdx.json",
                        "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister",
                        "io/github/sparkncbigene/report/gene-fields.tsv",
                        "io/github/sparkncbigene/report/product-fields.tsv",
                        "io/github/sparkncbigene/shaded/hc/client5/version.properties",
                        "io/github/sparkncbigene/shaded/hc/core5/version.properties");
    }

    @Test
    void noEntryIsThereTwice() {
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void sparkFindsTheSourceByItsServicesFile() throws IOException {
        List<String> registered = text("META-INF/services/org.apache.spark.sql.sources.DataSourceRegister")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(registered).isNotEmpty().allSatisfy(name -> assertThat(names)
                .contains(name.replace('.', '/') + ".class"));
    }

    @Test
    void licenceAndNoticesAreTheProjects() throws IOException {
        Path root = Path.of(System.getProperty("ncbi.gene.root"));

        assertThat(text("META-INF/LICENSE")).isEqualTo(Files.readString(root.resolve("LICENSE")));
        assertThat(text("META-INF/NOTICE"))
                .isEqualTo(Files.readString(root.resolve("NOTICE")))
                .contains("Apache HttpClient", "Jackson", "Apache Commons Text", "FastDoubleParser");
    }

    @Test
    void itSaysWhatItIs() throws IOException {
        assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Title"))
                .isEqualTo("spark-ncbi-gene");
        assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
                .isNotBlank()
                .matches(version -> path.getFileName().toString().equals("spark-ncbi-gene-" + version + ".jar"));
    }

    @Test
    void itKeepsToItsSize() throws IOException {
        assertThat(Files.size(path)).isBetween(500_000L, BUDGET);
    }
}
