package io.github.sparkncbigene.http;

import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.rate.RateGate;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the service says besides reports. The first line of an input is a header: Retry-After, or the numbers of the rate
 * limit; the rest is the body of an error, compressed if the first byte is odd.
 */
public final class ServiceWordsFuzz {
    private static final int SHOWN = 300;

    private ServiceWordsFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        Optional<String> header = Optional.of(new String(input, 0, end, StandardCharsets.ISO_8859_1));
        RetryAfter.parse(header).ifPresent(wait -> {
            if (wait.isNegative() || wait.toMinutes() > 10) {
                throw new AssertionError("Wait for " + wait);
            }
        });
        RateGate gate = new RateGate("fuzz", RateAccess.here(RateShare.of(1000)));
        try (RateGate.Permit permit = gate.awaitPermit()) {
            permit.observe(header, header);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        byte[] body = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
        boolean gzip = input.length > 0 && input[0] % 2 == 1;
        String message = ErrorBody.of(
                        new Response(
                                new ResponseHead("GET x", Optional.empty(), Optional.empty()),
                                new ResponseBody(body, gzip, 1 << 20)),
                        UnaryOperator.identity())
                .message();
        if (message.length() > SHOWN) {
            throw new AssertionError("Shown are " + message.length() + " characters");
        }
    }
}
