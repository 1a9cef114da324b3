package io.countersign.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The values of a condition for one key, prepared for comparison with the request's value. */
interface ValueMatcher {
    /** Whether one of them matches; unknown when the request's value does not have the operator's type. */
    Truth judge(String actual, StepBudget budget);

    /** The Bool operator. */
    record BoolMatcher(Set<Boolean> values) implements ValueMatcher {
        public BoolMatcher {
            values = Set.copyOf(values);
        }

        @Override
        public Truth judge(String actual, StepBudget budget) {
            budget.take(1);
            Optional<Boolean> read = ScalarReader.Scalars.bool(actual);
            return read.isEmpty() ? Truth.UNKNOWN : Truth.of(values.contains(read.get()));
        }
    }

    /** IpAddress and NotIpAddress. */
    record IpMatcher(List<IpPattern> ranges) implements ValueMatcher {
        public IpMatcher {
            ranges = List.copyOf(ranges);
        }

        @Override
        public Truth judge(String actual, StepBudget budget) {
            budget.take(1L + ranges.size());
            Optional<IpAddress> read = IpAddress.parse(actual);
            if (read.isEmpty()) {
                return Truth.UNKNOWN;
            }
            for (IpPattern range : ranges) {
                if (range.contains(read.get())) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        }
    }

    /** Numeric and Date operators. */
    record OrderMatcher<T extends Comparable<T>>(
            ConditionOperator.Comparison comparison, List<T> values, Function<String, Optional<T>> reader)
            implements ValueMatcher {
        public OrderMatcher {
            values = List.copyOf(values);
        }

        @Override
        public Truth judge(String actual, StepBudget budget) {
            budget.take(1L + values.size());
            Optional<T> read = reader.apply(actual);
            if (read.isEmpty()) {
                return Truth.UNKNOWN;
            }
            for (T value : values) {
                if (comparison.holds(read.get().compareTo(value))) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        }
    }

    /** String operators. */
    record TextMatcher(List<Glob> globs, boolean ignoringCase) implements ValueMatcher {
        public TextMatcher {
            globs = ignoringCase ? globs.stream().map(Glob::folded).toList() : List.copyOf(globs);
        }

        @Override
        public Truth judge(String actual, StepBudget budget) {
            String text = ignoringCase ? folded(actual, budget) : actual;
            for (Glob glob : globs) {
                if (glob.matches(text, budget)) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        }

        private static String folded(String text, StepBudget budget) {
            budget.take(text.length());
            return CaseFolding.fold(text);
        }
    }
}
