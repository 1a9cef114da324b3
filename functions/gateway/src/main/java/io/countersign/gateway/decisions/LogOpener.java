package io.countersign.gateway.decisions;

import io.countersign.gateway.files.ProcessLock;
import io.countersign.registry.sealing.OwnFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Opens the log of a process, and lets its chain go on where it ended. */
public final class LogOpener {
    private LogOpener() {}

    /**
     * Opens the log that the settings name. On standard error each process begins a chain of its own.
     *
     * @throws UnusableLogException when the file cannot be written, is not one of a decision log, or has another writer
     */
    public static DecisionLog open(DecisionLogSettings settings, InstantSource clock) throws UnusableLogException {
        if (settings.file().isEmpty()) {
            return DecisionLog.start(
                    StreamSink.standardError(), ChainPosition.START, Optional.empty(), clock, DecisionLog.ROOM);
        }
        LogFiles files = new LogFiles(settings.file().get());
        try {
            requireUsable(files);
            ProcessLock lock =
                    ProcessLock.take(files.lock()).orElseThrow(() -> new UnusableLogException.InUse(files.file()));
            try {
                return open(files, settings.limits(), lock, clock);
            } catch (UnusableLogException | IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UnusableLogException("the decision log " + files.file() + " cannot be written ("
                    + e.getClass().getSimpleName()
                    + "); name a file in a directory that exists and that this user can write");
        }
    }

    /** Where no process has made the lock yet, what is refused is refused before that: the lock's file stays once it is there, and there may be the directory of something else, such as /dev. */
    private static void requireUsable(LogFiles files) throws IOException, UnusableLogException {
        if (Files.notExists(files.lock(), LinkOption.NOFOLLOW_LINKS)) {
            requireOwn(files.file());
            if (Files.exists(files.file()) && !Files.isWritable(files.file())) {
                throw new AccessDeniedException(files.file().toString());
            }
            end(files, LogTail.of(files.file()));
        }
    }

    private static DecisionLog open(LogFiles files, FileSink.FileLimits limits, ProcessLock lock, InstantSource clock)
            throws IOException, UnusableLogException {
        requireOwn(files.file());
        LogTail tail = LogTail.of(files.file());
        ChainPosition position = end(files, tail);
        FileChannel channel = files.append();
        Optional<String> torn = Optional.of(tail.torn()).filter(text -> !text.isEmpty());
        if (torn.isPresent()) {
            channel.truncate(tail.whole());
        }
        FileSink sink = new FileSink(files, limits, lock, channel, tail.whole(), clock);
        return DecisionLog.start(sink, position, torn, clock, DecisionLog.ROOM);
    }

    private static ChainPosition end(LogFiles files, LogTail tail) throws IOException, UnusableLogException {
        return tail.last().isPresent() ? tail.last().get() : beforeFile(files);
    }

    /** The end of the newest full file. One without a line is not what the log left, and the chain does not begin anew after it. */
    private static ChainPosition beforeFile(LogFiles files) throws IOException, UnusableLogException {
        List<Path> full = files.full();
        if (full.isEmpty()) {
            return ChainPosition.START;
        }
        Path newest = full.getLast();
        Optional<ChainPosition> end = LogFiles.isCompressed(newest)
                ? lastCompressed(newest)
                : LogTail.of(newest).last();
        return end.orElseThrow(() -> LogTail.foreign(newest));
    }

    private static Optional<ChainPosition> lastCompressed(Path file) throws IOException, UnusableLogException {
        try (InputStream in = LogSource.open(file, false).bytes()) {
            LineReader reader = new LineReader(in);
            Optional<ChainPosition> last = Optional.empty();
            while (reader.next(false)) {
                last = Optional.of(reader.line().map(ChainLine::position).orElseThrow(() -> LogTail.foreign(file)));
            }
            return last;
        } catch (Gunzipped.DamagedException e) {
            throw LogTail.foreign(file);
        }
    }

    private static void requireOwn(Path file) throws IOException, UnusableLogException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                new OwnFile(file, "the decision log " + file).requireFile();
            } catch (OwnFile.NotOwnException e) {
                throw new UnusableLogException(e.problem());
            }
        }
    }
}
