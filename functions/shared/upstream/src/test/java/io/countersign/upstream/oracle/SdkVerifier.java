package io.countersign.upstream.oracle;

import io.countersign.oss.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a request as a store that trusts one key: alibabacloud-oss-v2 signs anew what arrived, and the Authorization must
 * be the same text. It also insists on what Countersign promises: nothing unsigned arrives but what HTTP needs.
 */
public record SdkVerifier(String region, String accessKeyId, String secret) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "OSS4-HMAC-SHA256 Credential=([^,]+)(?:,AdditionalHeaders=([a-z0-9;._-]+))?,Signature=([0-9a-f]{64})");

    private static final Set<String> OF_HTTP = Set.of("connection", "content-length", "transfer-encoding", "expect");
    private static final Duration SKEW = Duration.ofMinutes(15);

    /**
     * Returns what is wrong; empty for a request that the key signed.
     *
     * @param target of the request line, as it arrived
     * @param key as the store decoded it; empty for a bucket
     */
    public Optional<String> objection(
            String method, String target, Headers headers, String bucket, Optional<String> key, Instant now) {
        Matcher authorization =
                AUTHORIZATION.matcher(headers.first("authorization").orElse(""));
        if (!authorization.matches()) {
            return Optional.of(
                    "not signed by OSS4: " + headers.first("authorization").orElse("(nothing)"));
        }
        List<String> additional = authorization.group(2) == null
                ? List.of()
                : List.of(authorization.group(2).split(";"));
        for (Headers.HeaderField field : headers.fields()) {
            if (headers.isRepeated(field.name())) {
                return Optional.of("twice: " + field.name());
            }
            if (!isSigned(field.name(), additional)) {
                return Optional.of("unsigned: " + field.name());
            }
        }
        if (!headers.first("x-oss-content-sha256").equals(Optional.of("UNSIGNED-PAYLOAD"))) {
            return Optional.of("another payload");
        }
        Instant date;
        try {
            date = Instant.from(DATE.parse(headers.first("x-oss-date").orElse("")));
        } catch (java.time.DateTimeException e) {
            return Optional.of("no date");
        }
        if (Duration.between(date, now).abs().compareTo(SKEW) > 0) {
            return Optional.of("an old signature");
        }
        String expected = signed(method, target, headers, additional, bucket, key, date);
        return expected.equals(headers.first("authorization").orElse(""))
                ? Optional.empty()
                : Optional.of("SignatureDoesNotMatch: " + expected);
    }

    private static boolean isSigned(String name, List<String> additional) {
        return name.equals("authorization")
                || OF_HTTP.contains(name)
                || name.startsWith("x-oss-")
                || name.equals("content-type")
                || name.equals("content-md5")
                || additional.contains(name);
    }

    private String signed(
            String method,
            String target,
            Headers headers,
            List<String> additional,
            String bucket,
            Optional<String> key,
            Instant date) {
        Headers signed = new Headers(headers.fields().stream()
                .filter(field -> !field.name().equals("authorization") && !OF_HTTP.contains(field.name()))
                .toList());
        return new SdkSigner(region, accessKeyId, secret)
                .authorization(method, target, signed, additional, bucket, key, date);
    }
}
