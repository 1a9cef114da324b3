package io.countersign.policy;

import java.util.Optional;

/**
 * What is known of one condition key of a request. That a key is absent is knowledge, and has to be told like a value: a key that was not told is
 * {@link Unknown}, and then a Deny that asks for it applies and an Allow does not.
 */
public sealed interface KeyState {
    /** The request has this value for the key. */
    record Told(String value) implements KeyState {}

    /** The request has no such key: only negated operators hold of it. */
    record Absent() implements KeyState {
        private static final KeyState ONE = new Absent();
    }

    /** Not told: the request may have any value for the key, or none. */
    record Unknown() implements KeyState {
        private static final KeyState ONE = new Unknown();
    }

    static KeyState absent() {
        return Absent.ONE;
    }

    static KeyState unknown() {
        return Unknown.ONE;
    }

    /** Of a key that was looked for: empty when it is not there. */
    static KeyState found(Optional<String> value) {
        return value.isEmpty() ? absent() : new Told(value.get());
    }
}
