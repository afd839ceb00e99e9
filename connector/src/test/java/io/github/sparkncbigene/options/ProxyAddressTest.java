package io.github.sparkncbigene.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyAddressTest {
    private static final String NCBI = "https://api.ncbi.nlm.nih.gov/datasets/v2";

    private static Optional<String> of(String base, Map<String, String> environment) {
        return ProxyAddress.ofEnvironment(URI.create(base), name -> Optional.ofNullable(environment.get(name)))
                .map(ProxyAddress::toString);
    }

    private static Options resolve(Map<String, String> environment, String... namesAndValues) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Options.resolve(given, environment);
    }

    @ParameterizedTest
    @CsvSource({
        "proxy:3128, http://proxy:3128",
        "http://proxy.example.org:3128, http://proxy.example.org:3128",
        "HTTP://proxy.example.org:3128/, http://proxy.example.org:3128",
        "http://proxy.example.org, http://proxy.example.org:80",
        "10.0.0.1:8080, http://10.0.0.1:8080",
        "[::1]:8080, http://[::1]:8080"
    })
    void addressesAreUnderstoodInAllForms(String text, String address) {
        assertThat(ProxyAddress.parse(text)).map(ProxyAddress::toString).contains(address);
        assertThat(resolve(Map.of(), "proxy_address", text).text(Option.PROXY_ADDRESS))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://proxy:1080",
                "https://proxy:443",
                "http://",
                "proxy:0",
                "proxy:70000",
                "a b",
                "http://proxy:1/path",
                "proxy:1?x"
            })
    void whatIsNoHttpProxyIsAnError(String text) {
        assertThat(ProxyAddress.parse(text)).isEmpty();
        assertThatThrownBy(() -> resolve(Map.of(), "proxy_address", text))
                .hasMessageStartingWith("[NCBI_GENE_INVALID_OPTION] Option proxy_address is '")
                .hasMessageEndingWith(
                        "must be none, or a host and port such as proxy.example.org:3128; set user and password with"
                                + " proxy_username and proxy_password.");
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotShown() {
        assertThatThrownBy(() -> resolve(Map.of(), "proxy_address", "http://ann:GEHEIM@proxy:3128"))
                .hasMessageContaining("'http://(hidden)@proxy:3128'")
                .hasMessageNotContaining("GEHEIM");
        assertThatThrownBy(() -> resolve(Map.of(), "proxy_address", "ann:GEHEIM@proxy:3128"))
                .hasMessageContaining("'(hidden)@proxy:3128'")
                .hasMessageNotContaining("GEHEIM");
    }

    @Test
    void theEnvironmentNamesAProxyByTheSchemeOfTheAddress() {
        Map<String, String> both = Map.of("HTTPS_PROXY", "http://secure:1", "HTTP_PROXY", "http://plain:2");

        assertThat(of(NCBI, both)).contains("http://secure:1");
        assertThat(of("http://genes.example.org", both)).contains("http://plain:2");
        assertThat(of(NCBI, Map.of("HTTP_PROXY", "plain:2"))).isEmpty();
        assertThat(of(NCBI, Map.of("HTTPS_PROXY", "a:1", "https_proxy", "b:2"))).contains("http://b:2");
        assertThat(of(NCBI, Map.of("https_proxy", " ", "HTTPS_PROXY", "a:1"))).contains("http://a:1");
        assertThat(of(NCBI, Map.of("HTTPS_PROXY", "socks5://a:1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "ncbi.nlm.nih.gov",
                ".nih.gov",
                "*.nih.gov",
                "NIH.GOV",
                "localhost,127.0.0.1, api.ncbi.nlm.nih.gov",
                "a b nih.gov",
                "api.ncbi.nlm.nih.gov:443"
            })
    void whatNoProxyNamesIsReachedWithoutOne(String noProxy) {
        assertThat(of(NCBI, Map.of("HTTPS_PROXY", "a:1", "NO_PROXY", noProxy))).isEmpty();
        assertThat(of(NCBI, Map.of("HTTPS_PROXY", "a:1", "no_proxy", noProxy))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", ".", "ih.gov", "api.ncbi", "api.ncbi.nlm.nih.gov:80", "10.0.0.0/8", "other.org"})
    void whatNoProxyDoesNotNameIsNot(String noProxy) {
        assertThat(of(NCBI, Map.of("HTTPS_PROXY", "a:1", "NO_PROXY", noProxy))).contains("http://a:1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://10.1.2.3:9, 10.0.0.0/8, true",
        "https://11.1.2.3:9, 10.0.0.0/8, false",
        "https://10.1.2.3:9, 10.1.2.3, true",
        "https://10.1.2.3:9, 10.1.2.3/32, true",
        "https://10.1.2.3:9, 0.0.0.0/0, true",
        "https://10.1.2.3:9, 10.0.0.0/99, false",
        "https://[fd00::7]:9, fd00::/8, true",
        "https://[fd00::7]:9, fd00::7, true",
        "https://[fd00::7]:9, 10.0.0.0/8, false"
    })
    void networksCanBeExceptedToo(String base, String noProxy, boolean excepted) {
        assertThat(of(base, Map.of("HTTPS_PROXY", "a:1", "NO_PROXY", noProxy)).isEmpty())
                .isEqualTo(excepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:9", "http://[::1]:9", "https://LOCALHOST:9"})
    void thisMachineNeedsNoProxyOfTheEnvironment(String base) {
        assertThat(of(base, Map.of("HTTPS_PROXY", "a:1", "HTTP_PROXY", "a:1"))).isEmpty();
    }

    @Test
    void optionsPrecedeTheEnvironment() {
        Map<String, String> environment = new HashMap<>(Map.of("HTTPS_PROXY", "http://bob:word%40@env:1"));
        assertThat(resolve(environment).text(Option.PROXY_ADDRESS)).isEqualTo("http://env:1");
        assertThat(resolve(environment).secret(Option.PROXY_USERNAME).map(Secret::reveal))
                .contains("bob");
        assertThat(resolve(environment).secret(Option.PROXY_PASSWORD).map(Secret::reveal))
                .contains("word@");
        assertThat(resolve(environment).toString()).doesNotContain("word@").doesNotContain("bob");

        Options given = resolve(environment, "proxy_address", "given:2");
        assertThat(given.text(Option.PROXY_ADDRESS)).isEqualTo("http://given:2");
        assertThat(given.secret(Option.PROXY_USERNAME)).isEmpty();
        assertThat(resolve(environment, "proxy_address", "NONE").text(Option.PROXY_ADDRESS))
                .isEqualTo("none");
        Options mixed = resolve(environment, "proxy_username", "ann", "proxy_password", "p w\u00fc:");
        assertThat(mixed.secret(Option.PROXY_USERNAME).map(Secret::reveal)).contains("ann");
        assertThat(mixed.secret(Option.PROXY_PASSWORD).map(Secret::reveal)).contains("p w\u00fc:");
    }

    @Test
    void credentialsMustGoTogether() {
        assertThatThrownBy(() -> resolve(Map.of(), "proxy_password", "GEHEIM"))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option proxy_password is set without proxy_username. Set both"
                        + " or neither.");
        assertThatThrownBy(() -> resolve(Map.of(), "proxy_username", "ann:GEHEIM"))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option proxy_username contains ':'. Set what follows it as"
                        + " proxy_password.");
        assertThatThrownBy(() -> resolve(Map.of(), "proxy_username", "a\r\nGEHEIM"))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option proxy_username must be text without control characters,"
                        + " and not empty.");
    }
}
