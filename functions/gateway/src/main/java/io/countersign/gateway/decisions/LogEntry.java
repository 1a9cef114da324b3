package io.countersign.gateway.decisions;

import io.countersign.http.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What one line of the log tells. */
sealed interface LogEntry {
    /**
     * A decision whose members, from {@code at} to {@code micros}, are written already. Whoever decided has its texts at hand; the thread of the log would fetch each from another core's cache.
     *
     * @param members as {@link DecisionFormat} writes them
     */
    record Decided(Bytes members) implements LogEntry {
        static Decided of(LoggedDecision decision) {
            return new Decided(DecisionFormat.members(decision));
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
            accessKeyId = BoundedText.of(accessKeyId, LoggedDecision.MAX_TEXT);
            principal = BoundedText.of(principal, LoggedDecision.MAX_TEXT);
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
