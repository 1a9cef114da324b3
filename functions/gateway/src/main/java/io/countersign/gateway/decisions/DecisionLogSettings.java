package io.countersign.gateway.decisions;

import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of the decision log.
 *
 * @param file the file of the log; empty for standard error
 */
public record DecisionLogSettings(Level level, Optional<Path> file, FileSink.FileLimits limits) {
    private static final int LEAST_BYTES = 4_096;
    private static final int MOST_BYTES = 2_000_000_000;
    private static final int MOST_FILES = 100_000;

    /** The decisions that are logged. */
    public enum Level {
        OFF,
        /** Refusals, and requests without a decision. */
        REFUSED,
        ALL;

        /** Whether a decision with this outcome is logged. */
        boolean logs(boolean allowed) {
            return switch (this) {
                case OFF -> false;
                case REFUSED -> !allowed;
                case ALL -> true;
            };
        }
    }

    /** @throws PropertyValues.InvalidSettingException when a value is malformed or out of its bounds */
    public static DecisionLogSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Level level =
                switch (values.string(Property.DECISIONS_LOG)) {
                    case "off" -> Level.OFF;
                    case "refused" -> Level.REFUSED;
                    case "all" -> Level.ALL;
                    default ->
                        throw new PropertyValues.InvalidSettingException(
                                Property.DECISIONS_LOG.key(), "expected off, refused or all");
                };
        return new DecisionLogSettings(
                level,
                values.optional(Property.DECISIONS_FILE).map(Path::of),
                new FileSink.FileLimits(
                        values.count(Property.DECISIONS_FILE_BYTES, LEAST_BYTES, MOST_BYTES),
                        values.count(Property.DECISIONS_KEPT_FILES, 1, MOST_FILES)));
    }
}
