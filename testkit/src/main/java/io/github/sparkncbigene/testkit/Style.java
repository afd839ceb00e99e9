package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.sparkncbigene.testkit.Behaviour.JsonLayout;
import io.github.sparkncbigene.testkit.Behaviour.KeyCase;
import io.github.sparkncbigene.testkit.Behaviour.KeyOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;

/**
 * The style of JSON: white space, order and spelling of keys. NCBI's server builds differ in it.
 *
 * @param order order of the keys; null for the order of the tree
 */
record Style(JsonLayout layout, Comparator<String> order, boolean camel) {
    static Style of(Behaviour behaviour, long seed) {
        JsonLayout layout = behaviour.jsonLayout;
        if (layout == JsonLayout.RANDOM) {
            JsonLayout[] layouts = {JsonLayout.COMPACT, JsonLayout.SPACED, JsonLayout.PRETTY};
            layout = layouts[Mix.below(layouts.length, seed, 1)];
        }
        return new Style(layout, order(behaviour.keyOrder, seed), behaviour.keyCase == KeyCase.CAMEL);
    }

    private static Comparator<String> order(KeyOrder order, long seed) {
        int kind = order == KeyOrder.RANDOM ? Mix.below(3, seed, 2) : order == KeyOrder.SORTED ? 1 : 0;
        return switch (kind) {
            case 0 -> null;
            case 1 -> Comparator.naturalOrder();
            default -> Comparator.comparingLong(key -> Mix.mix(key.hashCode(), seed));
        };
    }

    /** Returns this style without line breaks. */
    Style inOneLine() {
        return layout == JsonLayout.PRETTY ? new Style(JsonLayout.SPACED, order, camel) : this;
    }

    JsonGenerator generator(OutputStream out) throws IOException {
        JsonGenerator generator = Json.FACTORY.createGenerator(out);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        PrettyPrinter printer = printer();
        return printer == null ? generator : generator.setPrettyPrinter(printer);
    }

    private PrettyPrinter printer() {
        return switch (layout) {
            case SPACED -> spaced();
            case PRETTY -> pretty();
            default -> null;
        };
    }

    private static DefaultPrettyPrinter spaced() {
        Separators separators = Separators.createDefaultInstance()
                .withRootSeparator("")
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEntrySpacing(Separators.Spacing.AFTER)
                .withArrayValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators)
                .withObjectIndenter(DefaultPrettyPrinter.NopIndenter.instance)
                .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance);
    }

    private static DefaultPrettyPrinter pretty() {
        Separators separators = Separators.createDefaultInstance()
                .withRootSeparator("")
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
    }
}
