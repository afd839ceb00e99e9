package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.ServiceConfig;
import io.github.sparkncbigene.spec.ReadSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Options, from their names to the requests that they make. A line of an input is {@code name=value}; a value may hold
 * line breaks, written as {@code \n} and {@code \r}.
 */
public final class OptionsFuzz {
    /** All that a request's path and query may be made of, and no step along the path. */
    private static final Pattern SAFE = Pattern.compile("(/(?!\\.{1,2}(/|\\?|$))[\\w.*,%+-]+)+(\\?[\\w.*%+&=-]*)?");

    private static final int LONG_KEY = 12;

    private OptionsFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, String> given = given(new String(input, StandardCharsets.UTF_8));
        try {
            execute(Options.resolve(given, Map.of()));
        } catch (NcbiGeneException e) {
            if (e.getMessage().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("A message that cannot be shown", e);
            }
            given.forEach((name, value) -> {
                if (name.equals(Option.API_KEY.key()) && value.length() > LONG_KEY) {
                    mustNotHold(e.getMessage(), value.strip(), given);
                }
            });
        }
    }

    private static void execute(Options options) {
        RequestFactory requests = RequestFactory.of(options);
        ReadSpec spec = new ReadSpec(requests, NcbiGeneScanBuilder.schema(options), KeyDomains.ALL, false);
        if (ServiceConfig.of(options).requestTimeout().toNanos() < 0) {
            throw new AssertionError("No time at all");
        }
        Optional<Selector> listed = Selector.of(options, List.of());
        ScanPlan plan = ScanPlan.of(listed, spec, OptionalInt.empty());
        List<IdentifierBatch> batches = plan.batches();
        plan.partitions(batches.size(), 2);
        for (IdentifierBatch batch : batches) {
            GeneRequest request = plan.spec().requests().request(batch, Optional.empty());
            String target = request.pathAndQuery();
            if (!SAFE.matcher(target).matches()) {
                throw new AssertionError("A request asks for " + target);
            }
            URI whole = URI.create(options.text(Option.BASE_URL) + target);
            if (!whole.getHost()
                    .equals(URI.create(options.text(Option.BASE_URL)).getHost())) {
                throw new AssertionError("A request goes to " + whole);
            }
            if (request.isPost() && request.body().chars().anyMatch(c -> c < ' ')) {
                throw new AssertionError("A body is " + request.body());
            }
        }
    }

    private static void mustNotHold(String message, String key, Map<String, String> given) {
        boolean elsewhere = given.entrySet().stream()
                .anyMatch(entry -> !entry.getKey().equals(Option.API_KEY.key())
                        && (entry.getKey().contains(key) || entry.getValue().contains(key)));
        if (!elsewhere && message.contains(key)) {
            throw new AssertionError("The key is in an error: " + message);
        }
    }

    private static Map<String, String> given(String text) {
        Map<String, String> given = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int at = line.indexOf('=');
            if (at > 0) {
                given.put(
                        line.substring(0, at),
                        line.substring(at + 1).replace("\\n", "\n").replace("\\r", "\r"));
            }
        }
        return given;
    }
}
