package io.countersign.policy;

import io.countersign.oss.Right;
import java.util.List;
import java.util.Optional;

/** The decision on a request, with every step that led to it. */
public sealed interface Decision {
    /** The steps in their order; never empty. The last one decided. */
    List<TraceStep> trace();

    /** Every right was granted. */
    record Allowed(List<TraceStep> trace) implements Decision {
        public Allowed {
            trace = traced(trace);
        }
    }

    /** A right was refused; the rights after it were not evaluated. */
    record Denied(List<TraceStep> trace, DenialReason reason) implements Decision {
        public Denied {
            trace = traced(trace);
        }
    }

    /**
     * The decision would cost more than {@link StepBudget#OF_A_REQUEST}; the request is refused whatever its rights.
     */
    record TooCostly(List<TraceStep> trace) implements Decision {
        /** The message for the caller. */
        public static final String ADVICE =
                "Judging this request takes too many steps; name fewer keys in it, ask for less at once, or write its policies with fewer statements, wildcards and condition values.";

        public TooCostly {
            trace = traced(trace);
        }
    }

    private static List<TraceStep> traced(List<TraceStep> trace) {
        if (trace.isEmpty()) {
            throw new IllegalArgumentException("a decision has a trace");
        }
        return trace.size() == 1 ? List.of(trace.getFirst()) : List.copyOf(trace);
    }

    /**
     * The reason of a refusal.
     *
     * @param right the first right that was refused
     * @param statement the Deny that applied; empty for an implicit deny
     */
    public record DenialReason(Right right, Type type, DecidedBy decidedBy, Optional<Statement.Ref> statement) {
        /** {@code NoPermissionType} of AccessDeniedDetail (docs/protocol.md 8). */
        public enum Type {
            EXPLICIT_DENY("ExplicitDeny"),
            IMPLICIT_DENY("ImplicitDeny");

            private final String text;

            Type(String text) {
                this.text = text;
            }

            /** The text in error documents. */
            public String text() {
                return text;
            }
        }
    }

    /** The rule that decided one right. */
    public enum DecidedBy {
        /** The account's full rights on its own resources. */
        OWNER("owner"),
        RAM_POLICY("ram-policy"),
        ROLE_POLICY("role-policy"),
        SESSION_POLICY("session-policy"),
        BUCKET_POLICY("bucket-policy"),
        OBJECT_ACL("object-acl"),
        BUCKET_ACL("bucket-acl"),
        /** Nothing granted the right, and no ACL covers the operation. */
        DEFAULT("default");

        private final String step;

        DecidedBy(String step) {
            this.step = step;
        }

        /** The name of the step in traces. */
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
