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
    public Truth ask(String actual, Steps steps) {
        steps.take(1L + values.size());
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
