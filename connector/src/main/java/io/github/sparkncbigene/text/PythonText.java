package io.github.sparkncbigene.text;

/** Reverses the way in which Python prints text between quotes. */
final class PythonText {
    private static final String ESCAPED = "nrt";
    private static final String MEANT = "\n\r\t";

    private PythonText() {}

    /** Returns the text that Python printed; an escape that Python does not define stays unchanged. */
    static String unescape(String printed) {
        StringBuilder text = new StringBuilder(printed.length());
        int at = 0;
        while (at < printed.length()) {
            char c = printed.charAt(at++);
            if (c != '\\' || at == printed.length()) {
                text.append(c);
                continue;
            }
            char escaped = printed.charAt(at++);
            int known = ESCAPED.indexOf(escaped);
            int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : escaped == 'U' ? 8 : 0;
            if (known >= 0) {
                text.append(MEANT.charAt(known));
            } else if (digits > 0 && isCodePoint(printed, at, digits)) {
                text.appendCodePoint(Integer.parseInt(printed, at, at + digits, 16));
                at += digits;
            } else if (escaped == '\\' || escaped == '\'' || escaped == '"') {
                text.append(escaped);
            } else {
                text.append(c).append(escaped);
            }
        }
        return text.toString();
    }

    private static boolean isCodePoint(String printed, int at, int digits) {
        if (at + digits > printed.length()) {
            return false;
        }
        for (int i = at; i < at + digits; i++) {
            if (Character.digit(printed.charAt(i), 16) < 0) {
                return false;
            }
        }
        return Long.parseLong(printed, at, at + digits, 16) <= Character.MAX_CODE_POINT;
    }
}
