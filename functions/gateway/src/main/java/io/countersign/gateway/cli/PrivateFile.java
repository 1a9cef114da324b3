package io.countersign.gateway.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** Files that their owner alone may read (mode 0600). One that exists is never written over. */
final class PrivateFile {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PrivateFile() {}

    /** {@code what-20261122T030000000Z.json} in that directory. */
    static Path named(Path directory, String what, Instant now) {
        return directory.resolve(what + "-" + STAMP.format(now) + ".json");
    }

    /** @throws IOException when it exists, or cannot be made or written in full */
    static void write(Path file, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = create(file)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** @throws IOException when it exists, or cannot be made */
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode("rw-------"));
    }

    /** Without this a new file's name could be lost with power although its bytes are safe. */
    static void flushNames(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Makes a file or directory with that mode, as {@code rw-------}, where the file system knows modes. */
    static FileAttribute<?>[] mode(String mode) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
