package io.countersign.gateway.decisions;

import io.countersign.gateway.files.FileModes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one log: the file that is written, and the full ones next to it. A full file has the name of the log and the number of its last line: {@code decisions.log.000000005120}.
 *
 * @param file the file that is written
 */
public record LogFiles(Path file) {
    private static final int DIGITS = 12;
    private static final String COMPRESSED = ".gz";
    private static final Pattern ROTATED = Pattern.compile("(.+)\\.([0-9]{" + DIGITS + ",19})");

    public LogFiles {
        file = file.toAbsolutePath().normalize();
    }

    /** The log that a file belongs to, by its name. */
    static LogFiles of(Path file) {
        Matcher rotated = ROTATED.matcher(plainName(file));
        return new LogFiles(rotated.matches() ? file.resolveSibling(rotated.group(1)) : file);
    }

    /** Whether the file has the name of a full file that somebody compressed. */
    static boolean isCompressed(Path file) {
        return name(file).endsWith(COMPRESSED)
                && ROTATED.matcher(plainName(file)).matches();
    }

    /** The full files as the log left them, the oldest first. */
    List<Path> rotated() throws IOException {
        return full().stream()
                .filter(file -> !isCompressed(file) && Files.exists(file))
                .toList();
    }

    /**
     * The full files, the oldest first, also those that somebody compressed since. What else has such a name, a directory or a pipe, is none: a check would fail on it, or wait for ever. While a
     * file is being compressed, it is there twice, and only the whole one counts. It is listed too where it was gone when it was looked at: a check without it would miss its
     * lines.
     */
    List<Path> full() throws IOException {
        List<Path> found = new ArrayList<>();
        Path directory = Optional.ofNullable(file.getParent()).orElse(file);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path one : all) {
                Matcher matcher = ROTATED.matcher(plainName(one));
                if (matcher.matches()
                        && matcher.group(1).equals(name(file))
                        && (Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)
                                || Files.notExists(one, LinkOption.NOFOLLOW_LINKS))) {
                    found.add(one);
                }
            }
        }
        found.removeIf(one -> isCompressed(one) && found.contains(one.resolveSibling(plainName(one))));
        found.sort(
                Comparator.comparingInt((Path one) -> plainName(one).length()).thenComparing(LogFiles::plainName));
        return List.copyOf(found);
    }

    /** The file for the lock of the log's only writer. */
    Path lock() {
        return file.resolveSibling(name(file) + ".lock");
    }

    /** Opens the file to append to it. It is created if it is missing, for its owner only. */
    FileChannel append() throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                FileModes.ofNew("rw-------"));
    }

    /**
     * Renames the file, and creates the next one.
     *
     * @param last the number of the last line of the full file
     * @throws IOException when either is not possible; the file then has its name again, if that is possible
     */
    FileChannel rotate(long last) throws IOException {
        String digits = Long.toString(last);
        Path full = file.resolveSibling(name(file) + "." + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits);
        try {
            Files.move(file, full);
        } catch (NoSuchFileException e) {
            // Somebody has moved or deleted the file, so its name is free.
        }
        try {
            return FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    FileModes.ofNew("rw-------"));
        } catch (IOException e) {
            Files.move(full, file);
            throw e;
        }
    }

    /** Deletes the oldest full files. */
    void deleteAllBut(int kept) throws IOException {
        List<Path> full = rotated();
        for (Path old : full.subList(0, Math.max(0, full.size() - kept))) {
            Files.deleteIfExists(old);
        }
    }

    /** The name before the file was compressed. */
    private static String plainName(Path path) {
        String name = name(path);
        return name.endsWith(COMPRESSED) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
