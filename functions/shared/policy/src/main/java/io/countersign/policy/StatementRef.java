package io.countersign.policy;

/**
 * Which statement spoke.
 *
 * @param document the place of the document among the principal's, from 0; 0 where there is one only
 * @param statement the place in {@code Statement}, from 0
 */
public record StatementRef(PolicyKind kind, int document, int statement) {
    @Override
    public String toString() {
        return saying("", "", "");
    }

    /** A sentence of the trace whose subject this is, put together at once. */
    String saying(String verb, String what, String end) {
        return switch (kind) {
            case IDENTITY, ROLE ->
                "Statement[" + statement + "] of " + kind.label() + " " + document + verb + what + end;
            case SESSION, BUCKET -> "Statement[" + statement + "] of the " + kind.label() + verb + what + end;
        };
    }
}
