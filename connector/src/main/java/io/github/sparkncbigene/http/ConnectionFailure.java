package io.github.sparkncbigene.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** The reason why no response arrived, and what to do about it. */
record ConnectionFailure(Cause cause, String words) {
    /** The cause, with its remedy. */
    enum Cause {
        UNKNOWN_HOST("If this machine reaches the internet through a proxy, set proxy_address."),
        NO_CONNECTION("If this machine reaches the internet through a proxy, set proxy_address."),
        UNTRUSTED_CERTIFICATE("If a proxy of your organisation opens encrypted connections, add its certificate to"
                + " Java's trust store on the driver and the executors (-Djavax.net.ssl.trustStore)."),
        INVALID_CERTIFICATE("The certificate is the service's or a proxy's: whoever runs it must renew it; check this"
                + " machine's clock, too."),
        WRONG_NAME("base_url must have the name that is in the certificate."),
        NO_TLS("The other side may not use TLS: base_url may need http, or another port."),
        SLOW_TLS(
                "The other side accepted the connection; it may not use TLS: base_url may need http, or another port."),
        SILENT("The request was sent, and nothing came within response_timeout."),
        BROKEN("");

        private final String remedy;

        Cause(String remedy) {
            this.remedy = remedy.isEmpty() ? "" : remedy + " ";
        }

        String remedy() {
            return remedy;
        }

        /** True if the proxy, where there is one, is what cannot be reached. */
        boolean isOnTheWay() {
            return this == UNKNOWN_HOST || this == NO_CONNECTION;
        }
    }

    static ConnectionFailure of(IOException e) {
        return new ConnectionFailure(cause(e), words(e));
    }

    /** Returns true if a connection was made, but the service sent nothing. */
    boolean isTimeout() {
        return cause == Cause.SILENT;
    }

    /** True if no connection was made, or its beginning took too long. */
    boolean isNoConnection() {
        return cause == Cause.NO_CONNECTION;
    }

    /** Returns true if a retry would get the same certificate. */
    boolean isCertificate() {
        return cause == Cause.UNTRUSTED_CERTIFICATE || cause == Cause.INVALID_CERTIFICATE || cause == Cause.WRONG_NAME;
    }

    private static Cause cause(IOException e) {
        if (e instanceof UnknownHostException) {
            return Cause.UNKNOWN_HOST;
        }
        if (e instanceof ConnectException || e instanceof ConnectTimeoutException) {
            return Cause.NO_CONNECTION;
        }
        if (e instanceof SSLException) {
            return ofTls(e);
        }
        return e instanceof SocketTimeoutException ? Cause.SILENT : Cause.BROKEN;
    }

    private static Cause ofTls(Throwable e) {
        boolean certificate = e instanceof SSLPeerUnverifiedException;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return Cause.INVALID_CERTIFICATE;
            }
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return hasCause(cause, CertificateExpiredException.class)
                                || hasCause(cause, CertificateNotYetValidException.class)
                        ? Cause.INVALID_CERTIFICATE
                        : Cause.UNTRUSTED_CERTIFICATE;
            }
            certificate |= cause instanceof CertificateException;
        }
        if (certificate) {
            return Cause.WRONG_NAME;
        }
        return String.valueOf(e.getMessage()).contains("SSL message") ? Cause.NO_TLS : Cause.BROKEN;
    }

    private static boolean hasCause(Throwable e, Class<?> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Formats an exception. The name of a relocated class is shown without its package. */
    private static String words(IOException e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null
                ? name
                : name + ": " + e.getMessage().replaceAll("\\s+", " ").strip();
    }
}
