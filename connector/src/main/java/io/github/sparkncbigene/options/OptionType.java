package io.github.sparkncbigene.options;

import io.github.sparkncbigene.text.Blanks;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The type of an option's values: converts a text to its canonical form, or reports why it is invalid. */
final class OptionType {
    /** The error for a value of white space only. */
    static final String NOT_EMPTY = "not empty";

    /** A list separated by commas or white space, or in brackets with quotes. */
    public static final OptionType LIST = new OptionType("list", OptionType::nonBlank);

    /** One path, or several as a JSON array. A path may contain any character. */
    public static final OptionType PATHS = new OptionType("path, or JSON array of paths", OptionType::nonBlank);

    public static final OptionType TEXT = new OptionType("text", OptionType::nonBlank);
    public static final OptionType SECRET = new OptionType("secret", OptionType::headerSafe);
    /** A user name or password; may contain spaces and letters of any alphabet. */
    public static final OptionType CREDENTIAL = new OptionType("secret", OptionType::printable);

    public static final OptionType PROXY = new OptionType("host:port", OptionType::proxy);
    public static final OptionType BOOLEAN = oneOf(Stream.of(true, false));
    public static final OptionType URL = new OptionType("URL", OptionType::url);
    /**
     * A number with a unit: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h} or {@code 7d}; seconds if there is no
     * unit.
     */
    public static final OptionType DURATION = new OptionType("duration", text -> {
        parseDuration(text);
        return text.trim();
    });

    /** A time limit, which must be above zero. */
    public static final OptionType TIMEOUT = new OptionType("duration", text -> {
        if (parseDuration(text).isZero()) {
            throw new IllegalArgumentException("a duration above 0, such as 500ms, 30s, 5m, 2h or 7d");
        }
        return text.trim();
    });

    /** Requests per second, fractions included; 0 for no limit. */
    public static final OptionType RATE = new OptionType("number", text -> {
        if (!text.trim().matches("\\d{1,6}(\\.\\d{1,6})?")) {
            throw new IllegalArgumentException("a number of requests such as 5 or 0.5, or 0 for no limit");
        }
        return text.trim();
    });

    private static final int MAX_PORT = 65_535;
    private static final Pattern DURATION_FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d|days?)?");

    /** Validates a value: returns its canonical form, or throws with the words that follow "must be". */
    private interface Check {
        String canonical(String text);
    }

    private final String name;
    private final Check check;

    private OptionType(String name, Check check) {
        this.name = name;
        this.check = check;
    }

    /** One of these choices, by its text. */
    static OptionType oneOf(Object[] choices) {
        return oneOf(Stream.of(choices));
    }

    /** One of these choices by its text, or {@code auto}, which leaves the choice to the connector. */
    static OptionType autoOr(Object[] choices) {
        return oneOf(Stream.concat(Stream.of("auto"), Stream.of(choices)));
    }

    static OptionType oneOf(Stream<?> choices) {
        List<String> allowed = choices.map(Object::toString).toList();
        return new OptionType(String.join(" \\| ", allowed), text -> allowed.stream()
                .filter(value -> value.equalsIgnoreCase(text.trim()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of " + String.join(", ", allowed))));
    }

    static OptionType intBetween(int least, int most) {
        String range = "a whole number from " + least + " to " + most;
        return new OptionType(least + " to " + most, text -> {
            try {
                int value = Integer.parseInt(text.trim());
                if (value >= least && value <= most) {
                    return Integer.toString(value);
                }
            } catch (NumberFormatException e) {
                // The exception below covers this case.
            }
            throw new IllegalArgumentException(range);
        });
    }

    /** Returns the type's name in the documentation. */
    public String name() {
        return name;
    }

    /**
     * Returns the canonical form of a value.
     *
     * @throws IllegalArgumentException whose message follows "must be"
     */
    String canonical(String text) {
        return check.canonical(text);
    }

    static Duration parseDuration(String text) {
        Matcher form = DURATION_FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException("a duration such as 500ms, 30s, 5m, 2h or 7d");
        }
        long number = Long.parseLong(form.group(1));
        String unit = form.group(2) == null ? "s" : form.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static String nonBlank(String text) {
        String value = text.trim();
        // Java's trim() leaves white space beyond ASCII, and removes control characters, which are not white space.
        if (value.isBlank() || Blanks.strip(value).isEmpty()) {
            throw new IllegalArgumentException(NOT_EMPTY);
        }
        return value;
    }

    private static String headerSafe(String text) {
        String value = nonBlank(text);
        if (!value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("printable ASCII without spaces");
        }
        return value;
    }

    private static String printable(String text) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("text without control characters, and not empty");
        }
        return text;
    }

    private static String proxy(String text) {
        return text.trim().equalsIgnoreCase(ProxyAddress.NONE)
                ? ProxyAddress.NONE
                : ProxyAddress.parse(text)
                        .filter(proxy -> proxy.user().isEmpty())
                        .map(ProxyAddress::toString)
                        .orElseThrow(() -> new IllegalArgumentException("none, or a host and port such as"
                                + " proxy.example.org:3128; set user and password with proxy_username and"
                                + " proxy_password"));
    }

    /** Returns true if values of this type must never be printed. */
    public boolean isSecret() {
        return this == SECRET || this == CREDENTIAL;
    }

    private static String url(String text) {
        try {
            URI uri = new URI(text.trim());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
                throw new IllegalArgumentException("an http or https address with a port from 1 to " + MAX_PORT);
            }
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (uri.getHost() != null && plain && (scheme.equals("https") || scheme.equals("http"))) {
                String trimmed = uri.toString();
                return trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
            }
        } catch (URISyntaxException e) {
            // The exception below covers this case.
        }
        throw new IllegalArgumentException("an http or https address without query, fragment and user");
    }
}
