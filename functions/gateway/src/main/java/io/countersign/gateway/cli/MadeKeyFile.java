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
 * The secrets of keys that apply makes, in a file that its owner alone may read (mode 0600): a JSON array that is whole, and flushed to the disk, after
 * each call, so that what ends the process at any moment loses none. The file is made with the first key.
 */
final class MadeKeyFile implements KeyKeeper, AutoCloseable {
    private static final String END = "]\n";

    private final Path file;
    private Optional<FileChannel> open = Optional.empty();
    private long end;
    private long endBefore;

    /** @param file absolute; it does not exist yet */
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

    /** Takes the file away: what it held was shown otherwise. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    /** A file without a key goes. */
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

    /** The end first, so that the array is whole at every moment. */
    private static void cut(FileChannel channel, long at) throws IOException {
        write(channel, at, new byte[0], END.getBytes(StandardCharsets.UTF_8));
        channel.truncate(at + END.length());
        channel.force(true);
    }
}
