package io.countersign.gateway.decisions;

import io.countersign.gateway.files.ProcessLock;
import io.countersign.http.LogValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;

/** Writes lines to a log file, and begins another file when that one is full. */
final class FileSink implements LineSink {
    private static final System.Logger LOG = System.getLogger(FileSink.class.getName());

    private final LogFiles files;
    private final long most;
    private final int kept;
    private final ProcessLock lock;
    private SeekableByteChannel channel;
    /** The length of the whole lines. */
    private long size;
    /** Whether the file may be longer than its whole lines. */
    private boolean uncut;

    private long rotateAt;

    private final NameWatch name;

    /**
     * @param channel the file, open to append
     * @param size the length of the file
     * @param lock released when the sink closes
     */
    FileSink(
            LogFiles files,
            FileLimits limits,
            ProcessLock lock,
            SeekableByteChannel channel,
            long size,
            InstantSource clock) {
        this.files = files;
        this.most = limits.bytes();
        this.kept = limits.kept();
        this.lock = lock;
        this.channel = channel;
        this.size = size;
        this.rotateAt = most;
        this.name = new NameWatch(files.file(), clock);
    }

    /**
     * The limits of the files of one log.
     *
     * @param bytes a file is full when the next lines would make it longer than this
     * @param kept the number of full files that are kept
     */
    record FileLimits(long bytes, int kept) {}

    @Override
    public int write(byte[] bytes, int length, long seq) {
        ByteBuffer lines = ByteBuffer.wrap(bytes, 0, length);
        try {
            if (uncut) {
                truncate();
            }
            if (size > 0 && size + length > rotateAt) {
                rotate(seq);
            }
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
            size += length;
            watchName();
            return length;
        } catch (IOException e) {
            return lines.position();
        }
    }

    /** A full disk gives bytes back, so that whoever reads the log meanwhile finds whole lines. Where it does not, the next write tries again. */
    @Override
    public void cut(int whole) {
        size += whole;
        uncut = true;
        try {
            truncate();
        } catch (IOException e) {
            // The next write says so, by taking nothing.
        }
    }

    private void truncate() throws IOException {
        channel.truncate(size);
        uncut = false;
    }

    private void rotate(long seq) {
        if (name.isTaken()) {
            // What somebody put there is not renamed: it would stand among the full files, and the file that is written
            // could not come back.
            writeOn("AnotherFileHasTheName");
            return;
        }
        try {
            flush();
            SeekableByteChannel next = files.rotate(seq - 1);
            channel.close();
            channel = next;
            name.opened();
            size = 0;
            rotateAt = most;
            files.deleteAllBut(kept);
        } catch (IOException e) {
            writeOn(e.getClass().getSimpleName());
        }
    }

    /** Without another file, this one is written on: a decision in a long file is better than none. */
    private void writeOn(String reason) {
        rotateAt = size + most;
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "event=decision-log-not-rotated file=" + LogValue.of(files.file()) + " reason=" + reason);
    }

    /** The log goes on in the file that is open: what was written elsewhere would not be in the chain of one file. */
    private void watchName() {
        switch (name.look()) {
            case NameWatch.Sight.UNCHANGED -> {}
            case NameWatch.Sight.LOST ->
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "event=decision-log-moved file=" + LogValue.of(files.file())
                                + " reason=\"it was moved, replaced or deleted, and lines go on into the former file;"
                                + " move that file back, or, if it is gone, restart the server\"");
            case NameWatch.Sight.BACK ->
                LOG.log(System.Logger.Level.INFO, () -> "event=decision-log-back file=" + LogValue.of(files.file()));
        }
    }

    /** Only a full or a closed file is flushed to the disk: each batch would wait for the disk. */
    private void flush() throws IOException {
        if (channel instanceof FileChannel file) {
            file.force(false);
        }
    }

    @Override
    public void close() {
        try {
            flush();
            channel.close();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "event=decision-log-not-closed file=" + LogValue.of(files.file()));
        }
        lock.close();
    }
}
