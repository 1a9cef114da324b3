package io.countersign.policy;

import java.util.Optional;
import java.util.Set;

/** The Bool operator. */
record BoolMatcher(Set<Boolean> values) implements ValueMatcher {
    BoolMatcher {
        values = Set.copyOf(values);
    }

    @Override
    public Truth ask(String actual, Steps steps) {
        steps.take(1);
        Optional<Boolean> read = Scalars.bool(actual);
        return read.isEmpty() ? Truth.UNKNOWN : Truth.of(values.contains(read.get()));
    }
}
