package io.github.sparkncbigene.options;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds a secret in a text, and any part of it that is long enough to help a thief: as it is, in any case, with
 * characters written as in a URL, in JSON or in HTML, in Base64, and in hexadecimal.
 */
final class SecretPattern {
    /** A shorter part may match by chance, and helps nobody. */
    static final int SHORTEST_PART = 8;
    /** NCBI's keys have 36 characters. A longer value is not such a key, and is found only in its exact form. */
    private static final int LONGEST = 256;

    private SecretPattern() {}

    static Pattern of(String secret) {
        if (secret.length() > LONGEST) {
            return Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE);
        }
        List<String> forms = new ArrayList<>();
        byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
        add(forms, secret.chars().mapToObj(SecretPattern::character).toList(), SHORTEST_PART);
        String hex = HexFormat.of().formatHex(bytes);
        add(forms, hex.chars().mapToObj(Character::toString).toList(), 2 * SHORTEST_PART);
        for (int before = 0; before < 3; before++) {
            List<String> inBase64 = base64(bytes, before);
            if (inBase64.size() >= SHORTEST_PART) {
                add(forms, inBase64, SHORTEST_PART + SHORTEST_PART / 2);
            }
        }
        return Pattern.compile(String.join("|", forms), Pattern.CASE_INSENSITIVE);
    }

    /** Adds forms of all the characters, or of at least {@code shortest} consecutive ones. */
    private static void add(List<String> forms, List<String> characters, int shortest) {
        forms.add(String.join("", characters));
        if (characters.size() > shortest) {
            List<String> parts = new ArrayList<>();
            for (int from = 0; from + shortest <= characters.size(); from++) {
                parts.add(String.join("", characters.subList(from, from + shortest)));
            }
            String part = "(?:" + String.join("|", parts) + ")";
            String any = "(?:" + String.join("|", new LinkedHashSet<>(characters)) + ")";
            // Matches one character after another as long as a part starts there, then the last part as a whole.
            forms.add("(?:(?=" + part + ")" + any + ")*" + part);
        }
    }

    /** Returns a pattern for all forms of a character, including twice encoded ones. */
    private static String character(int c) {
        String hex = String.format(Locale.ROOT, "%02x", c);
        String plain = "|\\\\*" + Pattern.quote(Character.toString(c));
        String forms = "%(?:25)*" + hex + "|\\\\+u00" + hex + "|&(?:amp;)*#(?:0*" + c + "|x0*" + hex + ");";
        return "(?:" + forms + entity(c) + plain + ")";
    }

    private static String entity(int c) {
        String name =
                switch (c) {
                    case '&' -> "amp";
                    case '<' -> "lt";
                    case '>' -> "gt";
                    case '"' -> "quot";
                    case '\'' -> "apos";
                    default -> "";
                };
        return name.isEmpty() ? "" : "|&(?:amp;)*" + name + ";";
    }

    /**
     * Returns the Base64 characters that do not depend on the neighbouring bytes, for a text that starts {@code before}
     * bytes into a group of three.
     */
    private static List<String> base64(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = before == 0 ? 0 : before + 1;
        int to = encoded.length() - (shifted.length % 3 == 0 ? 0 : 1);
        return from >= to
                ? List.of()
                : encoded.substring(from, to)
                        .chars()
                        .mapToObj(c -> c == '+' ? "[+-]" : c == '/' ? "[/_]" : Character.toString(c))
                        .toList();
    }
}
