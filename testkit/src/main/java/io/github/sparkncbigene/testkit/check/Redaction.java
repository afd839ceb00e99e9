package io.github.sparkncbigene.testkit.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Removes the API key, cookies and addresses from a response, before any other code sees it. */
final class Redaction {
    private static final String MASK = "***";
    private static final Set<String> SECRET_HEADERS = Set.of(
            "set-cookie",
            "set-cookie2",
            "cookie",
            "authorization",
            "proxy-authenticate",
            "www-authenticate",
            "api-key",
            "api_key",
            "x-api-key");
    // Bodies with status 429 contain the key or, without a key, the client's address.
    private static final Pattern NAMED =
            Pattern.compile("(\"(?:api[-_]?key|client[-_]?ip)\"\\s*:\\s*\")[^\"]*\"", Pattern.CASE_INSENSITIVE);

    private final Optional<String> key;

    Redaction(Optional<String> key) {
        this.key = key.filter(text -> !text.isBlank());
    }

    String text(String text) {
        String named = NAMED.matcher(text).replaceAll("$1" + MASK + "\"");
        return key.map(secret -> named.replace(secret, MASK)).orElse(named);
    }

    Reply reply(int status, Map<String, List<String>> headers, String body) {
        Map<String, List<String>> clean = new TreeMap<>();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!SECRET_HEADERS.contains(lower) && !lower.startsWith(":")) {
                List<String> texts = new ArrayList<>();
                values.forEach(value -> texts.add(text(value)));
                clean.put(lower, texts);
            }
        });
        return new Reply(status, clean, text(body));
    }
}
