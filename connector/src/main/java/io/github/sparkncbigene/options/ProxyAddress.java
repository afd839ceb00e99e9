package io.github.sparkncbigene.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address of an HTTP proxy.
 *
 * @param host name or IP address
 * @param user empty if the address contains none
 * @param password empty if the address contains none
 */
record ProxyAddress(String host, int port, Optional<Secret> user, Optional<Secret> password) {
    /** The value that means "no proxy". */
    static final String NONE = "none";

    private static final Logger LOG = LoggerFactory.getLogger(ProxyAddress.class);
    private static final int PORT_OF_HTTP = 80;
    private static final int MAX_PORT = 65_535;

    /** Parses {@code host:port}, with or without a leading {@code http://}; empty if the text is something else. */
    static Optional<ProxyAddress> parse(String text) {
        String trimmed = text.trim();
        try {
            URI uri = new URI(trimmed.contains("://") ? trimmed : "http://" + trimmed);
            boolean plain = uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (uri.getHost() == null
                    || !plain
                    || !uri.getScheme().equalsIgnoreCase("http")
                    || uri.getPort() == 0
                    || uri.getPort() > MAX_PORT) {
                return Optional.empty();
            }
            String[] user = uri.getRawUserInfo() == null
                    ? new String[0]
                    : uri.getRawUserInfo().split(":", 2);
            return Optional.of(new ProxyAddress(
                    uri.getHost(), uri.getPort() < 0 ? PORT_OF_HTTP : uri.getPort(), part(user, 0), part(user, 1)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Secret> part(String[] parts, int index) {
        return Stream.of(parts)
                .skip(index)
                .findFirst()
                .map(text -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(text -> !text.isEmpty())
                .map(Secret::of);
    }

    /**
     * Returns the proxy that the environment variables name for an address. As in other programs, the address's scheme
     * selects {@code https_proxy} or {@code http_proxy}, {@code no_proxy} lists exceptions, and lower-case names take
     * precedence.
     */
    static Optional<ProxyAddress> ofEnvironment(URI address, Function<String, Optional<String>> environment) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String variable = address.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
        Optional<String> text = value(variable, environment);
        if (text.isEmpty() || Options.isLoopback(host)) {
            return Optional.empty();
        }
        int port =
                address.getPort() >= 0 ? address.getPort() : address.getScheme().equalsIgnoreCase("http") ? 80 : 443;
        boolean excepted = value("no_proxy", environment).stream()
                .flatMap(list -> Stream.of(list.split("[,\\s]+")))
                .anyMatch(entry -> matches(entry.toLowerCase(Locale.ROOT), host, port));
        if (excepted) {
            return Optional.empty();
        }
        Optional<ProxyAddress> proxy = parse(text.get());
        if (proxy.isEmpty()) {
            LOG.warn(
                    "The environment variable {} is ignored: only HTTP proxies are supported, such as"
                            + " http://proxy.example.org:3128. To use another proxy, set option proxy_address.",
                    variable.toUpperCase(Locale.ROOT));
        }
        return proxy;
    }

    private static Optional<String> value(String variable, Function<String, Optional<String>> environment) {
        return Stream.of(variable, variable.toUpperCase(Locale.ROOT))
                .map(environment)
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /**
     * Returns true if an entry matches the host. An entry is {@code *}, a host with its subdomains (with or without a
     * leading dot), an IP address, or a network.
     */
    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return IpNetwork.parse(entry)
                    .filter(network -> network.contains(host))
                    .isPresent();
        }
        String name = entry.replaceFirst(":" + port + "$", "").replaceFirst("^\\*?\\.", "");
        String plainHost = host.replaceAll("[\\[\\]]", "");
        return !name.isEmpty()
                && List.of(name, "[" + name + "]").stream()
                        .anyMatch(one -> host.equals(one) || plainHost.endsWith("." + one));
    }

    /** Omits user and password. */
    @Override
    public String toString() {
        return "http://" + host + ":" + port;
    }
}
