package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.manifest.GeneratedKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Shows access keys that were made, once: to a person at a terminal, or else in a file that its owner alone may read, because output that is piped or
 * collected is kept by others.
 */
final class MadeKeys {
    private final Terminal terminal;
    private final Path directory;
    private final InstantSource clock;

    MadeKeys(Terminal terminal, Path directory, InstantSource clock) {
        this.terminal = terminal;
        this.directory = directory;
        this.clock = clock;
    }

    void show(List<GeneratedKey> keys) throws CommandFailure {
        if (terminal.interactive() && !keys.isEmpty()) {
            keys.forEach(this::print);
            terminal.out().println("These secrets are not shown again; keep them now.");
            return;
        }
        Optional<Path> file = keep(keys);
        if (file.isPresent()) {
            terminal.out()
                    .println("access keys made: " + keys.size() + ", in " + file.get()
                            + " (mode 0600; move it to a safe place)");
        }
    }

    /** Writes them to the file alone, when there are any. */
    Optional<Path> keep(List<GeneratedKey> keys) throws CommandFailure {
        return keys.isEmpty() ? Optional.empty() : Optional.of(write(keys));
    }

    private void print(GeneratedKey key) {
        terminal.out()
                .println("access key made for " + key.owner().label() + ": AccessKeyId "
                        + key.accessKey().id() + "  AccessKeySecret "
                        + key.accessKey().secret().reveal());
    }

    private Path write(List<GeneratedKey> keys) throws CommandFailure {
        Path file = PrivateFile.named(directory, "made-keys", clock.instant());
        try {
            PrivateFile.write(file, json(keys));
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
}
