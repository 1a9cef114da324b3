package io.countersign.policy;

import io.countersign.oss.Right;
import java.util.List;
import java.util.Optional;

/** Whether a request may pass, and every step that led there. */
public sealed interface Decision {
    /** The steps in their order; never empty. The last one decided. */
    List<TraceStep> trace();

    /** Every needed right was given. */
    record Allowed(List<TraceStep> trace) implements Decision {
        public Allowed {
            trace = traced(trace);
        }
    }

    /** A needed right was refused; rights after it were not judged. */
    record Denied(List<TraceStep> trace, DenialReason reason) implements Decision {
        public Denied {
            trace = traced(trace);
        }
    }

    /** Judging it would take more than {@link StepBudget#OF_A_REQUEST}: the request is refused, whatever it may. */
    record TooCostly(List<TraceStep> trace) implements Decision {
        /** What a caller is told. */
        public static final String ADVICE =
                "Judging this request takes too many steps; name fewer keys in it, ask for less at once, or write its policies with fewer statements, wildcards and condition values.";

        public TooCostly {
            trace = traced(trace);
        }
    }

    private static List<TraceStep> traced(List<TraceStep> trace) {
        if (trace.isEmpty()) {
            throw new IllegalArgumentException("a decision says how it came about");
        }
        return List.copyOf(trace);
    }

    /**
     * Why a right was refused.
     *
     * @param right the first right that was refused
     * @param statement the Deny that bit; empty for an implicit deny
     */
    public record DenialReason(
            Right right, Type type, DecidedBy decidedBy, Optional<Statement.StatementRef> statement) {
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

    /** What made a decision on one right. */
    public enum DecidedBy {
        /** The account's full rights on what it owns. */
        OWNER("owner"),
        RAM_POLICY("ram-policy"),
        ROLE_POLICY("role-policy"),
        SESSION_POLICY("session-policy"),
        BUCKET_POLICY("bucket-policy"),
        OBJECT_ACL("object-acl"),
        BUCKET_ACL("bucket-acl"),
        /** Nothing gave the right, and no ACL covers the operation. */
        DEFAULT("default");

        private final String step;

        DecidedBy(String step) {
            this.step = step;
        }

        /** As the trace names the step. */
        public String step() {
            return step;
        }

        static DecidedBy of(PolicyDocument.Kind kind) {
            return switch (kind) {
                case IDENTITY -> RAM_POLICY;
                case ROLE -> ROLE_POLICY;
                case SESSION -> SESSION_POLICY;
                case BUCKET -> BUCKET_POLICY;
            };
        }
    }
}
