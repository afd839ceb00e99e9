package io.github.sparkncbigene.testkit.check;

import java.io.IOException;

/** Sends the requests of the check. */
interface Transport {
    /**
     * Sends a request.
     *
     * @throws IOException if no complete response arrives, with a message that contains no secret
     */
    Reply send(CheckRequest request) throws IOException, InterruptedException;
}
