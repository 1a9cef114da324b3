package io.countersign.policy;

/**
 * The remaining cost of evaluating one request. A step is the evaluation of a statement, a pattern or a value, or the
 * comparison of a character with a pattern that has wildcards. The bound counts work and not time, so that every
 * machine decides alike. When no step is left the request is refused ({@link Decision.TooCostly}), never allowed.
 *
 * <p>One request has one budget for all of its evaluations: its rights, the other requests that its signature permits,
 * the entries of a batch. It belongs to one thread.
 */
public final class StepBudget {
    /**
     * The steps of one request: about a tenth of a second. A bulk deletion of 1,000 keys under a policy of 200
     * statements with wildcards uses a fifth of them.
     */
    public static final long OF_A_REQUEST = 50_000_000;

    private long left;

    private StepBudget(long left) {
        this.left = left;
    }

    /** Returns the budget of a request. */
    public static StepBudget ofRequest() {
        return new StepBudget(OF_A_REQUEST);
    }

    /** Returns a budget for an operator's checks of own documents. */
    static StepBudget unbounded() {
        return of(Long.MAX_VALUE);
    }

    static StepBudget of(long steps) {
        return new StepBudget(steps);
    }

    /** The number of steps left. */
    public long left() {
        return left;
    }

    /**
     * @param steps the actual or largest cost of the next evaluation
     * @throws Spent when that is more than what is left; every further call then fails too
     */
    void take(long steps) {
        if (steps > left) {
            left = 0;
            throw Spent.ONCE;
        }
        left -= steps;
    }

    /** No steps are left. The caller that began the evaluation catches it and refuses. */
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Spent ONCE = new Spent();

        private Spent() {
            super("the steps of this request are spent", null, false, false);
        }
    }
}
