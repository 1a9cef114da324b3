package io.countersign.signing;

import java.util.Optional;

/**
 * The stages of a signature in a form that is safe to show to the client: {@link SecurityToken#fingerprint()} replaces each security token. The hash in a V4 string to
 * sign is still that of the original canonical request.
 *
 * @param canonicalRequest V4's canonical request; V1 and V2 have none
 * @param stringToSign the input of the HMAC
 */
public record CanonicalForm(Optional<String> canonicalRequest, String stringToSign) {}
