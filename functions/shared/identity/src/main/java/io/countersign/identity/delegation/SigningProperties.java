package io.countersign.identity.delegation;

import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.List;
import java.util.Set;

/** What an operator may add to the table that every face that signs for callers shares. */
public final class SigningProperties {
    private SigningProperties() {}

    /** @throws InvalidSettingException when a value is malformed */
    public static SigningOptions options(PropertyValues values) throws InvalidSettingException {
        List<String> processes = values.list(Property.PRESIGN_PROCESSES);
        try {
            return new SigningOptions(
                    values.flag(Property.PRESIGN_CALLBACK).orElse(false),
                    values.flag(Property.PRESIGN_SYMLINK).orElse(false),
                    processes.isEmpty() ? SigningOptions.DEFAULT.processes() : Set.copyOf(processes));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(Property.PRESIGN_PROCESSES.key(), String.valueOf(e.getMessage()));
        }
    }
}
