package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.segment.TextFields;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ServiceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes the responses to one batch, page by page, to a temporary file, which gets its name when it is finished. A
 * failure never reaches the caller.
 */
public final class ResponseWriter implements AutoCloseable {
    private final ResponseCache cache;
    private final String requestText;
    private final Path file;
    private FileSystem fileSystem;
    private Path temporary;
    private OutputStream out;
    private CacheFileFormat.Writer parts;
    private boolean failed;

    /** @param requestText the text of the batch's first request */
    ResponseWriter(ResponseCache cache, String requestText) {
        this.cache = cache;
        this.requestText = requestText;
        this.file = cache.file(requestText);
        this.failed = !cache.isWritable();
    }

    private interface Step {
        void run() throws IOException;
    }

    /**
     * Adds a page that was read to its end.
     *
     * @param token the token of its request; empty for the first page
     */
    public void add(Optional<String> token, Response response) {
        write(CacheFileFormat.PAGE, content -> {
            CacheFileFormat.writeOptionalText(content, token);
            CacheFileFormat.writeOptionalText(content, response.nextPageToken());
            CacheFileFormat.writeOptionalText(content, response.requestId());
            TextFields.write(content, response.address());
            content.writeLong(response.retrieval().at().toEpochMilli());
            content.write(response.gzipped());
        });
    }

    void add(ServiceException failure) {
        write(CacheFileFormat.FAILURE, content -> {
            TextFields.write(content, failure.kind().name());
            TextFields.write(content, failure.error().code().name());
            TextFields.write(content, failure.error().getMessage());
            TextFields.write(content, failure.said());
        });
    }

    /** Finishes the batch, which was read to its end. From now on reads find it. */
    public void finish() {
        tryTo(() -> {
            part(CacheFileFormat.END, parts.seal(cache.seals()));
            parts = null;
            out.close();
            rename();
            temporary = null;
        });
        if (!failed) {
            cache.health().written();
        }
    }

    /** Deletes an unfinished file. */
    @Override
    public void close() {
        if (temporary == null) {
            return;
        }
        Path left = temporary;
        if (parts != null) {
            cache.guard().tidy(() -> {
                out.close();
                return null;
            });
        }
        cache.guard().tidy(() -> fileSystem.delete(left, false));
        temporary = null;
        failed = true;
    }

    private void part(int kind, byte[] content) throws IOException {
        if (parts == null) {
            fileSystem = cache.fileSystem();
            Path to = cache.temporary(file);
            out = fileSystem.create(to, false);
            temporary = to;
            parts = new CacheFileFormat.Writer(out);
            parts.part(CacheFileFormat.HEAD, CacheFileFormat.content(head -> {
                head.writeInt(CacheFileFormat.VERSION);
                head.writeLong(cache.now().toEpochMilli());
                TextFields.write(head, requestText);
            }));
        }
        parts.part(kind, content);
    }

    /** Overwrites a file of the same name: it was unusable, or another task has written the same batch meanwhile. */
    private void rename() throws IOException {
        if (isDirectory()) {
            // The file would be moved into the directory.
            throw new IOException("a directory has the name " + file.getName());
        }
        if (isRenamed()) {
            return;
        }
        fileSystem.delete(file, false);
        if (!isRenamed()) {
            throw new IOException("cannot rename " + temporary + " to " + file.getName());
        }
    }

    private boolean isDirectory() throws IOException {
        try {
            return fileSystem.getFileStatus(file).isDirectory();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    private boolean isRenamed() throws IOException {
        try {
            return fileSystem.rename(temporary, file);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private void tryTo(Step step) {
        if (failed) {
            return;
        }
        try {
            cache.guard().run(() -> {
                step.run();
                return null;
            });
        } catch (IOException e) {
            failed = true;
            cache.health().notWritten(e);
            close();
        }
    }

    /** Writes a part. The caller's thread composes its content. */
    private void write(int kind, CacheFileFormat.Content content) {
        if (failed) {
            return;
        }
        try {
            byte[] bytes = CacheFileFormat.content(content);
            tryTo(() -> part(kind, bytes));
        } catch (IOException e) {
            failed = true;
            cache.health().notWritten(e);
            close();
        }
    }
}
