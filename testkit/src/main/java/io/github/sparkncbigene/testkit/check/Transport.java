package io.github.sparkncbigene.testkit.check;

import java.io.IOException;

/** Sends requests of the check. */
interface Transport {
    /**
     * Sends a request.
     *
     * @throws IOException where there is no complete response, with a reason that names no secret
     */
    Reply send(CheckRequest request) throws IOException, InterruptedException;
}
