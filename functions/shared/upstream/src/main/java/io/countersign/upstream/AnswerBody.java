package io.countersign.upstream;

/** What becomes of the body of a store's answer. */
public sealed interface AnswerBody {
    /** None goes to the client. The store's is drained or cut. */
    record None() implements AnswerBody {}

    /** The bytes of an object pass as they are. */
    record Streamed() implements AnswerBody {}

    /**
     * The body is read and written anew, before the head. Content-Length is that of the new one.
     *
     * @param maxBytes a longer one is a fault of the store
     */
    record Rewritten(int maxBytes) implements AnswerBody {}
}
