package io.github.sparkncbigene.cache;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** A local file system of which one kind of step fails or hangs. */
public final class FailingFileSystem extends RawLocalFileSystem {
    private static volatile String step = "";
    private static volatile CountDownLatch hanging;
    private static volatile Supplier<Throwable> thrown;

    /** Lets a kind of step fail with an {@link IOException}, after hanging until {@link #end} if it hangs. */
    static void begin(String where, boolean hangs) {
        begin(where, () -> new IOException("Input/output error"), hangs);
    }

    /** Lets a kind of step throw: an {@link IOException}, or something unchecked. */
    static void begin(String where, Supplier<Throwable> what) {
        begin(where, what, false);
    }

    private static void begin(String where, Supplier<Throwable> what, boolean hangs) {
        thrown = what;
        hanging = hangs ? new CountDownLatch(1) : null;
        step = where;
    }

    static void end() {
        CountDownLatch latch = hanging;
        step = "";
        hanging = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    private static void reached(String where) throws IOException {
        if (!where.equals(step)) {
            return;
        }
        CountDownLatch latch = hanging;
        while (latch != null && latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // As a system call that cannot be interrupted.
            }
        }
        Throwable what = thrown.get();
        if (what instanceof Error error) {
            throw error;
        }
        if (what instanceof RuntimeException error) {
            throw error;
        }
        throw (IOException) what;
    }

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
        reached("initialize");
        super.initialize(uri, conf);
    }

    @Override
    public FileStatus[] listStatus(Path file) throws IOException {
        reached("list");
        return super.listStatus(file);
    }

    @Override
    public FileStatus getFileStatus(Path file) throws IOException {
        reached("status");
        return super.getFileStatus(file);
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        reached("open");
        return super.open(file, bufferSize);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        reached("create");
        return new FSDataOutputStream(
                new FilterOutputStream(super.create(file, overwrite, bufferSize, replication, blockSize, progress)) {
                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        reached("write");
                        out.write(bytes, from, length);
                    }

                    @Override
                    public void close() throws IOException {
                        reached("close");
                        super.close();
                    }
                },
                null);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        reached("rename");
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path file, boolean recursive) throws IOException {
        reached("delete");
        return super.delete(file, recursive);
    }
}
