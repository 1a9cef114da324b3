package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VerifyFunctionPropertiesTest {
    private static final SampleRegistry REGISTRY = new SampleRegistry();
    private static final VerifyFunction FUNCTION = new VerifyFunction(
            REGISTRY.reader(),
            new UrlUses(REGISTRY.store),
            SessionOpener.NONE,
            new SigningKeys(16),
            VerifySettings.DEFAULT);

    private static Reply post(String body) {
        return FUNCTION.handle(
                new Call(
                        "POST",
                        "/verify",
                        Optional.empty(),
                        List.of(new Header("Content-Type", "application/json")),
                        Bytes.utf8(body),
                        "127.0.0.1",
                        false),
                SampleRegistry.NOW);
    }

    private static boolean allowed(Reply reply) {
        return reply.body().utf8().startsWith("{\"allowed\":true");
    }

    @Property
    void anyTextIsAnswered(@ForAll String body) {
        assertThat(post(body).status()).isEqualTo(400);
    }

    @Property
    void anyMembersAreAnswered(
            @ForAll("methods") String method,
            @ForAll("urls") String url,
            @ForAll("headers") Map<String, String> headers,
            @ForAll("fields") Map<String, String> fields,
            @ForAll boolean form) {
        String body = JsonText.object(json -> {
            json.put("method", method).put("url", url);
            json.object("headers", lines -> headers.forEach(lines::put));
            if (form) {
                json.object(
                        "form",
                        member -> member.array(
                                "fields",
                                array -> fields.forEach((name, value) -> array.array(pair -> {
                                    pair.add(name);
                                    pair.add(value);
                                }))));
            }
        });
        Reply reply = post(body);
        assertThat(reply.status()).isIn(200, 400);
        boolean presents = headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("authorization"))
                || url.contains("Signature=")
                || url.contains("x-oss-signature");
        if (allowed(reply) && !method.equals("OPTIONS")) {
            assertThat(reply.body().utf8()).contains("\"principal\":{\"type\":\"Anonymous\"}");
            assertThat(presents && !form).isFalse();
        }
    }

    @Property
    void aSignatureIsGoodForItsOwnKeyOnly(
            @ForAll SignatureVersion version, @ForAll("keys") String signed, @ForAll("keys") String sent) {
        Assume.that(!signed.equals(sent));
        Assume.that(version != SignatureVersion.V1 || signed.indexOf('?') < 0);
        VerifyRequest request =
                ClientRequest.get(SampleRegistry.PRIVATE, signed).signed(version, SampleRegistry.ROOT);
        assertThat(allowed(post(VerifyFunctionTest.json(request)))).isTrue();
        VerifyRequest moved = VerifyRequests.url(
                request, "http://localhost/" + SampleRegistry.PRIVATE + "/" + PercentEncoding.encodePath(sent));
        assertThat(allowed(post(VerifyFunctionTest.json(moved)))).isFalse();
    }

    @Property
    void aSignatureIsGoodForItsOwnVerbOnly(
            @ForAll SignatureVersion version, @ForAll HttpMethod signed, @ForAll HttpMethod sent) {
        Assume.that(signed != sent && sent != HttpMethod.OPTIONS);
        VerifyRequest request =
                ClientRequest.of(signed, SampleRegistry.WRITABLE, "a").signed(version, SampleRegistry.ROOT);
        assertThat(allowed(post(VerifyFunctionTest.json(VerifyRequests.method(request, sent.name())))))
                .isFalse();
    }

    @Property
    void anotherSecretNeverPasses(
            @ForAll SignatureVersion version, @ForAll("secrets") String secret, @ForAll("keys") String key) {
        Assume.that(version != SignatureVersion.V1 || key.indexOf('?') < 0);
        AccessKey forged = new AccessKey(SampleRegistry.ROOT.id(), Secret.of(secret));
        VerifyRequest request = ClientRequest.get(SampleRegistry.READABLE, key).signed(version, forged);
        assertThat(allowed(post(VerifyFunctionTest.json(request)))).isFalse();
    }

    @Property
    void aHeaderThatIsSignedCannotBeChangedOrAdded(@ForAll SignatureVersion version, @ForAll("secrets") String value) {
        VerifyRequest request = ClientRequest.put(SampleRegistry.PRIVATE, "a").signed(version, SampleRegistry.ROOT);
        Headers more = request.headers().and("x-oss-meta-a", value);
        assertThat(allowed(post(VerifyFunctionTest.json(VerifyRequests.headers(request, more)))))
                .isFalse();
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.oneOf(
                Arbitraries.of("GET", "PUT", "POST", "HEAD", "DELETE", "OPTIONS"),
                Arbitraries.strings().ofMaxLength(8));
    }

    @Provide
    Arbitrary<String> urls() {
        Arbitrary<String> bases = Arbitraries.of(
                "http://localhost/readable-bucket/a",
                "http://localhost/writable-bucket",
                "https://writable-bucket.oss-cn-hangzhou.aliyuncs.com/",
                "http://img.example.com/",
                "/",
                "");
        Arbitrary<String> queries = Arbitraries.of(
                        "acl",
                        "uploads",
                        "prefix=a",
                        "delete",
                        "Expires=1800000000",
                        "Expires=99999999999999999999",
                        "Signature=c2ln",
                        "OSSAccessKeyId=LTAI5tRoot",
                        "x-oss-signature-version=OSS4-HMAC-SHA256",
                        "x-oss-credential=LTAI5tRoot/20261122/cn-hangzhou/oss/aliyun_v4_request",
                        "x-oss-date=20261122T030000Z",
                        "x-oss-expires=600",
                        "x-oss-signature=00",
                        "x-oss-process=sys/saveas,o_",
                        "versionId=v")
                .list()
                .ofMaxSize(6)
                .map(list -> String.join("&", list));
        Arbitrary<String> shaped = net.jqwik.api.Combinators.combine(
                        bases, Arbitraries.strings().ofMaxLength(6), queries)
                .as((base, tail, query) -> base + tail + (query.isEmpty() ? "" : "?" + query));
        return Arbitraries.oneOf(shaped, Arbitraries.strings());
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        Arbitrary<String> names = Arbitraries.of(
                "Host",
                "Authorization",
                "Date",
                "x-oss-date",
                "Content-Type",
                "x-oss-object-acl",
                "x-oss-copy-source",
                "x-oss-tagging",
                "x-oss-security-token",
                "Origin",
                "x-oss-meta-a");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "localhost",
                        "multipart/form-data; boundary=x",
                        "OSS LTAI5tRoot:c2ln",
                        "OSS2 AccessKeyId:LTAI5tRoot,Signature:c2ln",
                        "OSS4-HMAC-SHA256 Credential=LTAI5tRoot/20261122/cn-hangzhou/oss/aliyun_v4_request,Signature=00",
                        "Sun, 22 Nov 2026 03:00:00 GMT",
                        "20261122T030000Z",
                        "private",
                        "/others-bucket/a",
                        "a=b&c=%"),
                Arbitraries.strings().ofMaxLength(12));
        return Arbitraries.maps(names, values).ofMaxSize(5);
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> names = Arbitraries.of(
                "key", "policy", "Signature", "OSSAccessKeyId", "x-oss-credential", "x-oss-date", "x-oss-object-acl");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of("a", "e30=", "LTAI5tRoot", "20261122T030000Z", "default"),
                Arbitraries.strings().ofMaxLength(8));
        return Arbitraries.maps(names, values).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                        Arbitraries.strings()
                                .withChars("ab/.+%#?& ~é中")
                                .ofMinLength(1)
                                .ofMaxLength(10),
                        Arbitraries.of("a//b", "../a", "a%2Fb", "a b", "a+b"))
                .filter(key -> !key.startsWith("?"));
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(30);
    }
}
