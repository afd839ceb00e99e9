package io.github.sparkncbigene.counters;

import java.util.Locale;

/** The units of counters, and how their values are shown to people. */
public enum Unit {
    NUMBER {
        @Override
        public String words(long value) {
            return String.format(Locale.ROOT, "%,d", value);
        }
    },
    BYTES {
        @Override
        public String words(long value) {
            int power = 0;
            double scaled = value;
            while (scaled >= 1024 && power < BINARY.length - 1) {
                scaled /= 1024;
                power++;
            }
            return power == 0 ? value + " B" : String.format(Locale.ROOT, "%.1f %s", scaled, BINARY[power]);
        }
    },
    NANOSECONDS {
        @Override
        public String words(long value) {
            double milliseconds = value / 1e6;
            if (milliseconds < 1000) {
                return Math.round(milliseconds) + " ms";
            }
            double seconds = milliseconds / 1000;
            if (seconds < 60) {
                return String.format(Locale.ROOT, "%.1f s", seconds);
            }
            return seconds < 3600
                    ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                    : String.format(Locale.ROOT, "%.2f h", seconds / 3600);
        }
    };

    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    /** Formats a value in the units that Spark uses for its own metrics. */
    public abstract String words(long value);
}
