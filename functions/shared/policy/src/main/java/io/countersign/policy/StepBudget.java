package io.countersign.policy;

/**
 * What judging one request may still cost. A step is a statement, a pattern or a value that is asked, or a character that a pattern with wildcards is held
 * against. The bound is one of counted work and not of time, so that a request is judged alike on every machine. When no step is left the request is
 * refused ({@link Decision.TooCostly}); it is never allowed then.
 *
 * <p>One request has one of these for all that is judged for it: its rights, the other requests that its signature stands for, the entries of a batch. It is
 * for one thread.
 */
public final class StepBudget {
    /** Steps of one request: about a tenth of a second. A bulk deletion of 1,000 keys under a policy of 200 statements with wildcards takes a fifth of them. */
    public static final long OF_A_REQUEST = 50_000_000;

    private long left;

    private StepBudget(long left) {
        this.left = left;
    }

    /** All that one request may cost. */
    public static StepBudget ofRequest() {
        return new StepBudget(OF_A_REQUEST);
    }

    /** For what an operator asks about documents of its own. */
    static StepBudget unbounded() {
        return of(Long.MAX_VALUE);
    }

    static StepBudget of(long steps) {
        return new StepBudget(steps);
    }

    /** How many are left. */
    public long left() {
        return left;
    }

    /**
     * @param steps what the next thing costs, at most or in fact
     * @throws Spent when that is more than what is left; from then on nothing is
     */
    void take(long steps) {
        if (steps > left) {
            left = 0;
            throw Spent.ONCE;
        }
        left -= steps;
    }

    /** Says that no steps are left, from however deep down. Whatever begins a judgement catches it and refuses. */
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Spent ONCE = new Spent();

        private Spent() {
            super("the steps of this request are spent", null, false, false);
        }
    }
}
