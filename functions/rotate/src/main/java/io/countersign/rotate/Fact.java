package io.countersign.rotate;

import java.util.Optional;

/**
 * A change that rotation made.
 *
 * @param subject the access key, token key or owner that was changed
 */
public record Fact(Type type, String subject) {

    /** The types of facts; each is the {@code detail-type} of an event. */
    public enum Type {
        ACCESS_KEY_CREATED("AccessKeyCreated"),
        ACCESS_KEY_RETIRING("AccessKeyRetiring"),
        ACCESS_KEY_DEACTIVATED("AccessKeyDeactivated"),
        ACCESS_KEY_DELETED("AccessKeyDeleted"),
        SESSIONS_REVOKED("SessionsRevoked"),
        TOKEN_KEY_ROTATED("TokenKeyRotated"),
        ROTATION_FAILED("RotationFailed");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        static Optional<Type> of(String text) {
            for (Type type : values()) {
                if (type.text.equals(text)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }
}
