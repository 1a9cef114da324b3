package io.countersign.gateway.cli;

import io.countersign.gateway.files.FileModes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** Files that only their owner can read (mode 0600). An existing file is never overwritten. */
final class PrivateFile {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PrivateFile() {}

    /** {@code what-20261122T030000000Z.json} in that directory. */
    static Path named(Path directory, String what, Instant now) {
        return directory.resolve(what + "-" + STAMP.format(now) + ".json");
    }

    /** @throws IOException if it exists, or cannot be created or written completely */
    static void write(Path file, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = create(file)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** @throws IOException if it exists or cannot be created */
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FileModes.ofNew("rw-------"));
    }

    /** Flushes the directory: otherwise a power failure could lose the name of a new file, although its content is on the disk. */
    static void flushNames(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
