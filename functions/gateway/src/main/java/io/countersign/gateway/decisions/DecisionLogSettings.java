package io.countersign.gateway.decisions;

import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the decision log.
 *
 * @param file the file of the log; empty for standard error
 */
public record DecisionLogSettings(Level level, Optional<Path> file, FileSink.FileLimits limits) {
    private static final Setting LOG = Setting.of(
            "countersign.decisions.log",
            "refused",
            "The decisions that are logged, one line of JSON each: off, refused or all.");
    private static final Setting FILE = Setting.optional(
            "countersign.decisions.file",
            "standard error",
            "The file of the decision log (mode 0600), for one process.");
    private static final Setting FILE_BYTES = Setting.of(
            "countersign.decisions.file-bytes",
            "104857600",
            "The size in bytes at which the file of the decision log is full and another one is begun (4096 to 2000000000).");
    private static final Setting KEPT_FILES = Setting.of(
            "countersign.decisions.kept-files",
            "10",
            "The number of full files of the decision log that are kept (1 to 100000). The oldest is deleted.");

    /** The settings of the decision log. */
    public static final List<Setting> SETTINGS = List.of(LOG, FILE, FILE_BYTES, KEPT_FILES);

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
                switch (values.string(LOG)) {
                    case "off" -> Level.OFF;
                    case "refused" -> Level.REFUSED;
                    case "all" -> Level.ALL;
                    default ->
                        throw new PropertyValues.InvalidSettingException(LOG.name(), "expected off, refused or all");
                };
        return new DecisionLogSettings(
                level,
                values.optional(FILE).map(Path::of),
                new FileSink.FileLimits(
                        values.count(FILE_BYTES, LEAST_BYTES, MOST_BYTES), values.count(KEPT_FILES, 1, MOST_FILES)));
    }
}
