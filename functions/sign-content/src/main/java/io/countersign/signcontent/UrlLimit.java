package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.RequestParser;

/** Bounds what is signed by the length of a URL: path and query, percent-encoded, must fit into one with the scheme, the host and the parameters of a signature. */
final class UrlLimit {
    /** Characters for the other parts of a URL: a host has at most 255, the rest at most half of this. */
    private static final int RESERVED = 1024;

    private static final int MAX_LENGTH = RequestParser.MAX_URL - RESERVED;

    private UrlLimit() {}

    /**
     * Bounds V1's resource.
     *
     * @param resource not encoded; clients encode slashes after the question mark
     * @throws ProblemException RequestTooLong when it does not fit into a URL
     */
    static void require(String resource) throws ProblemException {
        requireEncoded(PercentEncoding.encode(resource).length());
    }

    /** @param length of the percent-encoded path and query in characters */
    static void requireEncoded(int length) throws ProblemException {
        if (length > MAX_LENGTH) {
            throw ContentError.REQUEST_TOO_LONG.cause(
                    "Path and query have more than " + MAX_LENGTH
                            + " characters when percent-encoded, which exceeds the length of a URL; shorten the key or the parameters.");
        }
    }
}
