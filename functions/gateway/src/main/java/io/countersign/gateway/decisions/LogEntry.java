package io.countersign.gateway.decisions;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What one line of the log tells. */
public sealed interface LogEntry {
    /** The time of the decision, or the time at which a note was written. */
    Instant at();

    /**
     * One decision. Long texts are cut, so that a queue of decisions has a bounded size: {@code resource} to {@value #MAX_RESOURCE} characters, every other text to {@value #MAX_TEXT}. Every key that OSS accepts (1,023 bytes)
     * is kept whole.
     *
     * @param requestId the id that the answer shows its caller
     * @param face the path of the endpoint
     * @param outcome {@code allowed}, {@code refused}, or {@code failed} where there was no decision
     * @param resource without a query
     * @param decidedBy the statement, the ACL, or {@code owner}
     * @param micros the time that the answer needed
     */
    record Decided(
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
            long micros)
            implements LogEntry {
        static final int MAX_RESOURCE = 1_200;
        static final int MAX_TEXT = 512;

        public Decided {
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

    /**
     * Decisions that were not written, because the queue was full or the disk refused them.
     *
     * @param count at least 1
     */
    record Lost(Instant at, long count) implements LogEntry {}

    /**
     * The allowed requests of one access key since the last such line.
     *
     * @param accessKeyId {@code STS.*} for the sessions of a role; empty for all keys past the bound
     * @param principal the ARN of the key's owner, or of the role
     * @param first the time of the first of these requests
     * @param counts the requests by signature version and then by family of clients
     */
    record Usage(
            Instant at,
            Optional<String> accessKeyId,
            Optional<String> principal,
            Instant first,
            Instant last,
            Map<String, Map<String, Long>> counts)
            implements LogEntry {
        public Usage {
            accessKeyId = BoundedText.of(accessKeyId, Decided.MAX_TEXT);
            principal = BoundedText.of(principal, Decided.MAX_TEXT);
            counts = Map.copyOf(counts);
        }
    }

    /**
     * The process before this one was killed while it wrote a line.
     *
     * @param text what there was of the line
     */
    record Torn(Instant at, String text) implements LogEntry {
        static final int MAX_TEXT = 16 * 1024;

        public Torn {
            text = BoundedText.of(text, MAX_TEXT);
        }
    }
}
