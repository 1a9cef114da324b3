package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.manifest.GeneratedKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Shows access keys that were made, once: to a person at a terminal, or else in a file that its owner alone may read, because output that is piped or
 * collected is kept by others.
 */
final class MadeKeys {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Terminal terminal;
    private final Path directory;
    private final InstantSource clock;

    MadeKeys(Terminal terminal, Path directory, InstantSource clock) {
        this.terminal = terminal;
        this.directory = directory;
        this.clock = clock;
    }

    void show(List<GeneratedKey> keys) throws CommandFailure {
        if (keys.isEmpty()) {
            return;
        }
        if (terminal.interactive()) {
            keys.forEach(this::print);
            terminal.out().println("These secrets are not shown again; keep them now.");
        } else {
            terminal.out()
                    .println("access keys made: " + keys.size() + ", in " + write(keys)
                            + " (mode 0600; move it to a safe place)");
        }
    }

    private void print(GeneratedKey key) {
        terminal.out()
                .println("access key made for " + key.owner().label() + ": AccessKeyId "
                        + key.accessKey().id() + "  AccessKeySecret "
                        + key.accessKey().secret().reveal());
    }

    private Path write(List<GeneratedKey> keys) throws CommandFailure {
        Path file = directory.resolve("made-keys-" + STAMP.format(clock.instant()) + ".json");
        try {
            byte[] text = (json(keys) + "\n").getBytes(StandardCharsets.UTF_8);
            try (var channel = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                var bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            return file;
        } catch (IOException e) {
            throw new CommandFailure(
                    "KeysNotWritten",
                    "Access keys were made, but their secrets could not be written to " + file
                            + " and are lost; set those keys Inactive in the manifest, make room, and add others.",
                    e);
        }
    }

    private static String json(List<GeneratedKey> keys) {
        return JsonText.array(array -> keys.forEach(
                key -> array.object(members -> members.put("owner", key.owner().label())
                        .put("accessKeyId", key.accessKey().id())
                        .put("accessKeySecret", key.accessKey().secret().reveal()))));
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
                }
                : new FileAttribute<?>[0];
    }
}
