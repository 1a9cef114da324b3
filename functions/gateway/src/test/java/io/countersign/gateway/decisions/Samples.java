package io.countersign.gateway.decisions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decisions, and logs of them. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-29T03:00:00.500Z");

    private Samples() {}

    /** A refusal that is told apart by its request id. */
    static LoggedDecision refusal(int number) {
        return refusal("R" + number, "acs:oss:*:1234567890123456:photos/k" + number);
    }

    static LoggedDecision refusal(String requestId, String resource) {
        return new LoggedDecision(
                NOW,
                requestId,
                "/verify",
                "refused",
                Optional.of("acs:ram::1234567890123456:user/app"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("LTAI5tExampleKey"),
                Optional.of("V4"),
                UserAgentFamily.CURL,
                Optional.of("oss:GetObject"),
                Optional.of(resource),
                Optional.of("203.0.113.7"),
                Optional.of("AccessDenied"),
                Optional.of("0003-00000001"),
                Optional.of("bucket-acl private"),
                123);
    }

    /** A decision of which hardly anything is known. */
    static LoggedDecision bare(String requestId) {
        return new LoggedDecision(
                NOW,
                requestId,
                "/auth",
                "failed",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                UserAgentFamily.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** The lines of a log, each with its end. */
    static List<byte[]> lines(int count) {
        LineBatch batch = new LineBatch();
        batch.begin(ChainPosition.START);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(LogEntry.Decided.of(refusal(i)));
            lines.add(java.util.Arrays.copyOfRange(batch.bytes(), batch.end(i), batch.end(i + 1)));
        }
        return lines;
    }

    /** The hash of a line with its end. */
    static String hash(byte[] line) {
        return new LineHash().of(line, 0, line.length - 1);
    }

    static byte[] joined(List<byte[]> lines) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        lines.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Checks files, given by their contents. */
    static ChainCheck.Result check(Optional<String> after, Optional<String> last, byte[]... files) {
        List<LogSource> sources = new ArrayList<>();
        for (byte[] file : files) {
            sources.add(new LogSource("file" + sources.size(), new ByteArrayInputStream(file), false));
        }
        try {
            return ChainCheck.check(sources, after, last);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Checks a text that must be the lines of one whole log. */
    static ChainCheck.Result check(String text) {
        return check(Optional.empty(), Optional.empty(), text.getBytes(StandardCharsets.UTF_8));
    }
}
