package io.countersign.oss;

import java.util.Set;

/**
 * What OSS makes of a query parameter. {@link Parameters} has one for each that OSS knows.
 *
 * @param selects where it asks for another operation of the same verb
 * @param takers the operations that take it without being another operation for that
 * @param signedByV1 whether it is part of V1's resource (protocol.md 1.3)
 * @param ofSignature whether a signature brings it
 */
record Parameter(Selects selects, Set<Operation> takers, boolean signedByV1, boolean ofSignature) {
    /** Levels and verbs. */
    record Selects(Set<Level> levels, Set<HttpMethod> methods) {
        boolean isEmpty() {
            return levels.isEmpty();
        }

        boolean at(Level level, HttpMethod method) {
            return levels.contains(level) && methods.contains(method);
        }
    }

    boolean isTakenBy(Operation operation, HttpMethod method) {
        return ofSignature || takers.contains(operation) || selects.at(operation.level(), method);
    }
}
