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
 * Writes what was read of one batch, page by page, to a temporary file; only when it is finished it gets its name. No
 * failure comes out of here.
 */
public final class ResponseWriter implements AutoCloseable {
    private final ResponseCache cache;
    private final String asked;
    private final Path file;
    private FileSystem fileSystem;
    private Path temporary;
    private OutputStream out;
    private CacheFileFormat.Writer parts;
    private boolean failed;

    /** @param asked the text of the batch's first request */
    ResponseWriter(ResponseCache cache, String asked) {
        this.cache = cache;
        this.asked = asked;
        this.file = cache.file(asked);
        this.failed = !cache.isWritable();
    }

    private interface Step {
        void run() throws IOException;
    }

    /**
     * Adds a page that was read to its end.
     *
     * @param token it was asked for by; empty for the first page
     */
    public void add(Optional<String> token, Response answer) {
        write(CacheFileFormat.PAGE, content -> {
            CacheFileFormat.writeOptionalText(content, token);
            CacheFileFormat.writeOptionalText(content, answer.nextPageToken());
            CacheFileFormat.writeOptionalText(content, answer.requestId());
            TextFields.write(content, answer.address());
            content.writeLong(answer.retrieval().at().toEpochMilli());
            content.write(answer.gzipped());
        });
    }

    void add(ServiceException trouble) {
        write(CacheFileFormat.TROUBLE, content -> {
            TextFields.write(content, trouble.kind().name());
            TextFields.write(content, trouble.error().code().name());
            TextFields.write(content, trouble.error().getMessage());
            TextFields.write(content, trouble.said());
        });
    }

    /** The batch was read to its end: from now on it can be found. */
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

    /** Drops what was not finished. */
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
                TextFields.write(head, asked);
            }));
        }
        parts.part(kind, content);
    }

    /** Over what is there already, if it is: that was of no use, or another task has written the same meanwhile. */
    private void rename() throws IOException {
        if (isDirectory()) {
            // The file would get a place in it.
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

    /** The content is put together by the caller, whose time that is. */
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
