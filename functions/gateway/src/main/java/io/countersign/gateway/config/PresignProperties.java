package io.countersign.gateway.config;

import io.countersign.presign.PostPolicySettings;
import io.countersign.presign.PresignSettings;
import io.countersign.session.signable.SigningOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How {@code /presign} and {@code /post-policy} are run. */
final class PresignProperties {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private PresignProperties() {}

    /** @throws InvalidSettingException when a value is malformed or out of its bounds */
    static PresignSettings from(PropertyValues values) throws InvalidSettingException {
        Duration longest = values.wholeSeconds(Property.PRESIGN_MAX_EXPIRES_IN, SECOND, WEEK);
        Duration usual = values.wholeSeconds(Property.PRESIGN_DEFAULT_EXPIRES_IN, SECOND, WEEK);
        return new PresignSettings(longest, usual.compareTo(longest) > 0 ? longest : usual, options(values));
    }

    /** @throws InvalidSettingException when the value is malformed or out of its bounds */
    static PostPolicySettings postPolicy(PropertyValues values) throws InvalidSettingException {
        return new PostPolicySettings(values.wholeSeconds(Property.POST_POLICY_MAX_EXPIRES_IN, SECOND, WEEK));
    }

    /** What is added to the table that every face that signs for callers shares. */
    static SigningOptions options(PropertyValues values) throws InvalidSettingException {
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
