package io.countersign.rotate;

import java.util.Optional;

/**
 * Something that was done.
 *
 * @param subject the access key, token key or owner that it was done to
 */
public record Fact(FactType type, String subject) {

    /** What rotation tells; each is the {@code detail-type} of an event. */
    public enum FactType {
        ACCESS_KEY_CREATED("AccessKeyCreated"),
        ACCESS_KEY_RETIRING("AccessKeyRetiring"),
        ACCESS_KEY_DEACTIVATED("AccessKeyDeactivated"),
        ACCESS_KEY_DELETED("AccessKeyDeleted"),
        SESSIONS_REVOKED("SessionsRevoked"),
        TOKEN_KEY_ROTATED("TokenKeyRotated"),
        ROTATION_FAILED("RotationFailed");

        private final String text;

        FactType(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        static Optional<FactType> of(String text) {
            for (FactType type : values()) {
                if (type.text.equals(text)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }
}
