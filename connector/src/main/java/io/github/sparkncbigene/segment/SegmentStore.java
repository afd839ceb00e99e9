package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.files.FileSystemGuard;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The segments of a scope in their directory. A segment gets its name when it is complete, and no two have the same
 * name: readers and writers need no locks.
 */
public final class SegmentStore {
    static final String SUFFIX = ".cache";
    public static final String UNFINISHED = ".tmp";

    private static final int BUFFER = 1 << 22;

    private final Path directory;
    private final Configuration hadoop;
    private final FileSystemGuard guard;

    public SegmentStore(Path directory, Configuration hadoop, FileSystemGuard guard) {
        this.directory = directory;
        this.hadoop = hadoop;
        this.guard = guard;
    }

    /**
     * A file, as the directory lists it.
     *
     * @param name without its directory; later ones sort after earlier ones
     */
    public record Listed(String name, long length) {}

    /** Works on an open file. */
    public interface Work<T> {
        T on(FSDataInputStream in) throws IOException;
    }

    /** Writes a file. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    private FileSystem fileSystem() throws IOException {
        return directory.getFileSystem(hadoop);
    }

    /** All segments, those of unfinished writers aside; in the order of their names. */
    public List<Listed> list() throws IOException {
        return guard.run(() -> {
            List<Listed> segments = new ArrayList<>();
            try {
                for (FileStatus file : fileSystem().listStatus(directory)) {
                    String name = file.getPath().getName();
                    // A pipe, whose open would never return, has no length.
                    if (file.isFile() && file.getLen() > 0 && name.endsWith(SUFFIX) && !name.startsWith(".")) {
                        segments.add(new Listed(name, file.getLen()));
                    }
                }
            } catch (FileNotFoundException e) {
                return List.of();
            }
            segments.sort(Comparator.comparing(Listed::name));
            return segments;
        });
    }

    /** Opens a file for one piece of work. */
    public <T> T read(String name, Work<T> work) throws IOException {
        return guard.run(() -> {
            try (FSDataInputStream in = fileSystem().open(new Path(directory, name))) {
                return work.on(in);
            }
        });
    }

    /** Returns a reader for several pieces of work, which opens each file once where the work is in order. */
    public OpenSegment reader() {
        return new OpenSegment(guard, name -> fileSystem().open(new Path(directory, name)));
    }

    /**
     * Writes a segment, in steps that a slow file system has time for.
     *
     * @param micros the time, for its name
     */
    public Listed write(long micros, Content content) throws IOException {
        String name = String.format("%016x-%s%s", micros, UUID.randomUUID(), SUFFIX);
        Path temporary = new Path(directory, "." + name + UNFINISHED);
        OutputStream file = guard.run(() -> fileSystem().create(temporary, false));
        boolean named = false;
        try {
            GuardedOutputStream guarded = new GuardedOutputStream(file, guard);
            OutputStream out = new BufferedOutputStream(guarded, BUFFER);
            content.write(out);
            out.flush();
            guard.run(() -> {
                file.close();
                if (!fileSystem().rename(temporary, new Path(directory, name))) {
                    throw new IOException("cannot rename " + temporary + " to " + name);
                }
                return null;
            });
            named = true;
            return new Listed(name, guarded.written());
        } finally {
            if (!named) {
                guard.tidy(() -> {
                    file.close();
                    return null;
                });
                guard.tidy(() -> fileSystem().delete(temporary, false));
            }
        }
    }

    /** Deletes a segment; one that is gone already does not matter. */
    void delete(String name) {
        guard.tidy(() -> fileSystem().delete(new Path(directory, name), false));
    }
}
