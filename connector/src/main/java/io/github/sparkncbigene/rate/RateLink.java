package io.github.sparkncbigene.rate;

/** A connection to the limiter, which may be in another JVM. Messages are arrays of the JDK's own types. */
public interface RateLink {
    /**
     * Sends a message and waits for the reply.
     *
     * @throws io.github.sparkncbigene.error.NcbiGeneException if no reply arrives
     */
    Object send(Object[] message) throws InterruptedException;

    /** Sends a message that has no reply. */
    void tell(Object[] message);
}
