package io.countersign.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.upstream.oracle.SdkVerifier;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds what arrived at a store against what the port promises of every request. */
final class Arrivals {
    /** In whatever nobody may send on. */
    static final String MARK = "smuggled";

    private static final SdkVerifier VERIFIER =
            new SdkVerifier("cn-hangzhou", StoreFixture.SIGNER, "signer-secret-0123456789abcdef");

    private Arrivals() {}

    static void assertNone(ScriptedStore store) {
        assertThat(store.received).as("what arrived at the store").isEmpty();
    }

    /** Every request is signed by our key alone, for a bucket of ours, and has nothing of the client's that is marked. */
    static void assertSound(ScriptedStore store) {
        assertThat(store.received).allSatisfy(got -> assertSound(store, got));
    }

    private static void assertSound(ScriptedStore store, ScriptedStore.Received got) {
        assertThat((got.target() + got.headers()).toLowerCase(Locale.ROOT)).doesNotContain(MARK);
        assertThat(got.headers().get("host")).isEqualTo(store.endpoint().substring("http://".length()));
        assertThat(got.headers().values()).noneMatch(value -> value.contains("\n"));
        assertThat(got.headers().keySet()).doesNotContain("cookie", "x-oss-security-token", "x-forwarded-for");
        String bucket = bucket(got);
        assertThat(bucket).startsWith(StoreFixture.PHYSICAL);
        if (bucket.contains("s3")) {
            assertThat(got.header("authorization")).startsWith("AWS4-HMAC-SHA256 Credential=AKIASTORE/");
            assertThat(got.headers().keySet()).noneMatch(name -> name.startsWith("x-oss-"));
        } else {
            assertThat(VERIFIER.objection(
                            got.method(), got.target(), headers(got.headers()), bucket, key(got), Instant.now()))
                    .isEmpty();
        }
    }

    /** The physical bucket of the path. */
    static String bucket(ScriptedStore.Received got) {
        String path = path(got);
        return path.substring(1, path.indexOf('/', 1));
    }

    /** Decoded as a store does; empty for the bucket itself. */
    static Optional<String> key(ScriptedStore.Received got) {
        String path = path(got);
        String encoded = path.substring(path.indexOf('/', 1) + 1);
        return encoded.isEmpty()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** The names of the parameters, decoded. */
    static List<String> parameters(ScriptedStore.Received got) {
        int query = got.target().indexOf('?');
        return query < 0
                ? List.of()
                : List.of(got.target().substring(query + 1).split("&")).stream()
                        .map(pair -> URLDecoder.decode(pair.replaceFirst("=.*", ""), StandardCharsets.UTF_8))
                        .toList();
    }

    private static String path(ScriptedStore.Received got) {
        return got.target().replaceFirst("\\?.*", "");
    }

    private static Headers headers(Map<String, String> values) {
        Headers headers = Headers.NONE;
        for (Map.Entry<String, String> header : values.entrySet()) {
            headers = headers.and(header.getKey(), header.getValue());
        }
        return headers;
    }
}
