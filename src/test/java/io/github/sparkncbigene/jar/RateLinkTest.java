package io.github.sparkncbigene.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What the rate limit calls of Spark is there: some of it is Spark's own, and where it is missing the limit falls back to
 * a division over partitions.
 */
class RateLinkTest {
    private static final String PACKAGE = "io/github/sparkncbigene/driver/";

    private record Call(String owner, String name, String descriptor) {
        boolean resolves() {
            try {
                return resolves(
                        Class.forName(owner.replace('/', '.'), false, getClass().getClassLoader()));
            } catch (ClassNotFoundException e) {
                return false;
            }
        }

        private boolean resolves(Class<?> type) {
            Stream<? extends Executable> members = name.equals("<init>")
                    ? Arrays.stream(type.getConstructors())
                    : Arrays.stream(type.getMethods())
                            .filter(method -> method.getName().equals(name));
            return members.anyMatch(member -> descriptor(member).equals(descriptor));
        }

        private static String descriptor(Executable member) {
            return member instanceof java.lang.reflect.Method method
                    ? Type.getMethodDescriptor(method)
                    : Type.getConstructorDescriptor((java.lang.reflect.Constructor<?>) member);
        }
    }

    private static List<Call> calls() throws IOException {
        List<Call> calls = new ArrayList<>();
        for (ClassReader reader : PackagedJar.ownClasses()) {
            if (reader.getClassName().startsWith(PACKAGE)) {
                reader.accept(new Calls(calls), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        }
        return calls;
    }

    @Test
    void everyCallFindsItsMethod() throws IOException, ClassNotFoundException {
        List<Call> calls = calls();
        Set<String> owners = new TreeSet<>();
        calls.forEach(call -> owners.add(call.owner));

        assertThat(owners)
                .contains(
                        "org/apache/spark/internal/plugin/PluginEndpoint",
                        "org/apache/spark/internal/plugin/PluginMessage",
                        "org/apache/spark/rpc/RpcEndpointRef",
                        "org/apache/spark/rpc/RpcEnv",
                        "org/apache/spark/util/RpcUtils",
                        "scala/reflect/ClassTag$");
        assertThat(calls).filteredOn(call -> !call.resolves()).isEmpty();
        // Called by reflection.
        assertThat(Class.forName("scala.collection.immutable.Map$Map1").getConstructors())
                .anyMatch(constructor -> constructor.getParameterCount() == 2);
    }

    /** Collects the calls to Spark and Scala. */
    private static final class Calls extends ClassVisitor {
        private final List<Call> calls;

        Calls(List<Call> calls) {
            super(Opcodes.ASM9);
            this.calls = calls;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
                    if (owner.startsWith("org/apache/spark/") || owner.startsWith("scala/")) {
                        calls.add(new Call(owner, called, type));
                    }
                }
            };
        }
    }
}
