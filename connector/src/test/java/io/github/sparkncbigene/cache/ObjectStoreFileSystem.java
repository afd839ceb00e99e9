package io.github.sparkncbigene.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * A local file system that does what an object store does: a file is there when it is closed, nothing can be appended,
 * directories cannot be renamed. It counts the calls, since each takes a store some 50 ms.
 */
public final class ObjectStoreFileSystem extends RawLocalFileSystem {
    private static final Map<String, Integer> CALLS = new TreeMap<>();

    /** The calls since the last time, by their names. */
    static Map<String, Integer> calls() {
        synchronized (CALLS) {
            Map<String, Integer> calls = new TreeMap<>(CALLS);
            CALLS.clear();
            return calls;
        }
    }

    private static void called(String what) {
        synchronized (CALLS) {
            CALLS.merge(what, 1, Integer::sum);
        }
    }

    @Override
    public FileStatus[] listStatus(Path file) throws IOException {
        called("list");
        return super.listStatus(file);
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        called("open");
        return super.open(file, bufferSize);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress) {
        called("create");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new FSDataOutputStream(
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        content.write(one);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        content.write(bytes, from, length);
                    }

                    @Override
                    public void close() throws IOException {
                        try (OutputStream out = ObjectStoreFileSystem.super.create(
                                file, overwrite, bufferSize, replication, blockSize, progress)) {
                            content.writeTo(out);
                        }
                    }
                },
                null);
    }

    @Override
    public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException("append");
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        called("rename");
        if (getFileStatus(from).isDirectory()) {
            throw new IOException("an object store has no directories to rename: " + from);
        }
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path file, boolean recursive) throws IOException {
        called("delete");
        return super.delete(file, recursive);
    }
}
