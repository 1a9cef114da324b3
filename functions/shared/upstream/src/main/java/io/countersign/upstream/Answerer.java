package io.countersign.upstream;

/** Who answers an operation on a bucket that has a store behind it. */
public sealed interface Answerer {
    /** The store behind. */
    record Store() implements Answerer {}

    /** The registry: nothing goes to the store. */
    record Registry() implements Answerer {}

    /**
     * Nobody: 501 NotImplemented before anything is sent.
     *
     * @param why a sentence for the client
     */
    record Nobody(String why) implements Answerer {}
}
