package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.oss.EncodedText;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.policy.Principal;
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
import io.countersign.verify.decide.VerifyRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class AuthFunctionTest extends AbstractAuthTest {
    private static final String ROOT = "acs:ram::" + SampleRegistry.OWNER + ":root";

    private static ProxyCall signed(ClientRequest asked) {
        return ProxyCall.nginx(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT));
    }

    private static String decoded(Reply reply, String fact) throws Exception {
        return PercentEncoding.decodeEscapes(
                reply.header("X-Countersign-" + fact).orElseThrow(), EncodedText.URL);
    }

    @ParameterizedTest
    @EnumSource
    void aSignedRequestPassesAndTheProxyLearnsWhoseItIs(SignatureVersion version) throws Exception {
        ClientRequest asked = ClientRequest.get(SampleRegistry.PRIVATE, "team/é 中.txt");
        for (ProxyCall call : List.of(
                ProxyCall.nginx(asked.signed(version, SampleRegistry.USER)),
                ProxyCall.nginx(asked.presigned(version, SampleRegistry.USER, Duration.ofMinutes(5))))) {
            Reply reply = assertAllowed(call);
            assertThat(decoded(reply, "Principal")).isEqualTo("acs:ram::" + SampleRegistry.OWNER + ":user/app");
            assertThat(decoded(reply, "Subject")).isEmpty();
            assertThat(decoded(reply, "Action")).isEqualTo("oss:GetObject");
            assertThat(decoded(reply, "Resource"))
                    .isEqualTo("acs:oss:*:" + SampleRegistry.OWNER + ":private-bucket/team/é 中.txt");
            assertThat(reply.headers())
                    .allSatisfy(header -> assertThat(header.value()).matches("[ -~]*"));
        }
    }

    /** Java strips more at the ends of a text than HTTP does: the proxy would serve another file than was judged. */
    @ParameterizedTest
    @ValueSource(strings = {"\u3000", "\u2003", "\u2028"})
    void theEndOfThePathIsPartOfTheKey(String end) throws Exception {
        ProxyCall call =
                ProxyCall.nginx(ClientRequest.get(SampleRegistry.READABLE, "a").anonymous());
        String uri = call.headers().stream()
                .filter(header -> header.isNamed("X-Original-URI"))
                .findFirst()
                .orElseThrow()
                .value();
        Reply reply = assertAllowed(call.replacing("X-Original-URI", uri + end + " \t"));
        assertThat(decoded(reply, "Resource")).endsWith("/a" + end);
    }

    @Test
    void anAnonymousRequestThatPassesIsCalledSo() throws Exception {
        Reply reply = assertAllowed(
                ProxyCall.nginx(ClientRequest.get(SampleRegistry.READABLE, "a").anonymous()));
        assertThat(decoded(reply, "Principal")).isEqualTo("Anonymous");
        assertThat(decoded(reply, "Subject")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-expires=1", "security-token=t", "X-Amz-Signature=s", "AWSAccessKeyId=i&Signature=s"})
    void aSignatureThatIsNotWholeOrNotOssIsNoneHereEither(String query) {
        VerifyRequest request = ClientRequest.get(SampleRegistry.READABLE, "a").anonymous();
        assertAllowed(ProxyCall.nginx(request));
        Reply reply = ask(ProxyCall.nginx(
                ClientRequest.get(SampleRegistry.READABLE, "a").query(query).anonymous()));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("X-Countersign-Principal")).isEmpty();
    }

    @Test
    void aParameterThatABucketDoesNotTakeIsRefusedHereToo() {
        ClientRequest list = ClientRequest.get(SampleRegistry.READABLE, "");
        assertAllowed(ProxyCall.nginx(list.signed(SignatureVersion.V4, SampleRegistry.ROOT)));
        Reply reply = assertRefused(
                ProxyCall.nginx(list.query("anything").signed(SignatureVersion.V4, SampleRegistry.ROOT)),
                400,
                "InvalidArgument");
        assertThat(reply.body().utf8()).contains("anything");
        assertAllowed(ProxyCall.nginx(ClientRequest.get(SampleRegistry.READABLE, "a")
                .query("anything")
                .anonymous()));
    }

    @Test
    void aSessionIsNamedByItsSubject() throws Exception {
        AccessKey session = new AccessKey("STS.session", Secret.of("secret"));
        Principal.AssumedRole role = new Principal.AssumedRole(
                SampleRegistry.OWNER, "mobile", "alice@example.com", List.of(), Optional.empty());
        SessionOpener opener = (id, token, now) -> new SessionOpener.Session(
                session.secret(), role, Optional.of("demo:alice"), Optional.empty(), now.plusSeconds(3600));
        AuthFunction face = new AuthFunction(
                registry.reader(),
                new AclWriter(registry.store),
                new UrlUses(registry.store),
                opener,
                new SigningKeys(16),
                AuthSettings.DEFAULT,
                Seeds.secure(),
                () -> 0);
        ClientRequest asked = ClientRequest.get(SampleRegistry.READABLE, "a").token("token");
        Reply reply = assertAllowed(face, ProxyCall.nginx(asked.signed(SignatureVersion.V4, session)));
        assertThat(decoded(reply, "Principal"))
                .isEqualTo("acs:ram::" + SampleRegistry.OWNER + ":role/mobile/alice@example.com");
        // Never by the session's name, which may be the caller's own choice.
        assertThat(decoded(reply, "Subject")).isEqualTo("demo:alice");
    }

    @ParameterizedTest
    @EnumSource
    void headerValuesAreSignedAsUtf8(SignatureVersion version) {
        ClientRequest asked =
                ClientRequest.put(SampleRegistry.PRIVATE, "team/a").header("x-oss-meta-name", "中文");
        ProxyCall call = ProxyCall.nginx(asked.signed(version, SampleRegistry.USER));
        assertAllowed(call);
        assertRefused(call.replacing("x-oss-meta-name", "中国"), 403, "SignatureDoesNotMatch");
    }

    @Test
    void theFamilyIsTheOneThatIsConfigured() {
        AuthFunction face = function(settings(HeaderFamily.FORWARDED, AuthSettings.KeyRule.FILE));
        var request = ClientRequest.get(SampleRegistry.PRIVATE, "a").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertAllowed(face, ProxyCall.of(request, HeaderFamily.FORWARDED));
        assertAllowed(face, ProxyCall.of(request, HeaderFamily.FORWARDED).with("X-Original-URI", "/readable-bucket/a"));
        assertRefused(face, ProxyCall.nginx(request), 400, "InvalidArgument");
    }

    @Test
    void aRefusalBringsTheAnswerOfOss() {
        ProxyCall call = ProxyCall.nginx(
                ClientRequest.get(SampleRegistry.PRIVATE, "a").signed(SignatureVersion.V1, SampleRegistry.UNKNOWN));
        Reply reply = assertRefused(call, 403, "InvalidAccessKeyId");
        assertThat(reply.header("x-oss-ec")).contains("0002-00000902");
        assertThat(reply.header("x-oss-err")).isEmpty();
        assertThat(reply.body().utf8())
                .contains(
                        "<HostId>localhost</HostId>",
                        "<EC>0002-00000902</EC>",
                        "<OSSAccessKeyId>LTAI5tUnknown</OSSAccessKeyId>",
                        "<RequestId>" + reply.header("x-oss-request-id").orElseThrow() + "</RequestId>");
    }

    @Test
    void sendsTheOriginalStatusToo() {
        assertRefused(
                signed(ClientRequest.get(SampleRegistry.PRIVATE, "a")).replacing("X-Original-URI", "/no-such-bucket/a"),
                403,
                "SignatureDoesNotMatch");
        assertRefused(signed(ClientRequest.get("no-such-bucket", "a")), 404, "NoSuchBucket");
        assertRefused(
                signed(ClientRequest.get(SampleRegistry.PRIVATE, "a").query("acl&cors")), 405, "MethodNotAllowed");
        Reply reply = assertRefused(ProxyCall.nginx(ClientRequest.get("", "").anonymous()), 403, "AccessDenied");
        assertThat(reply.header("x-oss-ec")).isEmpty();
    }

    @Test
    void aRefusedHeadHasItsDocumentInAHeader() {
        ClientRequest asked = ClientRequest.of(HttpMethod.HEAD, SampleRegistry.PRIVATE, "a");
        Reply reply = assertRefused(ProxyCall.nginx(asked.anonymous()), 403, "AccessDenied");
        assertThat(new String(
                        Base64.getDecoder().decode(reply.header("x-oss-err").orElseThrow()), StandardCharsets.UTF_8))
                .isEqualTo(reply.body().utf8());
    }

    @Test
    void aHeadersDocumentLeavesDetailsOutThatProxiesCouldNotTake() {
        ClientRequest asked =
                ClientRequest.of(HttpMethod.HEAD, SampleRegistry.PRIVATE, "a").header("x-oss-meta-a", "a".repeat(4000));
        AccessKey forged = new AccessKey(SampleRegistry.ROOT.id(), Secret.of("another"));
        Reply reply =
                assertRefused(ProxyCall.nginx(asked.signed(SignatureVersion.V4, forged)), 403, "SignatureDoesNotMatch");
        assertThat(reply.body().utf8()).contains("<StringToSign>");
        String header = reply.header("x-oss-err").orElseThrow();
        assertThat(header).hasSizeLessThan(2049);
        assertThat(new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8))
                .contains("<Code>SignatureDoesNotMatch</Code>")
                .doesNotContain("<StringToSign>");
    }

    @Test
    void aProxyThatDropsBodiesGetsTheDocumentInAHeader() throws Exception {
        AccessKey forged = new AccessKey(SampleRegistry.ROOT.id(), Secret.of("another"));
        ProxyCall call = ProxyCall.nginx(
                ClientRequest.get(SampleRegistry.PRIVATE, "a\u4e2d").signed(SignatureVersion.V4, forged));
        Reply reply = assertRefused(call.with("X-Countersign-Error-Limit", "8000"), 403, "SignatureDoesNotMatch");
        String line = reply.header("X-Countersign-Error").orElseThrow();
        assertThat(line).matches("[ -~]{1,8000}");
        assertThat(elements(line)).isEqualTo(elements(reply.body().utf8())).containsKeys("StringToSign", "RequestId");
        assertThat(ask(call.with("X-Countersign-Error-Limit", "600")).header("X-Countersign-Error"))
                .hasValueSatisfying(value -> assertThat(value)
                        .hasSizeLessThan(601)
                        .contains("<Code>SignatureDoesNotMatch</Code>")
                        .doesNotContain("StringToSign"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "10", "-8000", "8k", "800000", "8000, 8000"})
    void withoutRoomForItThereIsNoSuchHeader(String limit) {
        ProxyCall call =
                ProxyCall.nginx(ClientRequest.get(SampleRegistry.PRIVATE, "a").anonymous());
        for (ProxyCall asked : List.of(call, call.with("X-Countersign-Error-Limit", limit))) {
            assertThat(assertRefused(asked, 403, "AccessDenied").header("X-Countersign-Error"))
                    .isEmpty();
        }
    }

    private static Map<String, String> elements(String xml) throws Exception {
        NodeList nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement()
                .getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .collect(Collectors.toMap(Node::getNodeName, Node::getTextContent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/readable-bucket/a", "/private-bucket/a"})
    void withoutTheStoreNothingPasses(String uri) {
        registry.store.down(true);
        ProxyCall call = ProxyCall.nginx(
                        ClientRequest.get(SampleRegistry.READABLE, "a").anonymous())
                .replacing("X-Original-URI", uri);
        for (ProxyCall asked : List.of(call, call.replacing("X-Original-Host", "img.example.com"))) {
            Reply reply = ask(asked);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body().utf8()).contains("<Code>ServiceUnavailable</Code>");
            assertThat(reply.header("X-Countersign-Status")).contains("503");
            assertThat(reply.header("Retry-After")).contains("1");
            assertAlways(reply);
        }
    }

    @Test
    void theCallsOwnVerbAndBodyDoNotMatter() {
        ProxyCall call = signed(ClientRequest.get(SampleRegistry.PRIVATE, "a"));
        for (String verb : List.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "BREW")) {
            assertThat(function.handle(call.call(verb, "{not read"), SampleRegistry.NOW)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void ignoresHeadersOfTheConnectionToTheProxy() {
        ProxyCall call = signed(ClientRequest.put(SampleRegistry.PRIVATE, "a"));
        assertAllowed(
                call.with("Connection", "close").with("Content-Length", "0").with("Transfer-Encoding", "chunked"));
    }

    @Test
    void otherHeadersAreTheClientsAsTheyAre() {
        ProxyCall call = signed(ClientRequest.put(SampleRegistry.PRIVATE, "a"));
        assertRefused(call.with("x-oss-meta-more", "1"), 403, "SignatureDoesNotMatch");
        assertRefused(call.with("Content-Type", "text/plain"), 403, "SignatureDoesNotMatch");
    }

    @Test
    void theTimeSpentIsReported() {
        AtomicLong nanos = new AtomicLong();
        AuthFunction face = new AuthFunction(
                registry.reader(),
                new AclWriter(registry.store),
                new UrlUses(registry.store),
                SessionOpener.NONE,
                new SigningKeys(16),
                AuthSettings.DEFAULT,
                Seeds.secure(),
                () -> nanos.getAndAdd(7_900_000));
        assertThat(ask(face, ProxyCall.nothing()).header("x-oss-server-time")).contains("7");
    }

    @Test
    void aPreflightIsAnsweredByTheRulesOfTheBucket() {
        ClientRequest asked = ClientRequest.of(HttpMethod.OPTIONS, SampleRegistry.READABLE, "a")
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type, x-oss-date");
        Reply reply = assertAllowed(ProxyCall.nginx(asked.anonymous()));
        assertThat(reply.header("Access-Control-Allow-Origin")).contains("https://app.example.com");
        assertThat(reply.header("Vary")).contains("Origin");
        assertThat(reply.header("Access-Control-Allow-Methods")).contains("GET, PUT");
        assertThat(reply.header("Access-Control-Allow-Headers")).contains("content-type, x-oss-date");
        assertThat(reply.header("Access-Control-Expose-Headers")).contains("ETag");
        assertThat(reply.header("Access-Control-Max-Age")).contains("600");
        assertThat(reply.header("X-Countersign-Action")).contains("");
    }

    @Test
    void aPreflightThatNoRuleCoversIsForbidden() {
        ClientRequest asked = ClientRequest.of(HttpMethod.OPTIONS, SampleRegistry.READABLE, "a")
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "GET");
        Reply reply = assertRefused(ProxyCall.nginx(asked.anonymous()), 403, "AccessForbidden");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aWarmRequestReadsNothing() {
        ProxyCall call = signed(ClientRequest.get(SampleRegistry.PRIVATE, "a"));
        assertAllowed(call);
        int before = registry.store.reads();
        Reply reply = assertAllowed(call);
        assertThat(registry.store.reads()).isEqualTo(before);
        assertThat(reply.header("X-Countersign-Principal")).contains(PercentEncoding.encode(ROOT));
    }
}
