package io.countersign.policy;

import java.util.List;

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

    /** Judging it would take more than {@link Steps#OF_A_REQUEST}: the request is refused, whatever it may. */
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
}
