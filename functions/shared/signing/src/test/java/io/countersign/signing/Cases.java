package io.countersign.signing;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Generated requests of every sort. */
public final class Cases {
    /** Parameters that every official client signs in V1. */
    private static final List<String> SUB_RESOURCES = List.of(
            "acl",
            "uploads",
            "uploadId",
            "partNumber",
            "append",
            "position",
            "tagging",
            "versionId",
            "symlink",
            "restore",
            "callback",
            "callback-var",
            "response-content-type",
            "response-content-disposition",
            "response-cache-control",
            "response-expires",
            "x-oss-process",
            "x-oss-traffic-limit");

    private static final List<String> ORDINARY =
            List.of("prefix", "marker", "max-keys", "delimiter", "unsigned", "Param", "param", "a/b", "参数", "+p", "|p");

    private static final String[] PIECES = {
        "a", "Z", "0", " ", "+", "%", "#", "?", "&", "=", "/", "//", "./", "../", "..", "中文", "é", "😀", "~", "!", "'",
                "(",
        ")", "*", "-", "_", ".", "%25", "%2F", ":", ";", ",", "@", "$", "|", "\"", "<", ">", "^", "`", "{", "}", "[",
                "]",
        "\\", "日本語", "ß", "\u00a0", "x-oss-process=a"
    };

    private Cases() {}

    /** Whether V1 leaves a parameter of that name unsigned. */
    public static boolean isOrdinary(String name) {
        return ORDINARY.contains(name);
    }

    /** One request; names of parameters and headers stand once each, as the SDKs' maps hold them. */
    public record Case(
            HttpMethod method,
            String bucket,
            Optional<String> key,
            List<QueryParameter> query,
            List<Tuple2<String, String>> headers,
            List<String> additional,
            Optional<String> token,
            String secret,
            Instant moment,
            int expires) {
        public Target target() {
            return key.map(name -> Target.object(bucket, name)).orElse(Target.bucket(bucket));
        }

        public AccessKey accessKey() {
            return new AccessKey(token.isPresent() ? "STS.NUgYrLnoC37mZZCNnAbez" : "LTAI5tKey0123", Secret.of(secret));
        }

        public Optional<SecurityToken> securityToken() {
            return token.map(SecurityToken::of);
        }

        public QueryParameters parameters() {
            return new QueryParameters(query);
        }

        public Headers headerLines() {
            Headers lines = Headers.NONE;
            for (Tuple2<String, String> header : headers) {
                lines = lines.and(header.get1(), header.get2());
            }
            return lines;
        }

        /** Whether a header that every version signs has no value: signers differ there. */
        public boolean hasEmptyOssHeader() {
            return headers.stream()
                    .anyMatch(header ->
                            header.get1().startsWith("x-oss-") && header.get2().isBlank());
        }

        public boolean hasEmptyAssigned() {
            return query.stream().anyMatch(p -> p.assigned() && p.value().isEmpty());
        }

        /** Whether V1 could take it for another request, so that Countersign does not sign it. */
        public boolean isAmbiguousInV1() {
            return key.orElse("").indexOf('?') >= 0
                    || query.stream()
                            .filter(p -> !ORDINARY.contains(p.name()))
                            .anyMatch(p ->
                                    p.value().indexOf('&') >= 0 || p.value().indexOf('?') >= 0);
        }

        public List<String> subResources() {
            return query.stream()
                    .map(QueryParameter::name)
                    .filter(SUB_RESOURCES::contains)
                    .toList();
        }

        /** Half of UTF-16 pairs: one official signer encodes each half by itself. */
        public boolean isInBasicPlane() {
            String all = key.orElse("") + query;
            return all.chars().noneMatch(c -> Character.isSurrogate((char) c));
        }
    }

    public static Arbitrary<Case> requests() {
        return Combinators.combine(
                        Arbitraries.of(HttpMethod.class),
                        Arbitraries.of("examplebucket", "b-1", "a0b"),
                        keys().optional(0.9),
                        parameters(),
                        headers(),
                        Arbitraries.of("CAISrAJ1q6Ft5B2yfSjIr5fkGN+/=", "tok%en")
                                .optional(0.4),
                        Arbitraries.of("sk", "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV", "秘密"),
                        Arbitraries.longs().between(1_500_000_000L, 4_000_000_000L))
                .flatAs((method, bucket, key, query, headers, token, secret, moment) -> Combinators.combine(
                                subset(headers), Arbitraries.integers().between(1, 604_800))
                        .as((additional, expires) -> new Case(
                                method,
                                bucket,
                                key,
                                query,
                                headers,
                                additional,
                                token,
                                secret,
                                Instant.ofEpochSecond(moment),
                                expires)));
    }

    private static Arbitrary<List<String>> subset(List<Tuple2<String, String>> headers) {
        List<String> names = headers.stream()
                .map(Tuple2::get1)
                .filter(name -> !name.startsWith("x-oss-") && !name.startsWith("content-"))
                .toList();
        return names.isEmpty()
                ? Arbitraries.just(List.of())
                : Arbitraries.of(names).set().ofMaxSize(names.size()).map(List::copyOf);
    }

    /** Keys up to 1,023 bytes that do not begin with a slash or backslash. */
    public static Arbitrary<String> keys() {
        Arbitrary<String> mixed = text(1, 24);
        Arbitrary<String> long_ = Arbitraries.of("k", "中", "😀", "%", "a/").map(piece -> piece.repeat(1023));
        return Arbitraries.frequencyOf(Tuple.of(9, mixed), Tuple.of(1, long_))
                .map(Cases::cut)
                .filter(key -> !key.isEmpty() && key.charAt(0) != '/' && key.charAt(0) != '\\');
    }

    private static String cut(String key) {
        String text = key;
        while (text.getBytes(StandardCharsets.UTF_8).length > 1023) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }

    public static Arbitrary<List<QueryParameter>> parameters() {
        Arbitrary<String> names = Arbitraries.oneOf(Arbitraries.of(SUB_RESOURCES), Arbitraries.of(ORDINARY));
        // One official signer trims what it signs but not what it sends: no white space at the ends.
        Arbitrary<String> values = text(0, 8).map(String::strip).map(String::trim);
        return Combinators.combine(names, values, Arbitraries.of(true, false))
                .as((name, value, assigned) ->
                        value.isEmpty() && !assigned ? QueryParameter.bare(name) : QueryParameter.of(name, value))
                .list()
                .uniqueElements(QueryParameter::name)
                .ofMaxSize(6);
    }

    public static Arbitrary<List<Tuple2<String, String>>> headers() {
        Arbitrary<String> names = Arbitraries.of(
                "content-type",
                "content-md5",
                "x-oss-meta-author",
                "x-oss-meta-a",
                "x-oss-meta-a-b",
                "x-oss-object-acl",
                "x-oss-forbid-overwrite",
                "cache-control",
                "content-disposition",
                "user-agent",
                "zabc");
        Arbitrary<String> values = Arbitraries.of(
                "value",
                "a b",
                "two  spaces",
                "text/plain; charset=utf-8",
                "",
                "名前",
                "a,b;c=d:e",
                "é\"'",
                "x+y%20z",
                "\tinner\ttab");
        return Combinators.combine(names, values)
                .as((name, value) -> Tuple.of(name, value.trim()))
                .list()
                .uniqueElements(Tuple2::get1)
                .ofMaxSize(6);
    }

    private static Arbitrary<String> text(int min, int max) {
        return Arbitraries.of(PIECES)
                .list()
                .ofMinSize(min)
                .ofMaxSize(max)
                .map(pieces -> pieces.stream().collect(Collectors.joining()));
    }
}
