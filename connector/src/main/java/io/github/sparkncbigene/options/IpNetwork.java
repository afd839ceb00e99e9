package io.github.sparkncbigene.options;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8}.
 *
 * @param address one address of the range
 * @param bits number of leading bits that all addresses of the range share
 */
record IpNetwork(InetAddress address, int bits) {
    static Optional<IpNetwork> parse(String text) {
        String[] parts = text.split("/", 2);
        return parts.length == 2 && parts[1].matches("\\d{1,3}")
                ? address(parts[0]).map(address -> new IpNetwork(address, Integer.parseInt(parts[1])))
                : Optional.empty();
    }

    /** Returns true if the host is an address in the range; false for host names, which are not looked up. */
    boolean contains(String host) {
        return address(host.replaceAll("[\\[\\]]", ""))
                .map(other -> {
                    byte[] one = address.getAddress();
                    int shift = one.length * 8 - bits;
                    return shift >= 0
                            && one.length == other.getAddress().length
                            && new BigInteger(1, one)
                                    .shiftRight(shift)
                                    .equals(new BigInteger(1, other.getAddress()).shiftRight(shift));
                })
                .orElse(false);
    }

    /** Parses a numeric address. Names are rejected, because Java would look them up. */
    private static Optional<InetAddress> address(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
