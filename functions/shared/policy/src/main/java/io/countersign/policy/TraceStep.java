package io.countersign.policy;

import java.util.Locale;
import java.util.function.Supplier;

/** One step of a decision. Two steps are equal when they say the same. */
public final class TraceStep {
    private final String step;
    private final Outcome outcome;
    private final Supplier<String> detail;

    public TraceStep(String step, Outcome outcome, String detail) {
        this(step, outcome, () -> detail);
    }

    /** @param detail puts the sentence together when it is asked for, the same each time: most callers of most decisions never read it */
    TraceStep(String step, Outcome outcome, Supplier<String> detail) {
        this.step = step;
        this.outcome = outcome;
        this.detail = detail;
    }

    /** Which step, as {@code bucket-policy}. */
    public String step() {
        return step;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** A sentence for people; names the statement or ACL, never a secret. */
    public String detail() {
        return detail.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceStep that
                && step.equals(that.step)
                && outcome == that.outcome
                && detail().equals(that.detail());
    }

    @Override
    public int hashCode() {
        return detail().hashCode();
    }

    @Override
    public String toString() {
        return step + " " + outcome.text() + ": " + detail();
    }

    /** What a step of a decision said. */
    public enum Outcome {
        /** A check held; the next step goes on. */
        PASS,
        /** This step gave the right. */
        ALLOW,
        /** This step refused. */
        DENY,
        /** This step had nothing to say. */
        NO_MATCH;

        /** As an answer writes it: {@code no-match}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
