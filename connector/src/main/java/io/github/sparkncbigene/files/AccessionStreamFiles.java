package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.FilesOffset.Progress;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final Set<String> toldOf = new HashSet<>();
    private List<FileStatus> snapshot;

    public AccessionStreamFiles(Configuration hadoop, List<String> paths, Clock clock) {
        this.files = new AccessionFiles(hadoop);
        this.paths = paths;
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
            if (isNew(file, from)) {
                left -= advance(file, from, left, unterminated || snapshot != null, progress);
            }
        }
        return new FilesOffset(progress);
    }

    /**
     * The accessions between two places, in order, duplicates included; the same whenever it is asked for.
     *
     * @throws NcbiGeneException with FILE_UNREADABLE where a file was replaced or is gone
     */
    public List<String> between(FilesOffset start, FilesOffset end) {
        List<String> accessions = new ArrayList<>();
        for (Map.Entry<String, Progress> file : end.files().entrySet()) {
            long from = start.of(file.getKey()).read();
            long to = file.getValue().read();
            if (from < to) {
                read(new Path(file.getKey()), from, to, accessions);
            }
        }
        return accessions;
    }

    private boolean isNew(FileStatus file, Progress from) {
        boolean shorter = file.getLen() < (files.isPlain(file.getPath()) ? from.read() : from.size());
        if (shorter && toldOf.add(file.getPath().toString())) {
            LOG.warn(
                    "{} is shorter than what was read of it, so nothing more is. Files of a stream may only grow; give"
                            + " what is new in a file of another name.",
                    file.getPath());
        }
        return !shorter && file.getLen() != from.size();
    }

    /** Goes on in a file, and returns how many accessions that makes. */
    private long advance(
            FileStatus file, Progress from, long most, boolean unterminated, Map<String, Progress> progress) {
        boolean plain = files.isPlain(file.getPath());
        boolean lastLineCounts = unterminated || clock.millis() - file.getModificationTime() >= QUIET.toMillis();
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
            progress.put(file.getPath().toString(), new Progress(read, all ? file.getLen() : -1));
            return ids;
        } catch (IOException e) {
            throw AccessionFiles.unreadable(file.getPath().toString(), e);
        }
    }

    private void read(Path file, long from, long to, List<String> accessions) {
        try (AccessionLines lines = files.lines(file, from, to)) {
            while (lines.next()) {
                lines.accession().ifPresent(accessions::add);
            }
            if (lines.position() < to) {
                throw new EOFException("it is shorter than what was read of it");
            }
        } catch (IOException e) {
            throw AccessionFiles.unreadable(file.toString(), e);
        }
    }
}
