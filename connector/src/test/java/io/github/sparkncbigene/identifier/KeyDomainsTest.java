package io.github.sparkncbigene.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testing.Serialized;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeyDomainsTest {
    @Test
    void withoutFiltersEverythingPasses() {
        assertThat(KeyDomains.ALL.isEmpty()).isTrue();
        assertThat(KeyDomains.ALL.isNothing()).isFalse();
        assertThat(KeyDomains.ALL.of("gene_id")).isEmpty();
    }

    @Property
    void filtersOnOneColumnMeetAndOnTwoBothHold(
            @ForAll("values") Set<String> one, @ForAll("values") Set<String> two, @ForAll("values") Set<String> other) {
        KeyDomains domains = KeyDomains.ALL.and("a", one).and("b", other).and("a", two);
        Set<String> both = new TreeSet<>(one);
        both.retainAll(two);

        assertThat(domains.of("a").orElseThrow()).containsExactlyElementsOf(both);
        assertThat(domains.of("b").orElseThrow()).containsExactlyElementsOf(new TreeSet<>(other));
        assertThat(domains.isNothing()).isEqualTo(both.isEmpty() || other.isEmpty());
        assertThat(domains.isEmpty()).isFalse();
        assertThat(KeyDomains.ALL.and(domains)).isEqualTo(domains);
        assertThat(domains.and(KeyDomains.ALL)).isEqualTo(domains);
        assertThat(KeyDomains.ALL
                        .and("b", other)
                        .and(KeyDomains.ALL.and("a", two))
                        .and(KeyDomains.ALL.and("a", one)))
                .isEqualTo(domains)
                .hasSameHashCodeAs(domains);
        assertThat(Serialized.copy(domains)).isEqualTo(domains);
    }

    @Test
    void nothingChangesThem() {
        Set<String> values = new TreeSet<>(List.of("x"));
        KeyDomains domains = KeyDomains.ALL.and("a", values);
        values.add("y");

        assertThat(domains.of("a").orElseThrow()).containsExactly("x");
        assertThatThrownBy(() -> domains.of("a").orElseThrow().add("z"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(KeyDomains.ALL.isEmpty()).isTrue();
    }

    @Test
    void whatExplainShows() {
        assertThat(KeyDomains.ALL.and("symbol", List.of("A", "B")).and("gene_id", List.of("7")))
                .hasToString("gene_id = 7 AND symbol IN (2 values)");
        assertThat(KeyDomains.ALL.and("symbol", List.of())).hasToString("symbol IN (0 values)");
    }

    @Provide
    Arbitrary<Set<String>> values() {
        return Arbitraries.of("1", "2", "3", "10").set().ofMaxSize(4);
    }
}
