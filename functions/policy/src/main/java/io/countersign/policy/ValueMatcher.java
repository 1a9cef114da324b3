package io.countersign.policy;

/** The values that a condition names for one key, ready to be compared with the request's. */
interface ValueMatcher {
    Answer ask(String actual);

    enum Answer {
        MATCHES,
        DIFFERS,
        /** The request's value is not of the operator's type: nobody can say, so an Allow must not rest on it. */
        UNREADABLE;

        static Answer of(boolean matches) {
            return matches ? MATCHES : DIFFERS;
        }
    }
}
