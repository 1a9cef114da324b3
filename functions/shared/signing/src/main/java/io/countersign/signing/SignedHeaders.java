package io.countersign.signing;

import io.countersign.oss.Headers;

/**
 * A request's signature in the header.
 *
 * @param headers those to add to the request: Authorization, and the date, token and payload headers that it lacked
 * @param form what was signed, printable
 */
public record SignedHeaders(Headers headers, CanonicalForm form) {}
