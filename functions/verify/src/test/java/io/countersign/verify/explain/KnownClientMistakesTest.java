package io.countersign.verify.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.AbstractVerifierTest;
import io.countersign.verify.decide.ByHand;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each known mistake, made as a client makes it, is named; the request stays refused. */
class KnownClientMistakesTest extends AbstractVerifierTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AccessKey KEY = SampleRegistry.USER;
    private static final ClientRequest READ = ClientRequest.get(SampleRegistry.PRIVATE, "team/a b");
    private static final ClientRequest WRITE = ClientRequest.put(SampleRegistry.PRIVATE, "team/photo.jpg");

    private Explained.Cause cause(VerifyRequest request) {
        ExplainedAnswer answer = ExplainedAnswer.of(verifier, request);
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.error().orElseThrow().code()).isEqualTo("SignatureDoesNotMatch");
        return answer.explained().cause().orElseThrow();
    }

    private void assertNamed(VerifyRequest request, String code, String... words) {
        Explained.Cause cause = cause(request);
        assertThat(cause.code()).as(cause.sentence()).isEqualTo(code);
        assertThat(cause.sentence()).contains(words).endsWith(".");
    }

    private static VerifyRequest sent(String method, String url, String authorization, String... headers) {
        return VerifyRequests.of(
                method, "http://localhost" + url, ByHand.headers(headers).and("Authorization", authorization));
    }

    /** A GET whose V1 string to sign ends in this resource. */
    private static VerifyRequest v1(String url, String resource) {
        return v1Text(url, "GET\n\n\n" + ByHand.RFC1123 + "\n" + resource);
    }

    private static VerifyRequest v1Text(String url, String stringToSign) {
        return sent("GET", url, ByHand.v1(KEY, stringToSign), "Date", ByHand.RFC1123);
    }

    /** A GET whose V4 canonical request has this path and this query. */
    private static VerifyRequest v4(String url, String path, String query) {
        return v4Text(
                url,
                "GET\n" + path + "\n" + query + "\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:" + ByHand.ISO
                        + "\n\n\nUNSIGNED-PAYLOAD");
    }

    private static VerifyRequest v4Text(String url, String canonical) {
        return sent(
                "GET",
                url,
                ByHand.v4(KEY, ByHand.ISO, canonical),
                "x-oss-date",
                ByHand.ISO,
                "x-oss-content-sha256",
                "UNSIGNED-PAYLOAD");
    }

    private static VerifyRequest withHeader(VerifyRequest request, String name, String value) {
        return VerifyRequests.headers(request, request.headers().and(name, value));
    }

    @ParameterizedTest
    @EnumSource
    void anotherVerbIsNamed(SignatureVersion version) {
        for (VerifyRequest request : List.of(READ.signed(version, KEY), READ.presigned(version, KEY, HOUR))) {
            assertNamed(VerifyRequests.method(request, "HEAD"), "OtherVerb", "signed for GET", "sent as HEAD");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aContentTypeThatWasNotSignedIsNamed(SignatureVersion version) {
        VerifyRequest request = WRITE.presigned(version, KEY, HOUR);
        assertNamed(
                withHeader(request, "Content-Type", "image/avif"),
                "ContentType",
                "signed without a Content-Type",
                "image/avif");
    }

    @ParameterizedTest
    @EnumSource
    void aContentTypeThatWasSignedAndChangedIsNamed(SignatureVersion version) {
        VerifyRequest request = WRITE.header("Content-Type", "image/jpeg").presigned(version, KEY, HOUR);
        assertNamed(
                VerifyRequests.headers(request, Headers.NONE),
                "ContentType",
                "signed Content-Type is \"image/jpeg\"",
                "without");
        assertNamed(
                VerifyRequests.headers(request, ByHand.headers("Content-Type", "image/jpeg; charset=UTF-8")),
                "ContentType",
                "\"image/jpeg\"",
                "charset=UTF-8");
    }

    @ParameterizedTest
    @EnumSource
    void aContentMd5ThatWasNotSignedIsNamed(SignatureVersion version) {
        assertNamed(
                withHeader(WRITE.presigned(version, KEY, HOUR), "Content-MD5", "XrY7u+Ae7tCTyyK7j1rNww=="),
                "ContentMd5",
                "without the Content-MD5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret-of-LTAI5tUser ", "secret-of-LTAI5tUser\n", "\"secret-of-LTAI5tUser\""})
    void aSecretThatWasCopiedWithMoreIsNamed(String copied) {
        AccessKey wrong = new AccessKey(KEY.id(), Secret.of(copied));
        for (SignatureVersion version : SignatureVersion.values()) {
            Explained.Cause cause = cause(READ.signed(version, wrong));
            assertThat(cause.code()).isEqualTo("SecretCopied");
            assertThat(cause.sentence()).contains("trim it").doesNotContain("secret-of");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theIdInPlaceOfTheSecretIsNamed(SignatureVersion version) {
        assertNamed(
                READ.signed(version, new AccessKey(KEY.id(), Secret.of(KEY.id()))),
                "SecretCopied",
                "access key id in place of its secret");
    }

    @ParameterizedTest
    @EnumSource
    void aParameterThatWasAddedIsNamed(SignatureVersion version) {
        VerifyRequest request = WRITE.presigned(version, KEY, HOUR);
        assertNamed(
                VerifyRequests.url(request, request.url() + "&callback=eyJ9"),
                "ParameterNotSigned",
                "\"callback\"",
                "signer");
        assertNamed(
                VerifyRequests.url(request, request.url() + "&callback=eyJ9&callback-var=e30"),
                "ParameterNotSigned",
                "\"callback\", \"callback-var\"");
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatWasAddedIsNamed(SignatureVersion version) {
        for (VerifyRequest request : List.of(WRITE.signed(version, KEY), WRITE.presigned(version, KEY, HOUR))) {
            assertNamed(withHeader(request, "x-oss-meta-a", "b"), "HeaderNotSigned", "\"x-oss-meta-a\"");
        }
    }

    @Test
    void aKeyThatWasEncodedOnceMoreInTheSignedTextIsNamed() {
        assertNamed(v1("/private-bucket/team/a%20b", "/private-bucket/team/a%20b"), "KeyEncodedTwice", "decoded");
        assertNamed(
                v4("/private-bucket/team/a%20b", "/private-bucket/team/a%2520b", ""),
                "KeyEncodedTwice",
                "once too often");
    }

    @Test
    void aKeyThatWasEncodedTwiceOnTheWireIsNamed() {
        assertNamed(
                v1("/private-bucket/team/%257Ba%257D", "/private-bucket/team/{a}"),
                "KeyEncodedTwice",
                "would match if it were decoded once more");
        assertNamed(
                v4("/private-bucket/team/%257Ba%257D", "/private-bucket/team/%7Ba%7D", ""),
                "KeyEncodedTwice",
                "would match if it were decoded once more");
    }

    @ParameterizedTest
    @CsvSource({
        "/private-bucket/team/a b(1)/~中, not percent-encoded",
        "%2Fprivate-bucket%2Fteam%2Fa%20b%281%29%2F~%E4%B8%AD, slashes encoded",
        "/private-bucket/team/a%20b%281%29/~%e4%b8%ad, lower case",
        "/private-bucket/team/a%20b(1)/~%E4%B8%AD, JavaScript",
        "/private-bucket/team/a+b%281%29/~%E4%B8%AD, + for spaces",
        "/private-bucket/team/a%20b%281%29/%7E%E4%B8%AD, %7E"
    })
    void aV4PathInAnotherSpellingIsNamed(String path, String how) {
        assertNamed(v4("/private-bucket/team/a%20b%281%29/~%E4%B8%AD", path, ""), "PathEncoding", how);
    }

    @Test
    void aPlusForASpaceIsNamed() {
        assertNamed(v1("/private-bucket/team/a%2Bb", "/private-bucket/team/a b"), "PlusForSpace", "%20");
        assertNamed(v4("/private-bucket/team/a%2Bb", "/private-bucket/team/a%20b", ""), "PlusForSpace", "%20");
        assertNamed(v1("/private-bucket/team/a%20b", "/private-bucket/team/a+b"), "PlusForSpace", "%2B");
        assertNamed(
                v1(
                        "/private-bucket/team/a?response-content-type=image/svg+xml",
                        "/private-bucket/team/a?response-content-type=image/svg+xml"),
                "PlusForSpace",
                "%2B");
    }

    @ParameterizedTest
    @CsvSource({"a+b,a+b", "a+b%20c+d,a+b c+d", "a%20b+c%20d,a b+c d"})
    void namesAPlusThatWasSignedUnchanged(String sent, String signed) {
        String resource = "/private-bucket/team/" + signed;
        assertNamed(
                v1("/private-bucket/team/" + sent, resource),
                "PlusForSpace",
                "OSS reads an unencoded + in a path as a space",
                "%2B");
        assertNamed(
                v4("/private-bucket/team/" + sent, PercentEncoding.encodePath(resource), ""),
                "PlusForSpace",
                "OSS reads an unencoded + in a path as a space",
                "%2B");
    }

    @Test
    void aSlashTooManyOrTooFewIsNamed() {
        assertNamed(v1("/private-bucket/?acl", "/private-bucket?acl"), "TrailingSlash", "\"/private-bucket/\"");
        assertNamed(v4("/private-bucket/", "/private-bucket", ""), "TrailingSlash", "\"/private-bucket/\"");
        assertNamed(v1("/private-bucket/team/", "/private-bucket/team"), "TrailingSlash", "less at its end");
        assertNamed(v1("/private-bucket/team", "/private-bucket/team/"), "TrailingSlash", "more at its end");
        assertNamed(v1("/private-bucket//team", "/private-bucket/team"), "TrailingSlash", "less at its beginning");
        assertNamed(v4("/private-bucket/a//b", "/private-bucket/a/b", ""), "TrailingSlash", "in its middle");
    }

    @Test
    void aPathWithoutItsBucketIsNamed() {
        assertNamed(v1("/private-bucket/team/a", "/team/a"), "Bucket", "\"private-bucket\"", "has no bucket");
        assertNamed(v4("/private-bucket/team/a", "/team/a", ""), "Bucket", "has no bucket");
        String url = "/readable-bucket/a";
        VerifyRequest request = VerifyRequests.url(v1(url, url), "http://img.example.com" + url);
        assertNamed(request, "Bucket", "img.example.com", "\"readable-bucket\"", "once more");
        VerifyRequest named = VerifyRequests.url(v1("/", "/img.example.com/a"), "http://img.example.com/a");
        assertNamed(named, "Bucket", "has the host in its place");
    }

    @Test
    void aKeyOfAnotherRegionOrProductIsNamed() {
        for (ClientRequest asked : List.of(READ.region("oss-cn-hangzhou"), READ.region("cn-hangzhou-internal"))) {
            VerifyRequest request = asked.signed(SignatureVersion.V4, KEY);
            String authorization = request.headers()
                    .first("authorization")
                    .orElseThrow()
                    .replace("/" + asked.region() + "/", "/cn-hangzhou/");
            Headers headers = request.headers().without("authorization").and("authorization", authorization);
            assertNamed(VerifyRequests.headers(request, headers), "Region", asked.region(), "without \"oss-\"");
            VerifyRequest url = asked.presigned(SignatureVersion.V4, KEY, HOUR);
            assertNamed(
                    VerifyRequests.url(url, url.url().replace(asked.region(), "cn-hangzhou")),
                    "Region",
                    asked.region());
        }
    }

    @Test
    void anotherDateIsNamed() {
        VerifyRequest empty = v1Text("/private-bucket/team/a", "GET\n\n\n\n/private-bucket/team/a");
        assertNamed(empty, "Date", "empty", ByHand.RFC1123);
        VerifyRequest both = sent(
                "GET",
                "/private-bucket/team/a",
                ByHand.v1(
                        KEY, "GET\n\n\n" + ByHand.RFC1123 + "\nx-oss-date:" + ByHand.ISO + "\n/private-bucket/team/a"),
                "Date",
                ByHand.RFC1123,
                "x-oss-date",
                ByHand.ISO);
        assertNamed(both, "Date", ByHand.RFC1123, ByHand.ISO);
    }

    @ParameterizedTest
    @EnumSource
    void charactersBeyondAsciiInHeadersAreNamed(SignatureVersion version) {
        assertMangled(
                version, value -> new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @Test
    void charactersThatWereSignedAsQuestionMarksAreNamed() {
        String text = "GET\n\n\n" + ByHand.RFC1123 + "\nx-oss-meta-author:J?rg\n/private-bucket/team/a";
        assertNamed(
                withHeader(v1Text("/private-bucket/team/a", text), "x-oss-meta-author", "Jörg"),
                "HeaderCharacters",
                "question marks",
                "percent-encode");
    }

    private void assertMangled(SignatureVersion version, UnaryOperator<String> mangled) {
        VerifyRequest request = WRITE.header("x-oss-meta-author", "Jörg 中").signed(version, KEY);
        Headers headers = new Headers(request.headers().fields().stream()
                .map(field -> new Headers.HeaderField(field.name(), mangled.apply(field.value())))
                .toList());
        assertNamed(VerifyRequests.headers(request, headers), "HeaderCharacters", "UTF-8", "Latin-1");
    }

    @Test
    void aSignatureInAnotherSpellingIsNamed() {
        String key = "team/a";
        for (int i = 0; i < 100; i++) {
            VerifyRequest request =
                    ClientRequest.get(SampleRegistry.PRIVATE, key + i).presigned(SignatureVersion.V1, KEY, HOUR);
            if (request.url().contains("%2B")) {
                assertNamed(
                        VerifyRequests.url(request, request.url().replace("%2B", "+")),
                        "SignatureText",
                        "percent-encode");
                assertNamed(
                        VerifyRequests.url(request, request.url().replace("%2B", "%252B")), "SignatureText", "twice");
                return;
            }
        }
        throw new AssertionError("no signature had a plus");
    }

    @Test
    void parametersThatV1DoesNotSignAreNamed() {
        assertNamed(
                v1("/private-bucket/?prefix=team/&max-keys=5", "/private-bucket/?max-keys=5&prefix=team/"),
                "ParameterNotOfV1",
                "prefix");
        assertNamed(
                v1(
                        "/private-bucket/team/a?response-content-type=text%2Fplain",
                        "/private-bucket/team/a?response-content-type=text%2Fplain"),
                "ParameterEncoding",
                "decoded");
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-process=image%2Fresize&response-expires=0&a=%28, order",
        "a=%28&response-expires=0&x-oss-process=image/resize, slashes",
        "a=(&response-expires=0&x-oss-process=image%2Fresize, JavaScript",
        "'', empty"
    })
    void aV4QueryInAnotherSpellingIsNamed(String query, String how) {
        assertNamed(
                v4(
                        "/private-bucket/team/a?x-oss-process=image%2Fresize&response-expires=0&a=%28",
                        "/private-bucket/team/a", query),
                how.equals("empty") ? "ParameterNotSigned" : "QueryText",
                how.equals("empty") ? "x-oss-process" : how);
    }

    @Test
    void anotherPayloadLineIsNamed() {
        String canonical = "GET\n/private-bucket/team/a\n\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:"
                + ByHand.ISO + "\n\n\n" + ByHand.sha256("");
        assertNamed(v4Text("/private-bucket/team/a", canonical), "Payload", "x-oss-content-sha256");
    }

    @Test
    void contentThatAFormChangedIsNamed() {
        String text = "PUT\n\ntext/plain\n" + ByHand.RFC1123 + "\nx-oss-meta-a:1+1\n/private-bucket/team/a b+c.txt";
        VerifyRequest request = sent(
                "PUT",
                "/private-bucket/team/a%20b+c.txt",
                ByHand.v1(KEY, text.replace('+', ' ')),
                "Content-Type",
                "text/plain",
                "Date",
                ByHand.RFC1123,
                "x-oss-meta-a",
                "1+1");
        assertNamed(request, "ContentDecodedAsForm", "text/plain or as JSON");
    }

    @Test
    void lineEndsThatDoNotBelongThereAreNamed() {
        String v1 = "GET\n\n\n" + ByHand.RFC1123 + "\n/private-bucket/team/a";
        assertNamed(v1Text("/private-bucket/team/a", v1 + "\n"), "LineEnds", "ends in a line feed");
        assertNamed(v1Text("/private-bucket/team/a", v1.replace("\n", "\r\n")), "LineEnds", "carriage returns");
        assertNamed(v1Text("/private-bucket/team/a", v1.replace("\n/", "\n\n/")), "LineEnds", "empty line");
        assertNamed(
                v4Text(
                        "/private-bucket/team/a",
                        "GET\n/private-bucket/team/a\n\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:" + ByHand.ISO
                                + "\n\n\nUNSIGNED-PAYLOAD\n"),
                "LineEnds",
                "line feed");
    }
}
