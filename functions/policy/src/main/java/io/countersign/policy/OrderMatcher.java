package io.countersign.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Numeric and Date operators. */
record OrderMatcher<T extends Comparable<T>>(
        Comparison comparison, List<T> values, Function<String, Optional<T>> reader) implements ValueMatcher {
    OrderMatcher {
        values = List.copyOf(values);
    }

    @Override
    public Answer ask(String actual) {
        Optional<T> read = reader.apply(actual);
        if (read.isEmpty()) {
            return Answer.UNREADABLE;
        }
        for (T value : values) {
            if (comparison.holds(read.get().compareTo(value))) {
                return Answer.MATCHES;
            }
        }
        return Answer.DIFFERS;
    }
}
