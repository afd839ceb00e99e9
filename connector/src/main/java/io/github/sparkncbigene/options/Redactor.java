package io.github.sparkncbigene.options;

import io.github.sparkncbigene.error.NcbiGeneException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes the secrets of a read out of texts and errors that repeat them: the API key, and the proxy's user name and
 * password.
 */
public final class Redactor {
    /** A shorter name or password of a proxy would be found in every text. */
    private static final int SHORTEST = 4;

    private final List<Secret> secrets;

    private Redactor(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /**
     * Of a read's secrets, where it has them.
     *
     * @param key the API key
     * @param proxy the proxy's user name and password
     */
    public static Redactor of(Optional<Secret> key, List<Optional<Secret>> proxy) {
        Stream<Secret> credentials = proxy.stream()
                .flatMap(Optional::stream)
                .filter(secret -> secret.reveal().length() >= SHORTEST);
        return new Redactor(Stream.concat(key.stream(), credentials).toList());
    }

    /** Takes nothing out. */
    public static Redactor none() {
        return new Redactor(List.of());
    }

    /** A text of somebody else's without the secrets; to be called before the text is shortened. */
    public String hideIn(String text) {
        String hidden = text;
        for (Secret secret : secrets) {
            hidden = secret.hideIn(hidden);
        }
        return hidden;
    }

    /** An error of the connector's without the secrets. */
    public NcbiGeneException hideIn(NcbiGeneException error) {
        NcbiGeneException hidden = error;
        for (Secret secret : secrets) {
            hidden = secret.hideIn(hidden);
        }
        return hidden;
    }

    /** An error whose words, and those of what caused it, are without the secrets. */
    public Throwable hideIn(Throwable error) {
        Throwable hidden = error;
        for (Secret secret : secrets) {
            hidden = secret.hideIn(hidden);
        }
        return hidden;
    }
}
