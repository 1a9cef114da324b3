package io.countersign.verify;

import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.Optional;

/**
 * An OSS request as a trusted program reports it, and what it knows about the connection.
 *
 * @param method the verb as it came
 * @param url absolute, or an origin-form target ({@code /key?acl}) with a Host header
 * @param sourceIp the peer's address in its canonical text; absent: acs:SourceIp is unknown
 * @param secureTransport whether the request came over TLS; absent: as the scheme of an absolute {@code url} says, and unknown beside a target
 * @param form the form of a POST upload
 * @param body what the body says where it says what the request is about: the keys of a DeleteMultipleObjects, the process of a ProcessObject
 * @param context what conditions may ask and the request does not tell
 * @param at the moment to judge at instead of now: it moves date, expiry and acs:CurrentTime, never the state of a key
 * @param explain asks for what the signature goes over and for the cause of a refusal, beside what the client says it signed; absent: the trace and, for a signature that did not hold, what was to be signed come unasked
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
        Optional<Instant> at,
        Optional<Explained.ClientForm> explain) {}
