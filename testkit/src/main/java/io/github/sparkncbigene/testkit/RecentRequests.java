package io.github.sparkncbigene.testkit;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** The most recent requests that have a page as their response. */
final class RecentRequests {
    private static final int MOST = 64;

    private final Deque<GeneRequest> requests = new ArrayDeque<>();

    synchronized void add(GeneRequest request) {
        requests.addFirst(request);
        if (requests.size() > MOST) {
            requests.removeLast();
        }
    }

    synchronized void clear() {
        requests.clear();
    }

    /**
     * Returns the last request for entirely different identifiers and in the same format, or the request itself if
     * there is none.
     */
    synchronized GeneRequest other(GeneRequest request) {
        return requests.stream()
                .filter(other -> other.report() == request.report()
                        && other.tableFields().equals(request.tableFields())
                        && Collections.disjoint(identifiers(other), identifiers(request)))
                .findFirst()
                .orElse(request);
    }

    private static List<String> identifiers(GeneRequest request) {
        return Stream.of(
                        request.accessions(),
                        request.geneIds(),
                        request.locusTags(),
                        request.symbols(),
                        List.of(request.taxon()))
                .flatMap(List::stream)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
