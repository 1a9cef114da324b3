package io.countersign.gateway.decisions;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/** The lock that makes this process the only writer of a log. The kernel releases it when the process ends, however it ends. */
final class LogLock implements AutoCloseable {
    private final FileChannel channel;

    private LogLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws UnusableLogException.InUse when another process, or another log of this one, has it
     */
    static LogLock take(LogFiles files) throws IOException, UnusableLogException.InUse {
        FileChannel channel = LogFiles.openLock(files.lock());
        try {
            if (channel.tryLock() != null) {
                return new LogLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new UnusableLogException.InUse(files.file());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process.
        }
    }
}
