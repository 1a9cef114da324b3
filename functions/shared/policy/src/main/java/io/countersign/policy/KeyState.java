package io.countersign.policy;

import java.util.Optional;

/**
 * The state of one condition key of a request. Absence is knowledge and has to be set like a value. A key that was not
 * set is {@link Unknown}: a Deny on it applies and an Allow does not.
 */
public sealed interface KeyState {
    /** The request has this value for the key. */
    record Told(String value) implements KeyState {}

    /** The request does not have the key: only negated operators are true. */
    record Absent() implements KeyState {
        private static final KeyState ONE = new Absent();
    }

    /** The request may have any value for the key, or none. */
    record Unknown() implements KeyState {
        private static final KeyState ONE = new Unknown();
    }

    static KeyState absent() {
        return Absent.ONE;
    }

    static KeyState unknown() {
        return Unknown.ONE;
    }

    /** Returns the state of a key that was looked for: absent when there is no value. */
    static KeyState found(Optional<String> value) {
        return value.isEmpty() ? absent() : new Told(value.get());
    }
}
