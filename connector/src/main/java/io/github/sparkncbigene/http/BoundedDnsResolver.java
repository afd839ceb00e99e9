package io.github.sparkncbigene.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** Looks up host names in a separate thread, because the system's lookup has no time limit and cannot be cancelled. */
final class BoundedDnsResolver implements DnsResolver {
    private final DnsResolver resolver;
    private final Duration longest;

    BoundedDnsResolver(Duration longest) {
        this(SystemDefaultDnsResolver.INSTANCE, longest);
    }

    BoundedDnsResolver(DnsResolver resolver, Duration longest) {
        this.resolver = resolver;
        this.longest = longest;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        CompletableFuture<InetAddress[]> addresses = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        addresses.complete(resolver.resolve(host));
                    } catch (UnknownHostException | RuntimeException e) {
                        addresses.completeExceptionally(e);
                    }
                },
                "ncbi-gene-dns");
        thread.setDaemon(true);
        thread.start();
        try {
            return addresses.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unknown(host, "its address was not found within " + Durations.seconds(longest), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, "interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw unknown(host, String.valueOf(e.getCause().getMessage()), e);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return resolver.resolveCanonicalHostname(host);
    }

    private static UnknownHostException unknown(String host, String why, Exception cause) {
        return (UnknownHostException) new UnknownHostException(host + ": " + why).initCause(cause);
    }
}
