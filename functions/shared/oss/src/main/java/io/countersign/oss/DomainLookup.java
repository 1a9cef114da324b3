package io.countersign.oss;

import java.util.Optional;

/**
 * A source of custom domains that may fail to answer. {@link RequestParser} passes its exception on to the caller.
 *
 * @param <E> the exception of a source that does not answer
 */
@FunctionalInterface
public interface DomainLookup<E extends Exception> {
    /**
     * Finds the bucket that a host is bound to.
     *
     * @param host without its port, in lower case
     * @throws E when the source does not answer
     */
    Optional<String> bucketOf(String host) throws E;
}
