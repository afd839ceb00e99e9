package io.github.sparkncbigene.fuzz;

import io.github.sparkncbigene.cache.CachedResponsesFuzz;
import io.github.sparkncbigene.decode.JsonResponsesFuzz;
import io.github.sparkncbigene.files.AccessionListsFuzz;
import io.github.sparkncbigene.files.StreamOffsetsFuzz;
import io.github.sparkncbigene.http.ServiceWordsFuzz;
import io.github.sparkncbigene.scan.OptionsFuzz;
import io.github.sparkncbigene.segment.SegmentsFuzz;
import io.github.sparkncbigene.table.TsvResponsesFuzz;

/** What is fuzzed. */
enum Target {
    JSON_RESPONSES(JsonResponsesFuzz.class, JsonResponsesFuzz::fuzzerTestOneInput),
    TSV_RESPONSES(TsvResponsesFuzz.class, TsvResponsesFuzz::fuzzerTestOneInput),
    OPTIONS(OptionsFuzz.class, OptionsFuzz::fuzzerTestOneInput),
    ACCESSION_LISTS(AccessionListsFuzz.class, AccessionListsFuzz::fuzzerTestOneInput),
    STREAM_OFFSETS(StreamOffsetsFuzz.class, StreamOffsetsFuzz::fuzzerTestOneInput),
    CACHED_RESPONSES(CachedResponsesFuzz.class, CachedResponsesFuzz::fuzzerTestOneInput),
    SEGMENTS(SegmentsFuzz.class, SegmentsFuzz::fuzzerTestOneInput),
    SERVICE_WORDS(ServiceWordsFuzz.class, ServiceWordsFuzz::fuzzerTestOneInput);

    /** Reads one input. */
    interface Reading {
        void read(byte[] input) throws Exception;
    }

    private final Class<?> type;
    private final Reading reading;

    Target(Class<?> type, Reading reading) {
        this.type = type;
        this.reading = reading;
    }

    /** The class that the fuzzer is given. */
    Class<?> type() {
        return type;
    }

    void read(byte[] input) throws Exception {
        reading.read(input);
    }
}
