package io.countersign.verify.decide;

import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import java.time.Instant;
import java.util.Optional;

/**
 * An OSS request and its connection, as a trusted program reports them.
 *
 * @param method the verb as it was received
 * @param url absolute, or an origin-form target ({@code /key?acl}) with a Host header
 * @param sourceIp the peer's address in its canonical text; empty: acs:SourceIp is unknown
 * @param secureTransport whether the request came over TLS; empty: as the scheme of an absolute {@code url} says, and unknown for a target
 * @param form the form of a POST upload
 * @param body the parts of the body that name what the request is about: the keys of a DeleteMultipleObjects, the process of a ProcessObject
 * @param context facts for policy conditions that the request does not contain
 * @param at the moment to judge at instead of the present: it applies to date, expiry and acs:CurrentTime, never to the state of a key
 */
public record VerifyRequest(
        String method,
        String url,
        Headers headers,
        Optional<String> sourceIp,
        Optional<Boolean> secureTransport,
        Optional<SubmittedForm> form,
        Body body,
        Context context,
        Optional<Instant> at) {}
