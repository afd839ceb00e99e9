package io.github.sparkncbigene.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.NcbiGeneServiceException;
import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.join.NcbiGeneLookup;
import io.github.sparkncbigene.source.NcbiGeneCache;
import io.github.sparkncbigene.source.NcbiGeneCatalog;
import io.github.sparkncbigene.source.NcbiGeneDataSource;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Guards what users' code may call: a change of {@code public-api.txt} is a change for them. */
class PublicApiTest {
    private static final List<Class<?>> API = List.of(
            NcbiGeneDataSource.class,
            NcbiGeneCatalog.class,
            NcbiGeneLookup.class,
            NcbiGeneExtensions.class,
            NcbiGeneCache.class,
            NcbiGeneException.class,
            NcbiGeneServiceException.class,
            ErrorCode.class);

    @Test
    void theUsersApiIsAsListed() throws IOException {
        Path file = Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "public-api.txt");
        String now = API.stream().map(PublicApiTest::describe).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, now);
        }
        assertThat(now)
                .as(
                        "what users may call is not as listed; run make docs if the change is meant, and tell them in CHANGELOG.md")
                .isEqualTo(Files.readString(file));
    }

    private static String describe(Class<?> type) {
        Stream<Member> members = Stream.of(
                        Arrays.stream(type.getDeclaredFields()),
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods()).filter(method -> !method.isBridge()))
                .flatMap(each -> each);
        return type.getName() + "\n"
                + members.filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                        .map(PublicApiTest::signature)
                        .sorted()
                        .map(line -> "  " + line + "\n")
                        .collect(Collectors.joining());
    }

    private static String signature(Member member) {
        if (member instanceof Method method) {
            return method.toGenericString();
        }
        return member instanceof Constructor<?> constructor ? constructor.toGenericString() : member.toString();
    }
}
