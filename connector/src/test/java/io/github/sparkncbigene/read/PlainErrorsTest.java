package io.github.sparkncbigene.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.net.SocketTimeoutException;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.junit.jupiter.api.Test;

class PlainErrorsTest {
    private static final String OURS = "io.github.sparkncbigene.";

    /** An exception of ours that is none of the API, as the relocated libraries have. */
    private static final class OfALibrary extends IOException {
        private static final long serialVersionUID = 1L;

        OfALibrary(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What a driver makes of it that does not find our classes. */
    private static Throwable sent(Throwable error) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
                if (type.getName().startsWith(OURS)) {
                    throw new ClassNotFoundException(type.getName());
                }
                return super.resolveClass(type);
            }
        }) {
            return (Throwable) in.readObject();
        }
    }

    @Test
    void anErrorKeepsItsTextStackTraceAndCauses() throws Exception {
        SocketTimeoutException last = new SocketTimeoutException("Read timed out");
        NcbiGeneException error = NcbiGeneException.of(
                ErrorCode.SERVICE_UNREACHABLE, "No response.", new OfALibrary("while reading", last));
        error.addSuppressed(new OfALibrary("while closing", null));

        Throwable plain = sent(new PlainErrors(type -> !type.getName().startsWith(OURS)).of(error));

        assertThat(plain)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("[NCBI_GENE_SERVICE_UNREACHABLE] No response.");
        assertThat(plain.getStackTrace()).isEqualTo(error.getStackTrace());
        assertThat(plain.getCause())
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage(OfALibrary.class.getName() + ": while reading");
        assertThat(plain.getCause().getCause())
                .isExactlyInstanceOf(SocketTimeoutException.class)
                .hasMessage("Read timed out");
        assertThat(plain.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo(OfALibrary.class.getName() + ": while closing");
        assertThat(ErrorCode.of(plain)).contains(ErrorCode.SERVICE_UNREACHABLE);
    }

    @Test
    void anErrorOfTheJdkAloneStaysTheSame() {
        RuntimeException error = new IllegalStateException("stopped", new IOException("closed"));

        assertThat(PlainErrors.ofSpark().of(error)).isSameAs(error);
    }

    @Test
    void readersThatCannotBeMadeSaySo() {
        PartitionReaderFactory failing = partition -> {
            throw new IllegalStateException("no TLS");
        };

        assertThatThrownBy(() -> new PlainErrorsReaderFactory(failing).createReader(null))
                .hasMessage("no TLS");
    }
}
