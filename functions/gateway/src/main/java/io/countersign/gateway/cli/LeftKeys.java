package io.countersign.gateway.cli;

import io.countersign.registry.manifest.UnshownKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys that interrupted applies created and never showed.
 *
 * @param kept keys whose secrets are in the files of those applies
 * @param lost keys whose secrets are missing
 */
record LeftKeys(List<UnshownKeys.UnshownKey> kept, List<UnshownKeys.UnshownKey> lost) {
    static final LeftKeys NONE = new LeftKeys(List.of(), List.of());

    private static final long MAX_BYTES = 64L << 20;

    LeftKeys {
        kept = List.copyOf(kept);
        lost = List.copyOf(lost);
    }

    static LeftKeys of(List<UnshownKeys.UnshownKey> unshown) {
        List<UnshownKeys.UnshownKey> kept = new ArrayList<>();
        List<UnshownKeys.UnshownKey> lost = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        for (UnshownKeys.UnshownKey key : unshown) {
            String text = files.computeIfAbsent(key.place(), LeftKeys::text);
            (text.contains("\"accessKeyId\":\"" + key.accessKeyId() + "\"") ? kept : lost).add(key);
        }
        return new LeftKeys(kept, lost);
    }

    /** Without the keys that have been removed since. */
    LeftKeys without(List<String> removed) {
        return new LeftKeys(
                kept,
                lost.stream()
                        .filter(key -> !removed.contains("accessKey " + key.accessKeyId()))
                        .toList());
    }

    List<String> keptIds() {
        return kept.stream().map(UnshownKeys.UnshownKey::accessKeyId).toList();
    }

    Set<String> lostIds() {
        return lost.stream().map(UnshownKeys.UnshownKey::accessKeyId).collect(Collectors.toSet());
    }

    /** One line of the report for each key. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (UnshownKeys.UnshownKey key : kept) {
            lines.add(beginning(key) + "its secret is in " + key.place() + " (mode 0600; move it to a safe place)");
        }
        for (UnshownKeys.UnshownKey key : lost) {
            lines.add(beginning(key) + "its secret was written to " + key.place()
                    + ", and is missing; find that file, or use " + ApplyCommand.REPLACE_UNSHOWN
                    + " to delete the key and create another");
        }
        return lines;
    }

    private static String beginning(UnshownKeys.UnshownKey key) {
        return "never shown: accessKey " + key.accessKeyId() + ", created by an interrupted apply; ";
    }

    /** Empty if the file cannot be read. */
    private static String text(String place) {
        try {
            Path file = Path.of(place);
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES ? Files.readString(file) : "";
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }
}
