package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.PercentEncoding;
import io.countersign.registry.AclWriter;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AuthFunctionPropertiesTest {
    private static final SampleRegistry REGISTRY = new SampleRegistry();

    private static AuthFunction face(AuthSettings.KeyRule keys) {
        return new AuthFunction(
                REGISTRY.reader(),
                new AclWriter(REGISTRY.store),
                new UrlUses(REGISTRY.store),
                SessionOpener.NONE,
                new SigningKeys(16),
                new AuthSettings(
                        HeaderFamily.NGINX,
                        keys,
                        TrustedProxies.of(List.of("127.0.0.1")),
                        VpcRule.FROM_HEADER,
                        BaseDomains.DEFAULT),
                Seeds.secure(),
                () -> 0);
    }

    private static final AuthFunction FILES = face(AuthSettings.KeyRule.FILE);
    private static final AuthFunction OBJECTS = face(AuthSettings.KeyRule.OBJECT);
    private static final AuthFunction URIS = face(AuthSettings.KeyRule.URI);

    /** No secret is known here, so an allowed request is anonymous and in a bucket whose ACL or policy is public. */
    @Property
    void garbageIsAnsweredAndPassesOnlyWhereAnybodyMay(
            @ForAll("headers") List<Header> garbage, @ForAll("members") List<Header> members, @ForAll String peer) {
        List<Header> all = new ArrayList<>(members);
        all.addAll(garbage);
        Reply reply = FILES.handle(
                new Call("GET", "/auth", Optional.empty(), all, Bytes.EMPTY, peer, false), SampleRegistry.NOW);
        assertThat(reply.status()).isIn(200, 403);
        if (reply.status() == 200) {
            assertThat(reply.header("X-Countersign-Principal")).contains("Anonymous");
            assertThat(all).noneMatch(header -> header.isNamed("Authorization"));
            boolean open = reply.header("X-Countersign-Resource").orElseThrow().contains("able-bucket%2F")
                    || reply.header("Access-Control-Allow-Origin").isPresent();
            assertThat(open).isTrue();
        }
    }

    @Property
    void aSignatureIsGoodForItsOwnKeyOnly(
            @ForAll SignatureVersion version, @ForAll("keys") String signed, @ForAll("keys") String sent) {
        Assume.that(!signed.equals(sent));
        Assume.that(version != SignatureVersion.V1 || signed.indexOf('?') < 0);
        ProxyCall call = ProxyCall.nginx(
                ClientRequest.get(SampleRegistry.PRIVATE, signed).signed(version, SampleRegistry.ROOT));
        assertThat(status(OBJECTS, call)).isEqualTo(200);
        ProxyCall other =
                call.replacing("X-Original-URI", "/" + SampleRegistry.PRIVATE + "/" + PercentEncoding.encodePath(sent));
        assertThat(status(OBJECTS, other)).isEqualTo(403);
    }

    @Property
    void anotherSecretNeverPasses(@ForAll SignatureVersion version, @ForAll("secrets") String secret) {
        AccessKey forged = new AccessKey(SampleRegistry.ROOT.id(), Secret.of(secret));
        ProxyCall call =
                ProxyCall.nginx(ClientRequest.get(SampleRegistry.READABLE, "a").signed(version, forged));
        assertThat(status(FILES, call)).isEqualTo(403);
    }

    /** A file server's reading of the path is the path that was authorized. */
    @Property
    void aFileThatPassesIsTheFileThatWasJudged(@ForAll("keys") String key) {
        ProxyCall call = ProxyCall.nginx(
                ClientRequest.get(SampleRegistry.PRIVATE, key).signed(SignatureVersion.V4, SampleRegistry.ROOT));
        String folded = java.nio.file.Path.of("/root/" + key.replace('\\', '/'))
                .normalize()
                .toString();
        boolean same = folded.equals("/root/" + key);
        assertThat(status(FILES, call) == 200 && !same).isFalse();
    }

    /** For any spelling of a path, no file server folds the reported file, and its name is the key that OSS reads. */
    @Property
    void theFileThatIsToldIsThePathDecodedOnce(@ForAll("paths") String path) {
        Reply reply = FILES.handle(anonymous(path).call(), SampleRegistry.NOW);
        if (reply.status() == 200) {
            String read = URLDecoder.decode(path, StandardCharsets.UTF_8);
            assertThat(reply.header("X-Countersign-Resource"))
                    .contains(PercentEncoding.encode("acs:oss:*:1000000000000001:readable-bucket/" + read));
            assertThat(java.nio.file.Path.of("/root/" + read).normalize()).hasToString("/root/" + read);
        }
    }

    /** An allowed URL names the same file for a reader that keeps a plus, one that reads it as a space, and one that normalises. */
    @Property
    void passesOnlyPathsThatEveryReaderReadsAlike(@ForAll("paths") String path) {
        ProxyCall call = anonymous(path);
        if (status(URIS, call) == 200) {
            assertThat(status(FILES, call)).isEqualTo(200);
            String read = URLDecoder.decode(path, StandardCharsets.UTF_8);
            assertThat(URI.create("/" + path).normalize().getPath()).isEqualTo("/" + read);
            assertThat(PercentEncoding.encodePath(read)).isEqualTo(path);
        }
    }

    private static ProxyCall anonymous(String path) {
        return ProxyCall.nginx(ClientRequest.get(SampleRegistry.READABLE, "a").anonymous())
                .replacing("X-Original-URI", "/" + SampleRegistry.READABLE + "/" + path);
    }

    private static int status(AuthFunction face, ProxyCall call) {
        return face.handle(call.call(), SampleRegistry.NOW).status();
    }

    @Provide
    Arbitrary<List<Header>> members() {
        return Combinators.combine(
                        either("GET", "PUT", "HEAD", "POST", "DELETE", "OPTIONS", "get"),
                        either(
                                "/readable-bucket/a",
                                "/writable-bucket/a?append&position=0",
                                "/private-bucket/a?Signature=c2ln&OSSAccessKeyId=LTAI5tRoot&Expires=1800000000",
                                "/readable-bucket/../private-bucket/a",
                                "/",
                                "http://localhost/readable-bucket/a"),
                        either(
                                "localhost",
                                "readable-bucket.oss-cn-hangzhou.aliyuncs.com",
                                "img.example.com",
                                "127.0.0.1"))
                .as((method, uri, host) -> List.of(
                        new Header("X-Original-Method", method),
                        new Header("X-Original-URI", uri),
                        new Header("X-Original-Host", host)));
    }

    private static Arbitrary<String> either(String... known) {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.of(known)),
                net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(12)));
    }

    @Provide
    Arbitrary<List<Header>> headers() {
        Arbitrary<String> names = either(
                "Authorization",
                "Date",
                "x-oss-date",
                "Content-Type",
                "X-Original-URI",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "x-oss-copy-source",
                "x-oss-object-acl",
                "x-oss-security-token",
                "Origin",
                "Access-Control-Request-Method",
                "Host");
        Arbitrary<String> values = either(
                "OSS LTAI5tRoot:c2ln",
                "OSS4-HMAC-SHA256 Credential=LTAI5tRoot/20261122/cn-hangzhou/oss/aliyun_v4_request,Signature=00",
                "Sun, 22 Nov 2026 03:00:00 GMT",
                "203.0.113.7, 127.0.0.1",
                "https://app.example.com",
                "PUT",
                "/others-bucket/a",
                "\u00e4\u00b8\u00ad",
                "multipart/form-data; boundary=x");
        return Combinators.combine(names, values).as(Header::new).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("ab/.+%#?& ~\\é中")
                        .ofMinLength(1)
                        .ofMaxLength(10),
                Arbitraries.of("a//b", "../a", "a%2Fb", "a/./b", "a/..", "..", "a/"));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "~",
                        "%7E",
                        "/",
                        "%2F",
                        "%2f",
                        "+",
                        "%2B",
                        "%20",
                        ".",
                        "..",
                        "%2e",
                        "%5C",
                        "%25",
                        "%252F",
                        "%252e",
                        "%00",
                        "%E4%B8%AD",
                        "%e4%b8%ad")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(30);
    }
}
