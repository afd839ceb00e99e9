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
 * The files of a stream: how far it can go from where it is, and which accessions lie between two places. Files are
 * taken in the order of their paths; there may be new ones, and lines may be added at a file's end, at any time.
 */
public final class AccessionStreamFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AccessionStreamFiles.class);
    /** A last line without an end counts when nobody has written to the file for so long. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final AccessionFiles files;
    private final List<String> paths;
    private final Clock clock;
    private final boolean rereads;
    private final Map<String, State> verified = new HashMap<>();
    private List<FileStatus> snapshot;

    /** Changes when somebody writes to a file. */
    private record State(long length, long modified) {}

    /** @param rereads whether a file that was replaced is read from its start, and no error */
    public AccessionStreamFiles(Configuration hadoop, List<String> paths, boolean rereads, Clock clock) {
        this.files = new AccessionFiles(hadoop);
        this.paths = paths;
        this.rereads = rereads;
        this.clock = clock;
    }

    /** From now on, what is there now is all there is. */
    public void freeze() {
        snapshot = files.list(paths);
    }

    /**
     * How far a stream can go.
     *
     * @param start where it is
     * @param mostIds accessions in between, at most
     * @param unterminated whether a last line without an end counts, however new it is
     * @throws NcbiGeneException with FILE_REPLACED where a file is not what was read of it
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
                        "{} was replaced after {} bytes of it were read. It is read from its start.",
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
     * The accessions between two places, in order, duplicates included; the same whenever it is asked for.
     *
     * @param accessions takes each, and where it stands
     * @throws NcbiGeneException with FILE_REPLACED or FILE_UNREADABLE where a file was replaced or is gone
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
            // What was read may be deleted.
            return false;
        } catch (IOException e) {
            throw AccessionFiles.unreadable(path, e);
        }
        // A second change within a file system's tick shows in neither length nor time.
        if (file.getModificationTime() > 0 && isQuiet(file)) {
            verified.put(path, state);
        }
        return false;
    }

    /** Whether the text that a slice was cut from is what the file holds; if not, that is an error, or the slice is lost. */
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
                "{} was replaced before {} bytes of it could be read. What is left of the old file is not read.",
                file,
                to.read());
        return false;
    }

    private boolean isQuiet(FileStatus file) {
        return clock.millis() - file.getModificationTime() >= QUIET.toMillis();
    }

    private static NcbiGeneException replaced(String file, long read) {
        return new NcbiGeneException(
                ErrorCode.FILE_REPLACED,
                "File '" + file + "' was replaced or shortened: its first " + read
                        + " bytes are not what the stream has read. Give what is new in a file of another name, or set"
                        + " replaced_files to reread, which reads such a file from its start.");
    }

    /** Goes on in a file, and returns how many accessions that makes. */
    private long advance(
            FileStatus file, Progress from, long most, boolean unterminated, Map<String, Progress> progress) {
        boolean plain = files.isPlain(file.getPath());
        boolean lastLineCounts = unterminated || isQuiet(file);
        long ids = 0;
        // What is written meanwhile is left for the next time.
        try (AccessionLines lines = files.lines(file.getPath(), from.read(), plain ? file.getLen() : Long.MAX_VALUE)) {
            long read = from.read();
            while (ids < most && lines.next()) {
                if (lines.isTerminated() || lastLineCounts) {
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
                throw new EOFException("it is shorter than what was read of it");
            }
        } catch (IOException e) {
            throw AccessionFiles.unreadable(file.toString(), e);
        }
    }
}
