package io.countersign.gateway.decisions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Watches whether an open file still has its name. Writes to a file that was moved or deleted succeed, and nobody sees them. Where the system has no keys of files
 * (Windows, which lets nobody move an open file) nothing is seen. For one thread.
 */
final class NameWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Path file;
    private final InstantSource clock;
    private Optional<Object> key = Optional.empty();
    private Instant looked = Instant.MIN;
    private boolean lost;

    /** @param file was just opened */
    NameWatch(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        opened();
    }

    /** What a look finds. */
    enum Sight {
        UNCHANGED,
        /** The file has lost its name since the last look. */
        LOST,
        /** The file has its name again. */
        BACK
    }

    /** Another file was opened under the name. */
    void opened() {
        key = keyOfName();
        looked = clock.instant();
        lost = false;
    }

    /** Looks at the file system once a second at most. */
    Sight look() {
        Instant now = clock.instant();
        // A clock that was set back must not end the watch.
        boolean early = now.isBefore(looked.plus(INTERVAL)) && !now.isBefore(looked);
        if (early || key.isEmpty()) {
            return Sight.UNCHANGED;
        }
        looked = now;
        boolean was = lost;
        lost = !key.equals(keyOfName());
        if (lost == was) {
            return Sight.UNCHANGED;
        }
        return lost ? Sight.LOST : Sight.BACK;
    }

    /** Whether the name leads to something else than the open file now. */
    boolean isTaken() {
        Optional<Object> now = keyOfName();
        return key.isPresent() && now.isPresent() && !now.equals(key);
    }

    private Optional<Object> keyOfName() {
        try {
            return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
