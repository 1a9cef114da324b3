package io.countersign.signing;

import java.util.Optional;

/**
 * The stages of a signature as they may be shown to the client: any security token in them is replaced by {@link SecurityToken#fingerprint()}.
 * The hash in a V4 string to sign is the one of the true canonical request.
 *
 * @param canonicalRequest V4's canonical request; V1 and V2 have none
 * @param stringToSign what the HMAC goes over
 */
public record CanonicalForm(Optional<String> canonicalRequest, String stringToSign) {}
