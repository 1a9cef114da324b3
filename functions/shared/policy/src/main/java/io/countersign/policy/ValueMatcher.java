package io.countersign.policy;

/** The values that a condition names for one key, ready to be compared with the request's. */
interface ValueMatcher {
    /** Whether one of them matches; unknown when the request's value is not of the operator's type. */
    Truth ask(String actual, Steps steps);
}
