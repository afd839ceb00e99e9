package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.FilesOffset.Progress;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a stream: how far the stream can go from its current offset, and the accessions between two offsets.
 * Files are read in the order of their paths. At any time, new files may appear, and lines may be added at a file's
 * end.
 */
public final class AccessionStreamFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AccessionStreamFiles.class);
    /** A last line without a line end counts once nobody has written to the file for this long. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final AccessionFiles files;
    private final List<String> paths;
    private final Clock clock;
    private final boolean rereads;
    private final Map<String, State> verified = new HashMap<>();
    private List<FileStatus> snapshot;

    /** Changes whenever somebody writes to a file. */
    private record State(long length, long modified) {}

    /** @param rereads true if a replaced file is read from its start; false if it is an error */
    public AccessionStreamFiles(Configuration hadoop, List<String> paths, boolean rereads, Clock clock) {
        this.files = new AccessionFiles(hadoop);
        this.paths = paths;
        this.rereads = rereads;
        this.clock = clock;
    }

    /** From now on, ignores new files and lines. */
    public void freeze() {
        snapshot = files.list(paths);
    }

    /**
     * Returns how far the stream can go.
     *
     * @param start the current offset
     * @param mostIds largest number of accessions up to the new offset
     * @param unterminated true if a last line without a line end counts, however new it is
     * @throws NcbiGeneException with FILE_REPLACED if the file no longer starts with the text already read
     */
    public FilesOffset reach(FilesOffset start, long mostIds, boolean unterminated) {
        Map<String, Progress> progress = new TreeMap<>(start.files());
        long left = mostIds;
        for (FileStatus file : snapshot == null ? files.list(paths) : snapshot) {
            if (left <= 0) {
                break;
            }
            String path = file.getPath().toString();
            Progress from = start.of(path);
            if (isReplaced(file, from)) {
                if (!rereads) {
                    throw replaced(path, from.read());
                }
                LOG.warn(
                        "{} was replaced after {} of its bytes were read. The stream reads it from its start.",
                        path,
                        from.read());
                from = from.reread();
            }
            if (file.getLen() != from.size()) {
                left -= advance(file, from, left, unterminated || snapshot != null, progress);
            }
        }
        return new FilesOffset(progress);
    }

    /**
     * Passes on the accessions between two offsets, in order, including duplicates. Repeated calls return the same
     * accessions.
     *
     * @param accessions takes each accession and its place in the files
     * @throws NcbiGeneException with FILE_REPLACED or FILE_UNREADABLE if a file was replaced or removed
     */
    public void between(FilesOffset start, FilesOffset end, BiConsumer<String, Supplier<String>> accessions) {
        for (Map.Entry<String, Progress> file : end.files().entrySet()) {
            Progress begun = start.of(file.getKey());
            Progress to = file.getValue();
            long from = to.rereads() > begun.rereads() ? 0 : begun.read();
            if (from < to.read() && isStillThere(file.getKey(), to)) {
                read(new Path(file.getKey()), from, to.read(), accessions);
            }
        }
    }

    private boolean isReplaced(FileStatus file, Progress from) {
        boolean plain = files.isPlain(file.getPath());
        boolean known = !from.digest().isEmpty();
        // The same text may be compressed to fewer bytes.
        if (plain ? file.getLen() < from.read() : !known && file.getLen() < from.size()) {
            return true;
        }
        State state = new State(file.getLen(), file.getModificationTime());
        String path = file.getPath().toString();
        if (!known || state.equals(verified.get(path))) {
            return false;
        }
        try {
            if (!from.digest().equals(files.digest(file.getPath(), from.read()).orElse(""))) {
                return true;
            }
        } catch (FileNotFoundException e) {
            // A file that was read to its end may be deleted.
            return false;
        } catch (IOException e) {
            throw AccessionFiles.unreadable(path, e);
        }
        // A second change within one tick of a file system's clock shows in neither length nor time.
        if (file.getModificationTime() > 0 && isQuiet(file)) {
            verified.put(path, state);
        }
        return false;
    }

    /**
     * Returns true if the file still holds the text that a slice was cut from. If it does not, throws an error or, if
     * replaced files are reread, returns false: the slice is lost.
     */
    private boolean isStillThere(String file, Progress to) {
        try {
            Optional<String> digest = files.digest(new Path(file), to.read());
            if (digest.isPresent() && (to.digest().isEmpty() || to.digest().equals(digest.get()))) {
                return true;
            }
        } catch (IOException e) {
            throw AccessionFiles.unreadable(file, e);
        }
        if (!rereads) {
            throw replaced(file, to.read());
        }
        LOG.warn(
                "{} was replaced before {} of its bytes could be read. The stream skips the rest of the old file.",
                file,
                to.read());
        return false;
    }

    private boolean isQuiet(FileStatus file) {
        return clock.millis() - file.getModificationTime() >= QUIET.toMillis();
    }

    private static NcbiGeneException replaced(String file, long read) {
        return NcbiGeneException.of(
                ErrorCode.FILE_REPLACED,
                "File '" + file + "' was replaced or shortened: its first " + read
                        + " bytes differ from what the stream has read. Put new identifiers into a file with another"
                        + " name, or set"
                        + " replaced_files to reread, which reads such a file from its start.");
    }

    /** Reads on in a file, and returns the number of accessions found. */
    private long advance(
            FileStatus file, Progress from, long most, boolean unterminated, Map<String, Progress> progress) {
        boolean plain = files.isPlain(file.getPath());
        boolean isComplete = unterminated || isQuiet(file);
        long ids = 0;
        // The next call reads text that is written in the meantime.
        try (AccessionLines lines = files.lines(file.getPath(), from.read(), plain ? file.getLen() : Long.MAX_VALUE)) {
            long read = from.read();
            while (ids < most && lines.next()) {
                if (lines.isTerminated() || isComplete) {
                    read = lines.position();
                    ids += lines.accession().isPresent() ? 1 : 0;
                }
            }
            boolean all = read == lines.position() && lines.isAtEnd();
            progress.put(
                    file.getPath().toString(),
                    new Progress(read, all ? file.getLen() : -1, digest(file.getPath(), from, read), from.rereads()));
            return ids;
        } catch (IOException e) {
            if (!plain && !isComplete) {
                LOG.info("{} cannot be decompressed yet; it may still be written.", file.getPath());
                return 0;
            }
            throw AccessionFiles.unreadable(file.getPath().toString(), e);
        }
    }

    private String digest(Path file, Progress from, long read) throws IOException {
        if (read == from.read()) {
            return from.digest();
        }
        return files.digest(file, read).orElseThrow(() -> replaced(file.toString(), read));
    }

    private void read(Path file, long from, long to, BiConsumer<String, Supplier<String>> accessions) {
        try (AccessionLines lines = files.lines(file, from, to)) {
            while (lines.next()) {
                lines.accession().ifPresent(accession -> accessions.accept(accession, lines::place));
            }
            if (lines.position() < to) {
                throw new EOFException("it is shorter than the part already read");
            }
        } catch (IOException e) {
            throw AccessionFiles.unreadable(file.toString(), e);
        }
    }
}
