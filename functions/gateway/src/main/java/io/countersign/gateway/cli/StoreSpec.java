package io.countersign.gateway.cli;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.postgresql.PostgresLocation;
import io.countersign.settings.PropertyValues;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A store as the command line names it. What it does not name is as the settings say: the region, the user, the time.
 *
 * @param settings by name, before those of the process
 * @param directory of the file; a store behind a network has none
 */
record StoreSpec(String text, Map<String, String> settings, Optional<Path> directory) {
    static final String FORMS = "sqlite:DIR, postgresql, postgresql:URL, dynamodb or dynamodb:TABLE";

    StoreSpec {
        settings = Map.copyOf(settings);
    }

    static StoreSpec of(String option, String text) throws CommandFailure.Misuse {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        Optional<String> place = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        Map<String, String> settings = new HashMap<>(Map.of(TableLocation.STORE.name(), kind));
        boolean known =
                switch (kind) {
                    case "sqlite" -> place.isPresent();
                    case "postgresql" -> {
                        place.ifPresent(url -> settings.put(PostgresLocation.URL.name(), url));
                        yield true;
                    }
                    case "dynamodb" -> {
                        place.ifPresent(table -> settings.put(TableLocation.TABLE.name(), table));
                        yield true;
                    }
                    default -> false;
                };
        if (!known || place.filter(String::isEmpty).isPresent()) {
            throw new CommandFailure.Misuse(option + " must be one of " + FORMS + ".");
        }
        return new StoreSpec(text, settings, kind.equals("sqlite") ? place.map(Path::of) : Optional.empty());
    }

    /** Returns the directory in the form that all its relative names have. */
    Optional<Path> place() {
        return directory.map(path -> path.toAbsolutePath().normalize());
    }

    /** @throws CommandFailure when a setting is malformed or missing */
    DataSettings.Store read() throws CommandFailure {
        try {
            return Settings.ofProcess(settings).data().store();
        } catch (PropertyValues.InvalidSettingException e) {
            throw new CommandFailure("InvalidSetting", e.getMessage() + ".", e);
        }
    }
}
