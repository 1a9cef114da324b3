package io.countersign.gateway.cli;

import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.KeyKeeper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of new keys, in a file that only its owner can read (mode 0600): a JSON array that is complete, and flushed to the disk, after
 * each call, so that a crash at any moment loses no secret. The first key creates the file.
 */
final class MadeKeyFile implements KeyKeeper, AutoCloseable {
    private static final String END = "]\n";

    private final Path file;
    private Optional<FileChannel> open = Optional.empty();
    private long end;
    private long endBefore;

    /** @param file an absolute path that does not exist yet */
    MadeKeyFile(Path file) {
        this.file = file;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public void keep(List<ApplyReport.GeneratedKey> keys) throws IOException {
        FileChannel channel = channel();
        byte[] added = ((end == 1 ? "" : ",") + MadeKeyText.elements(keys)).getBytes(StandardCharsets.UTF_8);
        try {
            write(channel, end, added, END.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            cut(channel, end);
            throw e;
        }
        endBefore = end;
        end += added.length;
    }

    @Override
    public void drop(List<ApplyReport.GeneratedKey> keys) throws IOException {
        cut(channel(), endBefore);
        end = endBefore;
    }

    /** Deletes the file: its secrets have been shown. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    /** Deletes the file if it has no key. */
    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
                if (end == 1) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // Every key was flushed when it was kept; an empty array may stay.
        }
        open = Optional.empty();
    }

    private FileChannel channel() throws IOException {
        if (open.isEmpty()) {
            FileChannel channel = PrivateFile.create(file);
            open = Optional.of(channel);
            write(channel, 0, "[".getBytes(StandardCharsets.UTF_8), END.getBytes(StandardCharsets.UTF_8));
            PrivateFile.flushNames(file);
            end = 1;
        }
        return open.get();
    }

    private static void write(FileChannel channel, long from, byte[] text, byte[] ending) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(text.length + ending.length)
                .put(text)
                .put(ending)
                .flip();
        long at = from;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        channel.force(true);
    }

    /** The end is written first, so that the array is complete at any moment. */
    private static void cut(FileChannel channel, long at) throws IOException {
        write(channel, at, new byte[0], END.getBytes(StandardCharsets.UTF_8));
        channel.truncate(at + END.length());
        channel.force(true);
    }
}
