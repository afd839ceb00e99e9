package io.github.sparkncbigene.testing;

import io.github.sparkncbigene.options.Options;
import java.util.LinkedHashMap;
import java.util.Map;

/** Short forms of what tests start from. */
public final class Given {
    private Given() {}

    /** Options by name and value, in an empty environment. */
    public static Options options(String... namesAndValues) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Options.resolve(given, Map.of());
    }
}
