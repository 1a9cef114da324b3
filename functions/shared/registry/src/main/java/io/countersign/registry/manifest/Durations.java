package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.time.DateTimeException;
import java.time.Duration;

/** Durations as the manifest writes them: ISO 8601 in days and times, {@code P90D}, {@code PT1H}. */
final class Durations {
    private Durations() {}

    static Duration read(Members members, String name, Duration otherwise, Duration min, Duration max)
            throws InvalidDocumentException {
        return members.has(name) ? read(members.required(name), min, max) : otherwise;
    }

    private static Duration read(Value value, Duration min, Duration max) throws InvalidDocumentException {
        String text = Members.string(value);
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0 && duration.toNanosPart() == 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Refused below like one out of bounds.
        }
        throw new InvalidDocumentException(
                value.at(), "expected a duration such as P90D or PT1H, in whole seconds, from " + min + " to " + max);
    }
}
