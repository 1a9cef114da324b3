package io.countersign.signing;

import io.countersign.oss.QueryParameters;
import java.time.Instant;

/**
 * A presigned URL but for its scheme, host and path, which are the caller's to write.
 *
 * @param query everything after the {@code ?} in wire order, the signature included
 * @param expiration the last moment at which the URL is good, in whole seconds
 * @param form what was signed, printable
 */
public record SignedUrl(QueryParameters query, Instant expiration, CanonicalForm form) {}
