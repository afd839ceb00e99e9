package io.github.sparkncbigene.service;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.Secret;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;

/**
 * The proxy for all requests.
 *
 * @param address an address such as {@code http://proxy.example.org:3128}; {@code none} for no proxy; empty for Java's
 *     own settings
 * @param username user name for the proxy, if it needs one
 * @param password password for the proxy
 */
public record ProxySettings(Optional<String> address, Optional<Secret> username, Optional<Secret> password) {
    private static final String NONE = "none";

    static ProxySettings of(Options options) {
        return new ProxySettings(
                options.find(Option.PROXY_ADDRESS),
                options.secret(Option.PROXY_USERNAME),
                options.secret(Option.PROXY_PASSWORD));
    }

    /** Returns the configured proxy, as messages show it. */
    public Optional<String> named() {
        return address.filter(text -> !text.equals(NONE));
    }

    public void configure(HttpClientBuilder client) {
        named().ifPresent(text -> client.setProxy(host(text)));
        if (address.filter(NONE::equals).isPresent()) {
            client.setRoutePlanner(new DefaultRoutePlanner(null));
        }
    }

    /** Sends the credentials with the first request. If the proxy had to demand them, the request would count twice. */
    public void authenticate(HttpClientContext context) {
        if (named().isPresent() && username.isPresent()) {
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(new UsernamePasswordCredentials(
                    username.get().reveal(),
                    password.map(Secret::reveal).orElse("").toCharArray()));
            BasicAuthCache cache = new BasicAuthCache();
            cache.put(host(named().get()), scheme);
            context.setAuthCache(cache);
        }
    }

    private static HttpHost host(String address) {
        URI uri = URI.create(address);
        return new HttpHost("http", uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort());
    }
}
