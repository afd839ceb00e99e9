package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.files.FileSystemGuard;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** The segment that was read last stays open until another one is read, since opening a file may be slow. */
public final class OpenSegment implements Closeable {
    private final FileSystemGuard guard;
    private final Opening files;
    private String name;
    private FSDataInputStream in;

    /** Opens a file by its name. */
    interface Opening {
        FSDataInputStream open(String name) throws IOException;
    }

    OpenSegment(FileSystemGuard guard, Opening files) {
        this.guard = guard;
        this.files = files;
    }

    /** Works on a file. */
    public <T> T read(String wanted, SegmentStore.Work<T> work) throws IOException {
        if (!wanted.equals(name)) {
            close();
            in = guard.run(() -> files.open(wanted));
            name = wanted;
        }
        FSDataInputStream opened = in;
        try {
            return guard.run(() -> work.on(opened));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        FSDataInputStream opened = in;
        name = null;
        in = null;
        if (opened != null) {
            guard.tidy(() -> {
                opened.close();
                return null;
            });
        }
    }
}
