package io.countersign.policy;

import io.countersign.oss.Right;
import java.util.Optional;

/**
 * Why a right was refused.
 *
 * @param right the first right that was refused
 * @param statement the Deny that bit; empty for an implicit deny
 */
public record DenialReason(Right right, Type type, DecidedBy decidedBy, Optional<StatementRef> statement) {
    /** {@code NoPermissionType} of AccessDeniedDetail (protocol.md 8). */
    public enum Type {
        EXPLICIT_DENY("ExplicitDeny"),
        IMPLICIT_DENY("ImplicitDeny");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As the error document writes it. */
        public String text() {
            return text;
        }
    }
}
