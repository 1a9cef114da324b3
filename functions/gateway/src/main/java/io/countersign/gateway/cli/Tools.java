package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.settings.PropertyValues;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** What a command works with. */
record Tools(Terminal terminal, InstantSource clock, SecureRandom random) {
    /** The settings of this process. */
    static Settings settings() throws CommandFailure {
        try {
            return Settings.ofProcess();
        } catch (PropertyValues.InvalidSettingException e) {
            throw new CommandFailure("InvalidSetting", e.getMessage() + ".", e);
        }
    }

    /** The registry that the settings name, which must be there already. */
    OpenedData existing(Path directory, Settings settings) throws CommandFailure {
        return OpenedData.openExisting(directory, settings.data(), random, clock);
    }

    OpenedData existing(Path directory) throws CommandFailure {
        return existing(directory, settings());
    }

    /** The same, to be read as the command line says. */
    OpenedData existing(DataPlace place, Settings settings) throws CommandFailure {
        return place.readOnly()
                ? OpenedData.openReadOnly(place.directory(), settings.data(), random, clock)
                : existing(place.directory(), settings);
    }

    OpenedData existing(DataPlace place) throws CommandFailure {
        return existing(place, settings());
    }

    Instant now() {
        return clock.instant();
    }

    PrintStream out() {
        return terminal.out();
    }
}
