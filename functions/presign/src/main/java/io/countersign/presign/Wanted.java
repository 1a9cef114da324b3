package io.countersign.presign;

/** One entry of a body, read or refused. */
sealed interface Wanted {
    record Read(PresignRequest request) implements Wanted {}

    record Unreadable(Outcome.Refusal refusal) implements Wanted {}
}
