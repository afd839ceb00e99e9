package io.github.sparkncbigene.structure;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The order of the connector's packages: each imports only packages on a lower floor. */
class LayersTest {
    private static final String ROOT = "io.github.sparkncbigene";

    /** From top to bottom. Packages of one floor do not know each other. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("source", "join"),
            Set.of("optimizer"),
            Set.of("scan"),
            Set.of("read"),
            Set.of("rows"),
            Set.of("recovery", "reuse"),
            Set.of("spec", "table", "fetch", "driver"),
            Set.of("layout", "cache"),
            Set.of("decode", "plan", "segment", "http", "predicate"),
            Set.of("identifier", "service", "files"),
            Set.of("options", "rate"),
            Set.of("text", "json", "report", "metrics"),
            Set.of("counters", "error"));

    private static final int MOST_FILES = 22;
    private static final int MOST_LINES = 1600;

    private static final Path BASE = Path.of(System.getProperty("basedir", ""));

    private static final JavaClasses CONNECTOR =
            new ClassFileImporter().importPath(BASE.resolve(Path.of("target", "classes")));

    @Test
    void packagesImportOnlyLowerFloors() {
        Map<String, Integer> floors = new HashMap<>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String room : FLOORS.get(floor)) {
                floors.put(room, floor);
            }
        }
        Set<String> rooms = CONNECTOR.stream().map(LayersTest::room).collect(Collectors.toCollection(TreeSet::new));
        assertThat(rooms).as("every package has a floor in this test").isEqualTo(new TreeSet<>(floors.keySet()));

        Set<String> upward = new TreeSet<>();
        for (JavaClass from : CONNECTOR) {
            from.getDirectDependenciesFromSelf().forEach(dependency -> {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                boolean other = to.getPackageName().startsWith(ROOT + ".") && !room(to).equals(room(from));
                if (other && floors.get(room(to)) <= floors.get(room(from))) {
                    upward.add(
                            room(from) + "." + from.getSimpleName() + " uses " + room(to) + "." + to.getSimpleName());
                }
            });
        }
        assertThat(upward).isEmpty();
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CONNECTOR);
    }

    @Test
    void noPackageIsLarge() throws IOException {
        Set<String> large = new TreeSet<>();
        for (String room : FLOORS.stream().flatMap(Set::stream).toList()) {
            Path sources = BASE.resolve(Path.of("src", "main", "java", ROOT.replace('.', '/'), room));
            int files = 0;
            int lines = 0;
            try (DirectoryStream<Path> all = Files.newDirectoryStream(sources, "*.java")) {
                for (Path file : all) {
                    files += file.endsWith("package-info.java") ? 0 : 1;
                    lines += Files.readAllLines(file).size();
                }
            }
            assertThat(files).as(room).isPositive();
            if (files > MOST_FILES || lines > MOST_LINES) {
                large.add(room + " has " + files + " files and " + lines + " lines");
            }
        }
        assertThat(large)
                .as("packages with more than %s files or %s lines: split them", MOST_FILES, MOST_LINES)
                .isEmpty();
    }

    @Test
    void httpPlanningAndOptionsDoNotKnowSpark() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".http",
                        ROOT + ".service",
                        ROOT + ".rate",
                        ROOT + ".plan",
                        ROOT + ".identifier",
                        ROOT + ".options",
                        ROOT + ".text",
                        ROOT + ".counters",
                        ROOT + ".error")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark..")
                .check(CONNECTOR);
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length() + 1);
    }
}
