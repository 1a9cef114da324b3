package io.countersign.gateway.decisions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a log that a check reads, in the order of their lines. Closing closes them all.
 *
 * @param sources the oldest first
 */
public record LogSelection(List<LogSource> sources) implements AutoCloseable {
    private static final int TRIES = 20;

    public LogSelection {
        sources = List.copyOf(sources);
    }

    /**
     * Opens the files. One directory stands for the one log in it. One file that is written stands for its log, so that its full files are read before it. Several files, or a full file, are only themselves.
     *
     * @throws UnusableLogException when a directory has no log or several
     * @throws IOException when a file is missing or cannot be read
     */
    public static LogSelection of(List<Path> named) throws IOException, UnusableLogException {
        Path one = named.getFirst();
        if (named.size() > 1) {
            return opened(byFirstLine(named));
        }
        if (Files.isDirectory(one)) {
            return ofLog(inDirectory(one));
        }
        LogFiles log = LogFiles.of(one);
        return log.file().equals(one.toAbsolutePath().normalize()) ? ofLog(log) : opened(List.of(one));
    }

    /**
     * Where a gateway or gzip changes the files meanwhile, they are opened again: a file that gzip has just replaced is missing under its name, and one that has just become full would be read twice.
     */
    private static LogSelection ofLog(LogFiles log) throws IOException {
        for (int left = TRIES; ; left--) {
            List<LogSource> sources = new ArrayList<>();
            try {
                if (openAll(log, sources) || left == 0) {
                    return new LogSelection(sources);
                }
            } catch (NoSuchFileException e) {
                if (left == 0) {
                    new LogSelection(sources).close();
                    throw e;
                }
            }
            new LogSelection(sources).close();
        }
    }

    /**
     * Opens the file that is written, and the full ones.
     *
     * @return whether the former is still the one that it was before
     */
    private static boolean openAll(LogFiles log, List<LogSource> sources) throws IOException {
        Optional<Object> written = Optional.empty();
        if (Files.exists(log.file())) {
            written = key(log.file());
            sources.add(LogSource.open(log.file(), true));
        }
        int at = 0;
        for (Path full : log.full()) {
            sources.add(at++, LogSource.open(full, false));
        }
        if (sources.isEmpty()) {
            throw new NoSuchFileException(log.file().toString());
        }
        return written.isPresent() ? written.equals(key(log.file())) : !Files.exists(log.file());
    }

    private static LogSelection opened(List<Path> files) throws IOException {
        List<LogSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(LogSource.open(file, true));
        }
        return new LogSelection(sources);
    }

    private static Optional<Object> key(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    /** By the numbers of their first lines. A file whose first line cannot be read comes first, where its place is told as a problem. */
    private static List<Path> byFirstLine(List<Path> files) throws IOException {
        record Numbered(Path file, long first) {}
        List<Numbered> numbered = new ArrayList<>();
        for (Path file : new TreeSet<>(files)) {
            try (InputStream in = LogSource.open(file, false).bytes()) {
                LineReader reader = new LineReader(in);
                long first = reader.next(false)
                        ? reader.line().map(line -> line.position().seq()).orElse(0L)
                        : Long.MAX_VALUE;
                numbered.add(new Numbered(file, first));
            } catch (Gunzipped.DamagedException e) {
                numbered.add(new Numbered(file, 0));
            }
        }
        return numbered.stream()
                .sorted(Comparator.comparingLong(Numbered::first))
                .map(Numbered::file)
                .toList();
    }

    private static LogFiles inDirectory(Path directory) throws IOException, UnusableLogException {
        Set<Path> logs = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            for (Path file : files) {
                if (beginsAsLog(file)) {
                    logs.add(LogFiles.of(file).file());
                }
            }
        }
        if (logs.size() != 1) {
            throw new UnusableLogException("the directory " + directory + " has " + logs.size()
                    + " decision logs; name the file of one of them");
        }
        return new LogFiles(Objects.requireNonNull(logs.iterator().next()));
    }

    private static boolean beginsAsLog(Path file) throws IOException {
        // Of what is compressed, only full files count: beside the log there may be others that it does not know.
        try (InputStream in =
                LogFiles.isCompressed(file) ? LogSource.open(file, false).bytes() : Files.newInputStream(file)) {
            return new String(in.readNBytes(ChainLine.BEGINNING.length()), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .equals(ChainLine.BEGINNING);
        } catch (Gunzipped.DamagedException | NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (LogSource source : sources) {
            source.bytes().close();
        }
    }
}
