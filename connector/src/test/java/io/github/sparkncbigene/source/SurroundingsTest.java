package io.github.sparkncbigene.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @TempDir
    Path dir;

    private Configuration hadoop() {
        Configuration hadoop = new Configuration(false);
        hadoop.set("hadoop.security.credential.provider.path", "localjceks://file" + dir.resolve("keys.jceks"));
        return hadoop;
    }

    private static void store(Configuration hadoop, String alias, String credential) throws IOException {
        CredentialProvider provider =
                CredentialProviderFactory.getProviders(hadoop).get(0);
        provider.createCredentialEntry(alias, credential.toCharArray());
        provider.flush();
    }

    @Test
    void theKeyComesFromACredentialProvider() throws IOException {
        store(hadoop(), "ncbi.api.key", "kept-secret");

        assertThat(Surroundings.key(hadoop())).contains("kept-secret");
    }

    @Test
    void aProviderWithoutTheKeyOrNoneAtAllGivesNone() throws IOException {
        store(hadoop(), "fs.s3a.secret.key", "another");

        assertThat(Surroundings.key(hadoop())).isEmpty();
        assertThat(Surroundings.key(new Configuration(false))).isEmpty();
    }

    @Test
    void clearTextInTheConfigurationIsNoKey() {
        Configuration hadoop = new Configuration(false);
        hadoop.set("ncbi.api.key", "for-all-to-see");

        assertThat(Surroundings.key(hadoop)).isEmpty();
    }

    @Test
    void aProviderThatCannotBeReadCostsTheKeyOnly() throws IOException {
        Files.writeString(dir.resolve("keys.jceks"), "no key store");

        assertThat(Surroundings.key(hadoop())).isEmpty();
    }

    @Test
    void otherVariablesAreOfTheEnvironmentOnly() {
        assertThat(Surroundings.value("NO_SUCH_VARIABLE_" + System.nanoTime())).isEmpty();
        assertThat(Surroundings.value("PATH")).contains(System.getenv("PATH"));
    }
}
