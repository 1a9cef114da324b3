package io.countersign.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A step of a decision. Two steps are equal when all of their texts are. */
public final class TraceStep {
    private final String step;
    private final Outcome outcome;
    private final Consumer<StringBuilder> detail;
    private final Supplier<String> rule;

    public TraceStep(String step, Outcome outcome, String detail) {
        this(step, outcome, text -> text.append(detail));
    }

    /** @param detail appends the sentence on demand, the same each time: most callers never read it */
    public TraceStep(String step, Outcome outcome, Consumer<StringBuilder> detail) {
        this(step, outcome, detail, () -> "");
    }

    /** @param rule names what decided, as {@link #rule} returns it; empty for nothing */
    TraceStep(String step, Outcome outcome, Consumer<StringBuilder> detail, Supplier<String> rule) {
        this.step = step;
        this.outcome = outcome;
        this.detail = detail;
        this.rule = rule;
    }

    /** The name of the step, such as {@code bucket-policy}. */
    public String step() {
        return step;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** A sentence for people that names the statement or ACL and never a secret. */
    public String detail() {
        StringBuilder text = new StringBuilder();
        detail.accept(text);
        return text.toString();
    }

    /** What appends {@link #detail()} to a text. */
    public Consumer<StringBuilder> detailWriter() {
        return detail;
    }

    /** The statement or ACL that granted or refused a right, or {@code owner}; empty where no rule applied. It contains no text of a caller. */
    public Optional<String> rule() {
        String text = rule.get();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The rule of the step that decided: the last one that granted or refused. */
    public static Optional<String> decidingRule(List<TraceStep> trace) {
        return trace.reversed().stream()
                .filter(step -> step.outcome == Outcome.ALLOW || step.outcome == Outcome.DENY)
                .findFirst()
                .flatMap(TraceStep::rule);
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

    /** The outcome of a step. */
    public enum Outcome {
        /** A check succeeded; the next step follows. */
        PASS("pass"),
        /** The step granted the right. */
        ALLOW("allow"),
        /** The step refused the right. */
        DENY("deny"),
        /** The step did not apply. */
        NO_MATCH("no-match");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** The text in answers: {@code no-match}. */
        public String text() {
            return text;
        }
    }
}
