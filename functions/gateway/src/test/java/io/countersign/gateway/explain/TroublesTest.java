package io.countersign.gateway.explain;

import static io.countersign.verify.decide.SampleRegistry.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.identity.token.SessionReader;
import io.countersign.json.JsonText;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.verify.decide.ByHand;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Sessions;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import io.countersign.verify.explain.Explained;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The eighteen troubles that users of OSS have (docs/protocol.md 11), each made by its mistake and pasted as users paste it: the sentence names the cause, and nothing is allowed. */
class TroublesTest {
    private static final AccessKey KEY = SampleRegistry.USER;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ClientRequest PUT = ClientRequest.put(SampleRegistry.PRIVATE, "team/photo.jpg");

    private final SampleRegistry registry = new SampleRegistry();
    private final Sessions sessions = new Sessions(registry);
    private final KeyRegistry reader = registry.reader();
    private final Explainer explainer = new Explainer(
            new Verifier(reader, SessionOpener.of(new SessionReader(reader)), new SigningKeys(16), BaseDomains.DEFAULT),
            reader,
            true);

    private Report explain(String pasted, Explained.ClientForm client) {
        try {
            Report report = explainer.explain(Transcript.parse(pasted), client, Optional.empty(), NOW);
            assertThat(report.verdict()).isNotEqualTo(Report.Verdict.ALLOWED);
            return report;
        } catch (Exchange.InvalidTranscript | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private String assertNamed(String pasted, String code, String... words) {
        Report report = explain(pasted, Explained.ClientForm.UNKNOWN);
        Explained.Cause cause = report.explained().cause().orElseThrow(() -> new AssertionError("no cause: " + report));
        assertThat(cause.code()).as(cause.sentence()).isEqualTo(code);
        assertThat(cause.sentence()).contains(words);
        return Report.Writer.json(report);
    }

    /** The output of curl -v for this request and for OSS's refusal. */
    private static String curl(VerifyRequest request) {
        return curl(request, "HTTP/1.1 403 Forbidden", "");
    }

    private static String curl(VerifyRequest request, String status, String body, String... answered) {
        String target = request.url().substring("http://localhost".length());
        StringBuilder text = new StringBuilder("* Connected to localhost (127.0.0.1) port 80\n> ")
                .append(request.method())
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\n> Host: localhost\n> User-Agent: curl/8.14.1\n> Accept: */*\n");
        for (Headers.HeaderField field : request.headers().fields()) {
            text.append("> ")
                    .append(field.name())
                    .append(": ")
                    .append(field.value())
                    .append('\n');
        }
        text.append(">\n* Request completely sent off\n< ").append(status).append("\n< Server: AliyunOSS\n");
        for (String line : answered) {
            text.append("< ").append(line).append('\n');
        }
        return text.append("< Date: Sun, 22 Nov 2026 03:00:00 GMT\n<\n")
                .append(body)
                .toString();
    }

    /** An entry as a browser copies it. */
    private static String har(VerifyRequest request) {
        return JsonText.object(entry -> entry.object("request", member -> {
                    member.put("method", request.method())
                            .put("url", request.url())
                            .put("httpVersion", "HTTP/1.1");
                    member.array(
                            "headers",
                            array -> request.headers()
                                    .fields()
                                    .forEach(field -> array.object(pair ->
                                            pair.put("name", field.name()).put("value", field.value()))));
                })
                .object(
                        "response",
                        member -> member.put("status", 403).object("content", content -> content.put("text", ""))));
    }

    private static VerifyRequest withHeader(VerifyRequest request, String name, String value) {
        return VerifyRequests.headers(request, request.headers().and(name, value));
    }

    private static VerifyRequest v1(String method, String url, String stringToSign, String... headers) {
        return VerifyRequests.of(
                method,
                "http://localhost" + url,
                ByHand.headers(headers).and("Date", ByHand.RFC1123).and("Authorization", ByHand.v1(KEY, stringToSign)));
    }

    @Test
    void trouble1AnHttpLibraryAddsAContentTypeToAPresignedPut() {
        VerifyRequest request = PUT.presigned(SignatureVersion.V1, KEY, HOUR);
        assertNamed(
                curl(withHeader(request, "Content-Type", "application/x-www-form-urlencoded")),
                "ContentType",
                "signed without a Content-Type",
                "application/x-www-form-urlencoded");
        VerifyRequest other = PUT.header("Content-Type", "image/jpeg").presigned(SignatureVersion.V4, KEY, HOUR);
        assertNamed(
                har(VerifyRequests.headers(other, ByHand.headers("Content-Type", "image/jpg"))),
                "ContentType",
                "\"image/jpeg\"",
                "\"image/jpg\"");
    }

    @Test
    void trouble2ASessionEndsOrTwoRefreshesRace() {
        SessionIssuer.IssuedSession old = sessions.bearer("alice", Optional.empty(), NOW.minus(HOUR));
        assertNamed(curl(signed(old, old.token())), "TokenExpired", "session has ended", "one refresh at a time");
        SessionIssuer.IssuedSession fresh = sessions.alice();
        assertNamed(curl(signed(fresh, old.token())), "TokenOfAnotherSession", "two refreshes race");
        String early =
                "{\"StatusCode\":200,\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"s3cret\",\"SecurityToken\":\"t0ken\",\"Expiration\":\"2026-11-22T03:04:00Z\"}";
        String json = assertNamed(curl(token(), "HTTP/1.1 200 OK", early), "TokenTooShort", "at least 900 seconds");
        assertThat(json).doesNotContain("s3cret", "t0ken");
    }

    private static VerifyRequest signed(SessionIssuer.IssuedSession session, SecurityToken token) {
        return ClientRequest.put(SampleRegistry.PRIVATE, "users/alice/a")
                .token(token.reveal())
                .signed(SignatureVersion.V4, Sessions.key(session));
    }

    @Test
    void trouble3TheClocksDiffer() {
        ClientRequest late = PUT.date(NOW.minus(Duration.ofMinutes(123)));
        assertNamed(
                curl(late.signed(SignatureVersion.V1, KEY)),
                "ClockSkew",
                "2 h 3 min behind",
                "2026-11-22T00:57:00.000Z",
                "2026-11-22T03:00:00.000Z");
        ClientRequest early = PUT.date(NOW.plus(Duration.ofMinutes(20)));
        assertNamed(curl(early.signed(SignatureVersion.V4, KEY)), "ClockSkew", "20 min 0 s ahead");
        assertNamed(
                late.presigned(SignatureVersion.V4, KEY, HOUR).url().replaceFirst("^", "PUT "),
                "Expired",
                "expired 1 h 3 min ago");
    }

    @Test
    void trouble4TheRegionOrTheProductIsMisspelled() {
        for (String region : new String[] {"oss-cn-hangzhou", "cn-hangzhou-internal", "hangzhou"}) {
            assertNamed(
                    curl(PUT.region(region).signed(SignatureVersion.V4, KEY)),
                    "Region",
                    "Sign with the region \"cn-hangzhou\"");
        }
        assertNamed(
                PUT.presigned(SignatureVersion.V4, KEY, HOUR)
                        .url()
                        .replace("%2Foss%2Faliyun", "%2Fs3%2Faliyun")
                        .replaceFirst("^", "PUT "),
                "Product",
                "\"oss\"");
    }

    @Test
    void trouble5ABackendTakesTheStringToSignFromAForm() {
        String text = "PUT\n\ntext/plain\n" + ByHand.RFC1123 + "\n/private-bucket/team/a b+c中.txt";
        VerifyRequest request = v1(
                "PUT",
                "/private-bucket/team/a%20b%2Bc%E4%B8%AD.txt",
                text.replace('+', ' '),
                "Content-Type",
                "text/plain");
        // When only the path lost a plus, the URL may be the cause too. A plus in a header shows that it is the form.
        assertNamed(curl(request), "PlusForSpace", "decoded as a form on its way to a backend");
        String md5 = "PUT\nOfZL+FKPxs0iUyvYnIrB+w==\ntext/plain\n" + ByHand.RFC1123 + "\n/private-bucket/team/a+b.txt";
        VerifyRequest both = v1(
                "PUT",
                "/private-bucket/team/a%2Bb.txt",
                md5.replace('+', ' '),
                "Content-Type",
                "text/plain",
                "Content-MD5",
                "OfZL+FKPxs0iUyvYnIrB+w==");
        assertNamed(curl(both), "ContentDecodedAsForm", "posted as a form", "JSON");
    }

    @Test
    void trouble6ATokenServerHandsOnWhatStsAnswered() {
        String raw =
                "{\"RequestId\":\"1\",\"AssumedRoleUser\":{\"Arn\":\"a\"},\"Credentials\":{\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"s3cret\",\"SecurityToken\":\"t0ken\",\"Expiration\":\"2026-11-22T04:00:00Z\"}}";
        String json = assertNamed(
                curl(token(), "HTTP/1.1 200 OK", raw), "TokenServerShape", "STS's own answer", "\"StatusCode\":200");
        assertThat(json).doesNotContain("s3cret", "t0ken");
        String flat =
                "{\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"s\",\"SecurityToken\":\"t\",\"Expiration\":\"2026-11-22T04:00:00Z\"}";
        assertNamed(curl(token(), "HTTP/1.1 200 OK", flat), "TokenServerShape", "lacks StatusCode");
        String epoch = flat.replace("{", "{\"StatusCode\":200,").replace("2026-11-22T04:00:00Z", "1795323600");
        assertNamed(curl(token(), "HTTP/1.1 200 OK", epoch), "TokenExpiration", "2026-11-22T03:00:00Z");
        String refused = "{\"StatusCode\":403,\"ErrorCode\":\"NotTrusted\",\"ErrorMessage\":\"no\"}";
        assertNamed(curl(token(), "HTTP/1.1 403 Forbidden", refused), "TokenServerStatus", "HTTP 403", "answer 200");
        assertNamed(curl(token(), "HTTP/1.1 200 OK", refused), "TokenRefused", "ErrorCode");
    }

    private static VerifyRequest token() {
        return VerifyRequests.of("GET", "http://localhost/token", Headers.NONE);
    }

    @Test
    void trouble7TheSignatureInTheUrlIsNotEncoded() {
        for (int i = 0; i < 100; i++) {
            String url = ClientRequest.get(SampleRegistry.PRIVATE, "team/a" + i)
                    .presigned(SignatureVersion.V1, KEY, HOUR)
                    .url();
            if (url.contains("%2B")) {
                assertNamed(url.replace("%2B", "+"), "SignatureText", "percent-encode the signature");
                assertNamed(url.replace("%2B", "%252B"), "SignatureText", "percent-encoded twice");
                return;
            }
        }
        throw new AssertionError("no signature had a plus");
    }

    @Test
    void trouble8AKeyWithSpecialCharactersIsEncodedTwice() {
        String resource = "/private-bucket/team/{1} #+%中";
        String once = PercentEncoding.encodePath(resource);
        String twice = PercentEncoding.encodePath(once);
        String head = "GET\n\n\n" + ByHand.RFC1123 + "\n";
        assertNamed(curl(v1("GET", twice, head + resource)), "KeyEncodedTwice", "decoded once more");
        assertNamed(
                curl(v1("GET", once, head + once)), "KeyEncodedTwice", "decoded: percent-encode it only in the URL");
        assertNamed(
                curl(v1("GET", "/private-bucket/team/a+b", head + "/private-bucket/team/a+b")), "PlusForSpace", "%2B");
        String url = ClientRequest.get(SampleRegistry.PRIVATE, "team/a")
                .presigned(SignatureVersion.V4, KEY, HOUR)
                .url();
        assertNamed(url.replace("team/a", "team/#a"), "InvalidArgument", "encode # as %23");
    }

    @Test
    void trouble9AHeaderHasCharactersBeyondAscii() {
        VerifyRequest request = PUT.header("x-oss-meta-author", "张三").signed(SignatureVersion.V1, KEY);
        Headers read = new Headers(request.headers().fields().stream()
                .map(field -> new Headers.HeaderField(
                        field.name(),
                        new String(field.value().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                .toList());
        assertNamed(har(VerifyRequests.headers(request, read)), "HeaderCharacters", "Latin-1", "Base64");
    }

    @Test
    void trouble10ACallbackIsAddedAfterSigning() {
        VerifyRequest request = PUT.presigned(SignatureVersion.V4, KEY, HOUR);
        assertNamed(
                "PUT " + request.url() + "&callback=eyJjYWxsYmFja1VybCI6IngifQ%3D%3D",
                "ParameterNotSigned",
                "\"callback\"",
                "append nothing to a signed URL");
        assertNamed(
                curl(withHeader(request, "x-oss-callback", "eyJjYWxsYmFja1VybCI6IngifQ==")),
                "HeaderNotSigned",
                "\"x-oss-callback\"",
                "sign with it");
    }

    @Test
    void trouble11TheBucketOfACustomDomainIsSignedWrongly() {
        String head = "GET\n\n\n" + ByHand.RFC1123 + "\n";
        VerifyRequest unbound =
                VerifyRequests.url(v1("GET", "/a", head + "/private-bucket/a"), "http://cdn.example.net/a");
        assertNamed(har(unbound), "UnknownHost", "bind the domain to its bucket");
        VerifyRequest host = VerifyRequests.url(
                v1("GET", "/a", head + "/img.example.com/a"), "http://" + SampleRegistry.DOMAIN + "/a");
        assertNamed(har(host), "Bucket", "\"readable-bucket\"", "\"img.example.com\"", "the host in its place");
        VerifyRequest path = VerifyRequests.url(
                v1("GET", "/readable-bucket/a", head + "/readable-bucket/a"),
                "http://" + SampleRegistry.DOMAIN + "/readable-bucket/a");
        assertNamed(har(path), "Bucket", "once more", "leave it out of the URL's path");
    }

    @Test
    void trouble12AnHttpClientSignsAPresignedUrlAgain() {
        VerifyRequest url = PUT.presigned(SignatureVersion.V1, KEY, HOUR);
        String authorization = PUT.signed(SignatureVersion.V1, KEY)
                .headers()
                .first("authorization")
                .orElseThrow();
        assertNamed(
                curl(withHeader(url, "Authorization", authorization)),
                "TwoSignatures",
                "presigned URL without Authorization");
    }

    @Test
    void trouble13TheTokenIsAppendedToASignedUrlOrForgotten() {
        SessionIssuer.IssuedSession alice = sessions.alice();
        ClientRequest put = ClientRequest.put(SampleRegistry.PRIVATE, "users/alice/a");
        String url =
                put.presigned(SignatureVersion.V1, Sessions.key(alice), HOUR).url();
        String json = assertNamed(
                "PUT " + url + "&security-token="
                        + PercentEncoding.encode(alice.token().reveal()),
                "TokenNotSigned",
                "added after signing");
        assertThat(json).doesNotContain(alice.token().reveal()).contains("sha256:");
        assertNamed("PUT " + url, "TokenMissing", "x-oss-security-token");
        assertNamed("PUT " + url + "&security-token=CAIS+1/x", "TokenText", "%2B");
    }

    @Test
    void trouble14AssumeRoleIsNotPermittedByOneOfTwoPolicies() {
        String refused = "{\"RequestId\":\"1\",\"Code\":\"NoPermission\",\"Message\":\"%s\"}";
        VerifyRequest call = rpc(KEY, "POST", "");
        assertNamed(
                curl(
                        call,
                        "HTTP/1.1 403 Forbidden",
                        refused.formatted(
                                "You are not authorized to do this action. You should be authorized by RAM. The trust policy of the role does not admit acs:ram::1:user/app.")),
                "TrustPolicy",
                "not the caller's own");
        assertNamed(
                curl(
                        call,
                        "HTTP/1.1 403 Forbidden",
                        refused.formatted(
                                "You are not authorized to do this action. You should be authorized by RAM. No policy of the caller allows sts:AssumeRole on acs:ram:*:1:role/x.")),
                "CallerPolicy",
                "not the role's trust policy");
        assertNamed(
                curl(
                        call,
                        "HTTP/1.1 403 Forbidden",
                        refused.formatted(
                                "You are not authorized to do this action. You should be authorized by RAM.")),
                "CallerOrTrustPolicy",
                "check both");
    }

    @Test
    void trouble15AFormIsNotWhatOssReads() {
        String json = "{\"expiration\":\"2026-11-22T04:00:00.000Z\",\"conditions\":[{\"bucket\":\"private-bucket\"}]}";
        String policy = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        String overJson = ByHand.v1Signature(KEY, json);
        assertNamed(
                form("multipart/form-data; boundary=x", policy, overJson),
                "FormPolicy",
                "encode the policy as Base64 first");
        String good = ByHand.v1Signature(KEY, policy);
        assertNamed(form("multipart/form-data; boundary=a,b", policy, good), "Form", "boundary", "no comma");
        assertNamed(
                form("multipart/form-data; boundary=x", policy, ByHand.v1Signature(KEY, policy + "\n")),
                "FormPolicy",
                "line feed");
    }

    private static String form(String contentType, String policy, String signature) {
        String body = "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nteam/a\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"OSSAccessKeyId\"\r\n\r\n" + KEY.id() + "\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"policy\"\r\n\r\n" + policy + "\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"Signature\"\r\n\r\n" + signature + "\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nbytes\r\n--x--\r\n";
        return JsonText.object(log -> log.object(
                "log",
                member -> member.array(
                        "entries",
                        entries -> entries.object(entry -> entry.object("request", request -> {
                                    request.put("method", "POST").put("url", "http://localhost/private-bucket/");
                                    request.array(
                                            "headers",
                                            headers -> headers.object(pair -> pair.put("name", "Content-Type")
                                                    .put("value", contentType)));
                                    request.object(
                                            "postData",
                                            data -> data.put("mimeType", contentType)
                                                    .put("text", body));
                                })
                                .object("response", response -> response.put("status", 403))))));
    }

    @Test
    void trouble16AnRpcCallIsSignedOverAnotherString() {
        assertNamed(curl(rpc(KEY, "GET", "")), "OtherVerb", "signed for POST", "sent as GET");
        VerifyRequest later = rpc(KEY, "POST", "&DurationSeconds=900");
        Report report = explain(
                curl(
                        later,
                        "HTTP/1.1 400 Bad Request",
                        "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"Specified signature is not matched with our calculation. server string to sign is:POST&%2F&Action%3DAssumeRole\"}"),
                Explained.ClientForm.UNKNOWN);
        assertThat(report.explained().cause().orElseThrow().sentence()).contains("\"DurationSeconds\"");
        assertThat(report.explained().comparisons()).hasSize(1);
        assertThat(report.explained().comparisons().getFirst().firstDifference())
                .hasValue(0);
        assertThat(report.answered())
                .hasValueSatisfying(answered ->
                        assertThat(answered.error().orElseThrow().message()).doesNotContain("POST&"));
        AccessKey copied = new AccessKey(KEY.id(), Secret.of("secret-of-" + KEY.id() + " "));
        assertNamed(curl(rpc(copied, "POST", "")), "SecretCopied", "a space at its end");
        assertNamed(
                curl(rpc(new AccessKey(KEY.id(), Secret.of("another")), "POST", "")), "NoKnownCause", "line by line");
    }

    /** A call that was signed for POST. */
    private static VerifyRequest rpc(AccessKey key, String method, String added) {
        try {
            String query = "Action=AssumeRole&Version=2015-04-01&Format=JSON&AccessKeyId=" + KEY.id()
                    + "&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=1&Timestamp=2026-11-22T03%3A00%3A00Z&RoleSessionName=a%2Bb";
            String signature =
                    RpcSignature.sign(HttpMethod.POST, QueryParameters.parse(query, EncodedText.URL), key.secret());
            return VerifyRequests.of(
                    method,
                    "http://localhost/?" + query + added + "&Signature=" + PercentEncoding.encode(signature),
                    Headers.NONE);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void trouble17ABrowserSendsNoDate() {
        VerifyRequest request = PUT.signed(SignatureVersion.V4, KEY);
        assertNamed(
                curl(VerifyRequests.headers(request, request.headers().without("x-oss-date"))),
                "NoDate",
                "neither x-oss-date nor Date",
                "Browsers");
    }

    @Test
    void trouble18TheSecretWasCopiedWithASpace() {
        AccessKey copied = new AccessKey(KEY.id(), Secret.of("secret-of-" + KEY.id() + " "));
        for (SignatureVersion version : SignatureVersion.values()) {
            String json =
                    assertNamed(curl(PUT.signed(version, copied)), "SecretCopied", "a space at its end", "trim it");
            assertThat(json).doesNotContain("secret-of");
        }
    }

    @Test
    void anOldTranscriptIsJudgedWhenItsServerAnswered() throws Exception {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        String pasted = curl(PUT.signed(SignatureVersion.V4, KEY), "HTTP/1.1 403 Forbidden", "");
        Report report =
                explainer.explain(Transcript.parse(pasted), Explained.ClientForm.UNKNOWN, Optional.empty(), tomorrow);
        assertThat(report.verdict()).isEqualTo(Report.Verdict.ALLOWED);
        assertThat(report.at()).contains(NOW);
        // The server refused all the same, and did not say why.
        assertThat(report.explained().cause().map(Explained.Cause::code)).contains("NotFromStorage");
    }
}
