package io.countersign.verify.forwardauth;

import io.countersign.http.Reply;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code keys: uri}: for proxies that pass the client's URL on. */
class UriKeysTest extends AbstractAuthTest {
    private final AuthFunction uris = function(settings(HeaderFamily.NGINX, AuthSettings.KeyRule.URI));

    private static ProxyCall signed(ClientRequest asked) {
        return ProxyCall.nginx(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT));
    }

    private static ProxyCall raw(String uri) {
        return ProxyCall.nginx(ClientRequest.get(SampleRegistry.READABLE, "a").anonymous())
                .replacing("X-Original-URI", uri);
    }

    private Reply refused(ProxyCall call) {
        return assertRefused(uris, call, 400, "InvalidObjectName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a b", "a+b", "a b+c", "100%", "é/中 (1)*'!~", "a%b", "a?b", "a&b=c;d"})
    void acceptsKeysWrittenByOurSigners(String key) {
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE}) {
            assertAllowed(uris, signed(ClientRequest.of(method, SampleRegistry.PRIVATE, key)));
        }
    }

    /** Two readers of such a path may come to two keys, or one of them to none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/readable-bucket/a+b",
                "/readable-bucket/a%2Fb",
                "/readable-bucket/a%2fb",
                "/readable-bucket%2Fa",
                "/readable-bucket/%61",
                "/%72eadable-bucket/a",
                "/readable-bucket/a%2bb",
                "/readable-bucket/a(1)",
                "/readable-bucket/a:b",
                "/readable-bucket/%7Ea",
                "/readable-bucket/%e4%b8%ad",
                "/readable-bucket/中",
                "/readable-bucket/a+b?response-content-type=a",
                "//",
                "///?prefix=a"
            })
    void anotherSpellingOfThePathIsRefused(String uri) {
        refused(raw(uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../b", "a//b", "a/", "a\\b", "a%2Fb", "%5C"})
    void refusesKeysThatFileServersNormalise(String key) {
        refused(signed(ClientRequest.get(SampleRegistry.PRIVATE, key)));
    }

    @Test
    void bucketsAndTheServiceHaveTheirOwnPaths() {
        assertAllowed(uris, signed(ClientRequest.get("", "")));
        assertAllowed(uris, signed(ClientRequest.get(SampleRegistry.PRIVATE, "")));
        assertAllowed(uris, signed(ClientRequest.get(SampleRegistry.PRIVATE, "").query("prefix=a+b%2F&delimiter=/")));
    }

    @Test
    void headersThatAreReadAsUrlsAreCheckedAlike() {
        ClientRequest copy = ClientRequest.put(SampleRegistry.PRIVATE, "a");
        assertAllowed(uris, signed(copy.header("x-oss-copy-source", "/private-bucket/b%20c%2Bd")));
        assertAllowed(uris, signed(copy.header("x-oss-copy-source", "/private-bucket/b?versionId=CAE%2B")));
        refused(signed(copy.header("x-oss-copy-source", "/private-bucket/b+c")));
        refused(signed(copy.header("x-oss-copy-source", "/private-bucket/b%2Fc")));
        ClientRequest link = copy.query("symlink");
        assertAllowed(uris, signed(link.header("x-oss-symlink-target", "b/c%20d")));
        refused(signed(link.header("x-oss-symlink-target", "b+c")));
        refused(signed(link.header("x-oss-symlink-target", "b%2Fc")));
    }
}
