package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest extends AbstractAuthTest {
    private final AuthFunction objects = function(settings(HeaderFamily.NGINX, AuthSettings.KeyRule.OBJECT));

    private static ProxyCall signed(ClientRequest asked) {
        return ProxyCall.nginx(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT));
    }

    private static ProxyCall raw(String uri) {
        return ProxyCall.nginx(ClientRequest.get(SampleRegistry.READABLE, "a").anonymous())
                .replacing("X-Original-URI", uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../others-bucket/a",
                "a/../b",
                "a/..",
                "./a",
                "a/./b",
                "/a",
                "a//b",
                "a/",
                "//",
                "a\\b",
                "..\\a",
                "a%2Fb",
                "a%2fb",
                "%5C",
                "%5c..",
                "a%00",
                "%2e%2E/a"
            })
    void keysThatFileServersFoldAreObjectsOnly(String key) {
        for (HttpMethod method :
                new HttpMethod[] {HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.HEAD}) {
            ProxyCall call = signed(ClientRequest.of(method, SampleRegistry.PRIVATE, key));
            assertRefused(call, 400, "InvalidObjectName");
            assertAllowed(objects, call);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/readable-bucket/%2e%2e/a",
                "/readable-bucket/..%2Fprivate-bucket%2Fa",
                "/readable-bucket%2F..%2Fa",
                "/readable-bucket%2F%2Fa",
                "/readable-bucket/a%2F",
                "/readable-bucket/a%2f%2Fb",
                "/readable-bucket/%2Fa",
                "/readable-bucket/a%252Fb",
                "/readable-bucket/a%255Cb",
                "/readable-bucket/.%2Fa",
                "/readable-bucket/%2E",
                "/readable-bucket/a%5Cb",
                "/readable-bucket/a%5c",
                "/readable-bucket/..?x=y",
                "/readable-bucket/a/.%2e/b"
            })
    void escapesDoNotHideThem(String uri) {
        assertRefused(raw(uri), 400, "InvalidObjectName");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/readable-bucket/a\\b",
                "/readable-bucket/a%00",
                "/readable-bucket/a%0",
                "/../readable-bucket/a",
                "//readable-bucket/a",
                "/%2Freadable-bucket/a",
                "/%2e%2e/readable-bucket/a"
            })
    void refusesAnInvalidKeyOrBucket(String uri) {
        for (AuthFunction face : new AuthFunction[] {function, objects}) {
            assertThat(ask(face, raw(uri)).status()).isEqualTo(403);
        }
    }

    /** As oss2, Go v1, ossutil, Ruby and C write slashes, and Ruby spaces. */
    @ParameterizedTest
    @CsvSource({
        "/readable-bucket/a%2Fb,a/b",
        "/readable-bucket/a%2fb%2Fc,a/b/c",
        "/readable-bucket%2Fa%2Fb,a/b",
        "/readable-bucket/a+b,a b",
        "/readable-bucket/a%2Bb,a+b",
        "/readable-bucket/a%2F+%2B,a/ +"
    })
    void theKeyIsJudgedDecodedAndToldAsItWasJudged(String uri, String key) {
        for (AuthFunction face : new AuthFunction[] {function, objects}) {
            assertThat(assertAllowed(face, raw(uri)).header("X-Countersign-Resource"))
                    .contains(PercentEncoding.encode("acs:oss:*:1000000000000001:readable-bucket/" + key));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", "a..b", "..a/b..", ".hidden", "a%b", "a b+c", "é/中"})
    void otherKeysPass(String key) {
        assertAllowed(signed(ClientRequest.get(SampleRegistry.PRIVATE, key)));
    }

    @Test
    void bucketsAndTheServiceHaveNoKeys() {
        assertAllowed(signed(ClientRequest.get("", "")));
        assertAllowed(signed(ClientRequest.get(SampleRegistry.PRIVATE, "")));
        assertAllowed(signed(ClientRequest.get(SampleRegistry.PRIVATE, "").query("prefix=../a%2F&delimiter=/")));
    }

    @Test
    void keysInHeadersAreKeysToo() {
        ClientRequest copy = ClientRequest.put(SampleRegistry.PRIVATE, "a");
        assertAllowed(signed(copy.header("x-oss-copy-source", "/private-bucket/b")));
        assertRefused(signed(copy.header("x-oss-copy-source", "/private-bucket/../b")), 400, "InvalidObjectName");
        assertRefused(
                signed(copy.query("symlink").header("x-oss-symlink-target", "a%2F..%2Fb")), 400, "InvalidObjectName");
    }

    @Test
    void keysInTheBodyCannotBeJudged() {
        ProxyCall call = signed(
                ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "").query("delete"));
        assertRefused(call, 405, "MethodNotAllowed");
        assertRefused(objects, call, 405, "MethodNotAllowed");
    }

    @Test
    void aProcessInTheBodyCannotBeJudgedEither() {
        for (String parameter : List.of("x-oss-process", "x-oss-async-process=")) {
            ProxyCall call = signed(ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "a")
                    .query(parameter));
            assertRefused(call, 405, "MethodNotAllowed");
            assertRefused(objects, call, 405, "MethodNotAllowed");
        }
    }

    @Test
    void checksTheTargetOfAProcess() {
        // b, ../b, and dir/../{index}
        assertAllowed(saving("Yg"));
        assertRefused(saving("Li4vYg"), 400, "InvalidObjectName");
        assertRefused(saving("ZGlyLy4uL3tpbmRleH0"), 400, "InvalidObjectName");
        // dir/{index}: the names are unknown, and so are the ACLs to remove
        assertRefused(saving("ZGlyL3tpbmRleH0"), 405, "MethodNotAllowed");
    }

    private static ProxyCall saving(String key) {
        return signed(ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "a")
                .query("x-oss-process=image/info%7Csys/saveas,o_" + key));
    }
}
