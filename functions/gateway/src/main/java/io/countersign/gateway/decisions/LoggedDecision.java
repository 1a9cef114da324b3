package io.countersign.gateway.decisions;

import java.time.Instant;
import java.util.Optional;

/**
 * One decision, as the log tells it. Long texts are cut, so that a queue of decisions has a bounded size: {@code resource} to {@value #MAX_RESOURCE} characters, every other text to {@value #MAX_TEXT}. Every key that OSS accepts (1,023 bytes)
 * is kept whole.
 *
 * @param requestId the id that the answer shows its caller
 * @param face the path of the endpoint
 * @param outcome {@code allowed}, {@code refused}, or {@code failed} where there was no decision
 * @param resource without a query
 * @param decidedBy the statement, the ACL, or {@code owner}
 * @param micros the time that the answer needed
 */
public record LoggedDecision(
        Instant at,
        String requestId,
        String face,
        String outcome,
        Optional<String> principal,
        Optional<String> subject,
        Optional<String> sessionId,
        Optional<String> accessKeyId,
        Optional<String> signatureVersion,
        UserAgentFamily userAgentFamily,
        Optional<String> action,
        Optional<String> resource,
        Optional<String> sourceIp,
        Optional<String> code,
        Optional<String> ec,
        Optional<String> decidedBy,
        long micros) {
    static final int MAX_RESOURCE = 1_200;
    static final int MAX_TEXT = 512;

    public LoggedDecision {
        requestId = BoundedText.of(requestId, MAX_TEXT);
        principal = BoundedText.of(principal, MAX_TEXT);
        subject = BoundedText.of(subject, MAX_TEXT);
        sessionId = BoundedText.of(sessionId, MAX_TEXT);
        accessKeyId = BoundedText.of(accessKeyId, MAX_TEXT);
        signatureVersion = BoundedText.of(signatureVersion, MAX_TEXT);
        action = BoundedText.of(action, MAX_TEXT);
        resource = BoundedText.of(resource, MAX_RESOURCE);
        sourceIp = BoundedText.of(sourceIp, MAX_TEXT);
        code = BoundedText.of(code, MAX_TEXT);
        ec = BoundedText.of(ec, MAX_TEXT);
        decidedBy = BoundedText.of(decidedBy, MAX_TEXT);
    }
}
