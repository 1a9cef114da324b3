package io.countersign.gateway.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The options of a command on an existing registry. */
class RegistryOptions {
    static final String DATA = "--data";
    static final String READ_ONLY = "--read-only";
    static final String READ_ONLY_HELP =
            "Open the registry without writing to it: for a backup, or for a directory that is not writable.";
    static final String JSON = "--json";
    static final String JSON_HELP = "Print one JSON document on standard output.";

    private final Argument<Path> data;
    private final Argument<Boolean> json;

    RegistryOptions(Arguments command) {
        data = command.requiredPath(DATA, "DIR", "The data directory. A server may be using it.");
        json = command.flag(JSON, JSON_HELP);
    }

    final Path data() {
        return data.value();
    }

    final boolean json() {
        return json.value();
    }

    /** The options of a command that only reads the registry. */
    static final class Reading extends RegistryOptions {
        private final Argument<Boolean> readOnly;

        Reading(Arguments command) {
            super(command);
            readOnly = command.flag(READ_ONLY, READ_ONLY_HELP);
        }

        DataPlace place() {
            return new DataPlace(data(), readOnly.value());
        }
    }

    static Optional<Instant> moment(String option, Optional<String> text) throws CommandFailure.Misuse {
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            throw new CommandFailure.Misuse(option + " must be a time such as 2026-11-22T03:00:00Z.");
        }
    }

    /**
     * The registry that a command only reads.
     *
     * @param readOnly whether nothing in the directory may be created or changed, because it is a backup or not writable
     */
    record DataPlace(Path directory, boolean readOnly) {}
}
