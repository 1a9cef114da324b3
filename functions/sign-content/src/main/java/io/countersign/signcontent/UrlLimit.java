package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.RequestParser;

/** A string is signed only if a request can carry it: what is signed has to fit into a URL, percent-encoded, beside its scheme, its host and a signature's parameters. */
final class UrlLimit {
    /** Characters for all that a URL holds besides path and query of the string: a host is at most 255, the rest at most half of this. */
    private static final int BESIDES = 1024;

    private static final int MOST = RequestParser.MAX_URL - BESIDES;

    private UrlLimit() {}

    /**
     * @param resource V1's, which is not encoded; clients encode slashes behind the question mark
     * @throws Refused when no URL is long enough
     */
    static void require(String resource) throws ProblemException {
        requireEncoded(PercentEncoding.encode(resource).length());
    }

    /** @param length of what is percent-encoded already, in characters */
    static void requireEncoded(int length) throws ProblemException {
        if (length > MOST) {
            throw ContentError.REQUEST_TOO_LONG.cause(
                    "Path and query take more than " + MOST
                            + " characters of a URL when they are percent-encoded, and no request can be that long; shorten the key or the parameters.");
        }
    }
}
