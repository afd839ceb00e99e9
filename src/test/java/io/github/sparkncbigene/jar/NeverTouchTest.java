package io.github.sparkncbigene.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The rules of CONTRIBUTING.md that let one jar run on every Spark, checked on its class files. */
class NeverTouchTest {
    private static final String OURS = "io/github/sparkncbigene/";
    private static final String CATALYST = "org/apache/spark/sql/catalyst/";

    /** A class and what it extends. */
    private record Head(int version, int access, String name, String parent, List<String> interfaces) {}

    /** A member declared, or one called or read by another class. */
    private record Member(String in, int access, String owner, String name, String descriptor) {
        @Override
        public String toString() {
            return in + " → " + owner + "." + name + descriptor;
        }
    }

    private static final List<Head> CLASSES = new ArrayList<>();
    private static final List<Member> DECLARED = new ArrayList<>();
    private static final List<Member> USED = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        CLASSES.clear();
        DECLARED.clear();
        USED.clear();
        for (ClassReader reader : PackagedJar.ownClasses()) {
            reader.accept(new Members(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
    }

    @Test
    void thereIsSomethingToCheck() {
        assertThat(CLASSES).hasSizeGreaterThan(100);
        assertThat(USED).anyMatch(member -> member.owner.equals(CATALYST + "expressions/GenericInternalRow"));
    }

    @Test
    void everyClassIsOfJava17() {
        assertThat(CLASSES).filteredOn(type -> type.version != Opcodes.V17).isEmpty();
    }

    @Test
    void valuesOfSparkAreNotExtended() {
        Set<String> forbidden = Set.of(
                CATALYST + "InternalRow",
                CATALYST + "expressions/BaseGenericInternalRow",
                CATALYST + "expressions/GenericInternalRow",
                CATALYST + "expressions/SpecializedGetters",
                CATALYST + "util/ArrayData",
                CATALYST + "util/GenericArrayData",
                CATALYST + "util/MapData",
                "org/apache/spark/sql/vectorized/ColumnVector",
                "org/apache/spark/internal/Logging");

        assertThat(CLASSES)
                .filteredOn(type -> forbidden.contains(type.parent)
                        || type.interfaces.stream().anyMatch(forbidden::contains))
                .isEmpty();
    }

    @Test
    void aScanIsNotItsOwnBuilder() {
        String connector = "org/apache/spark/sql/connector/read/";
        Predicate<String> builds = name -> name.equals(connector + "ScanBuilder") || name.contains("/SupportsPushDown");
        Predicate<String> scans = name -> name.equals(connector + "Scan") || name.equals(connector + "Batch");

        assertThat(CLASSES)
                .filteredOn(type -> type.interfaces.stream().anyMatch(builds)
                        && type.interfaces.stream().anyMatch(scans))
                .isEmpty();
        assertThat(CLASSES).anyMatch(type -> type.interfaces.stream().anyMatch(builds));
        assertThat(CLASSES).anyMatch(type -> type.interfaces.stream().anyMatch(scans));
    }

    /** Scala 2.12 and 2.13 mean different classes by {@code Seq}; by these they mean the same. */
    @Test
    void noScalaCollectionIsUsedThatDiffers() {
        Set<String> used = new TreeSet<>();
        Set<String> users = new TreeSet<>();
        for (Member member : concat(DECLARED, USED)) {
            Set<String> types = types(member.descriptor);
            types.add(member.owner);
            types.removeIf(type -> !type.startsWith("scala/collection/"));
            if (!types.isEmpty()) {
                used.addAll(types);
                users.add(member.in);
            }
        }

        assertThat(used)
                .isSubsetOf(
                        "scala/collection/Iterable",
                        "scala/collection/Iterator",
                        "scala/collection/immutable/List",
                        "scala/collection/immutable/Map",
                        "scala/collection/immutable/Map$Map1",
                        "scala/collection/immutable/Nil$");
        assertThat(users)
                .isSubsetOf(
                        OURS + "optimizer/ScalaLists",
                        OURS + "optimizer/SparkInternals",
                        // What Spark calls to write.
                        OURS + "source/NcbiGeneAlias",
                        OURS + "source/NcbiGeneDataSource",
                        OURS + "driver/DriverEndpoint",
                        OURS + "source/SessionOptions");
    }

    /** Constructors of case classes change from version to version; these do not. */
    @Test
    void onlyStableConstructorsOfSparkAreCalled() {
        Set<String> made = new TreeSet<>();
        USED.stream()
                .filter(member -> member.name.equals("<init>") && member.owner.startsWith("org/apache/spark/"))
                // The optimizer's own classes: opt-in, and left alone where they are not as expected.
                .filter(member -> !member.in.startsWith(OURS + "optimizer/"))
                .forEach(member -> made.add(member.owner));

        assertThat(made)
                .isSubsetOf(
                        CATALYST + "expressions/GenericInternalRow",
                        CATALYST + "util/GenericArrayData",
                        CATALYST + "expressions/UnsafeArrayData",
                        CATALYST + "expressions/UnsafeRow",
                        CATALYST + "util/ArrayBasedMapData",
                        CATALYST + "analysis/NoSuchTableException",
                        CATALYST + "analysis/NoSuchNamespaceException",
                        // For the rate limit, and divided where they are missing; RateLinkTest looks for them.
                        "org/apache/spark/internal/plugin/PluginEndpoint",
                        "org/apache/spark/internal/plugin/PluginMessage",
                        "org/apache/spark/scheduler/SparkListener",
                        "org/apache/spark/sql/types/MetadataBuilder",
                        "org/apache/spark/sql/types/StructField",
                        "org/apache/spark/sql/types/StructType",
                        "org/apache/spark/util/SerializableConfiguration",
                        "org/apache/spark/sql/util/CaseInsensitiveStringMap",
                        "org/apache/spark/sql/connector/metric/CustomAvgMetric",
                        "org/apache/spark/sql/connector/metric/CustomSumMetric",
                        "org/apache/spark/sql/connector/read/streaming/Offset");
    }

    @Test
    void whatIsGoneInLaterVersionsIsNotUsed() {
        Set<String> gone = Set.of(
                "org/apache/spark/sql/Dataset.sqlContext",
                "org/apache/spark/sql/Dataset.ofRows",
                "org/apache/spark/sql/Dataset.logicalPlan",
                "org/apache/spark/sql/Column.expr",
                "org/apache/spark/sql/Column.<init>",
                "org/apache/spark/sql/execution/QueryExecution.sparkSession",
                "org/apache/spark/sql/connector/catalog/CatalogV2Util.structTypeToV2Columns");

        assertThat(USED)
                .filteredOn(member -> gone.contains(member.owner + "." + member.name)
                        || (member.owner.startsWith("org/apache/spark/internal/")
                                && !member.in.startsWith(OURS + "driver/DriverEndpoint")))
                .isEmpty();
    }

    @Test
    void noRelocatedTypeIsInAPublicSignature() {
        Set<String> open = new TreeSet<>();
        CLASSES.stream().filter(type -> (type.access & Opcodes.ACC_PUBLIC) != 0).forEach(type -> open.add(type.name));
        int visible = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

        assertThat(DECLARED)
                .filteredOn(member -> member.owner.contains("/source/")
                        || member.owner.contains("/join/")
                        || member.owner.contains("/scan/")
                        || member.owner.contains("/decode/"))
                .filteredOn(member -> open.contains(member.owner) && (member.access & visible) != 0)
                .isNotEmpty()
                .filteredOn(member -> member.descriptor.contains("Lio/github/sparkncbigene/shaded/"))
                .isEmpty();
    }

    /** Anything else would have to be inside the jar, or be there on every Spark. */
    @Test
    void onlyJavaSparkHadoopAndLoggingAreCounted() {
        Set<String> foreign = new TreeSet<>();
        concat(DECLARED, USED).forEach(member -> {
            foreign.addAll(types(member.descriptor));
            foreign.add(member.owner);
        });
        foreign.removeIf(name -> name.startsWith("[")
                || name.startsWith("java/")
                || name.startsWith("javax/crypto/")
                || name.startsWith("javax/net/ssl/")
                || name.startsWith(OURS)
                || name.startsWith("org/apache/spark/")
                || name.startsWith("org/apache/hadoop/")
                || name.startsWith("org/slf4j/")
                || name.startsWith("scala/"));

        assertThat(foreign).isEmpty();
    }

    private static List<Member> concat(List<Member> some, List<Member> others) {
        List<Member> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static Set<String> types(String descriptor) {
        Set<String> names = new TreeSet<>();
        Type type = Type.getType(descriptor);
        if (type.getSort() == Type.METHOD) {
            for (Type argument : type.getArgumentTypes()) {
                add(names, argument);
            }
            add(names, type.getReturnType());
        } else {
            add(names, type);
        }
        return names;
    }

    private static void add(Set<String> names, Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT) {
            names.add(element.getInternalName());
        }
    }

    /** Collects what a class declares and uses. */
    private static final class Members extends ClassVisitor {
        private String name = "";

        Members() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String type, String signature, String parent, String[] interfaces) {
            name = type;
            CLASSES.add(new Head(version, access, type, parent, List.of(interfaces)));
        }

        @Override
        public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
            DECLARED.add(new Member(name, access, name, field, descriptor));
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            DECLARED.add(new Member(name, access, name, method, descriptor));
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
                    // super(…) of an anonymous class or a subclass is a call as well.
                    USED.add(new Member(name, 0, owner, called, type));
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    USED.add(new Member(name, 0, owner, field, type));
                }

                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle by, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            USED.add(new Member(name, 0, handle.getOwner(), handle.getName(), handle.getDesc()));
                        }
                    }
                }
            };
        }
    }
}
