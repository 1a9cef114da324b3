package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials, dates and text that no decision may rest on, each with OSS's status, code and EC. */
class RefusalsTest extends AbstractVerifierTest {
    private static final AccessKey ROOT = SampleRegistry.ROOT;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ClientRequest READ = ClientRequest.get(SampleRegistry.PRIVATE, "a");
    private static final String SCOPE = "LTAI5tRoot/20261122/cn-hangzhou/oss/aliyun_v4_request";

    private static VerifyRequest replaced(VerifyRequest request, String header, String from, String to) {
        String value = request.headers().first(header).orElseThrow();
        assertThat(value).contains(from);
        return VerifyRequests.headers(request, request.headers().without(header).and(header, value.replace(from, to)));
    }

    private static VerifyRequest replacedInUrl(VerifyRequest request, String from, String to) {
        assertThat(request.url()).contains(from);
        return VerifyRequests.url(request, request.url().replace(from, to));
    }

    @ParameterizedTest
    @EnumSource
    void headerAndUrlCredentialsTogetherAreRefused(SignatureVersion inUrl) {
        for (SignatureVersion inHeader : SignatureVersion.values()) {
            VerifyRequest header = READ.signed(inHeader, ROOT);
            VerifyRequest url = READ.presigned(inUrl, ROOT, HOUR);
            VerifyAnswer.AnswerError error =
                    assertRefused(VerifyRequests.url(header, url.url()), 400, "InvalidArgument");
            assertThat(error.message()).endsWith("should be specified, not both.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDoubledAuthorizationIsRefused(SignatureVersion version) {
        VerifyRequest request = READ.signed(version, ROOT);
        String same = request.headers().first("authorization").orElseThrow();
        for (String second : List.of(same, "OSS other:c2ln", "")) {
            assertRefused(
                    VerifyRequests.headers(request, request.headers().and("Authorization", second)),
                    400,
                    "InvalidArgument");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDoubledDateIsRefused(SignatureVersion version) {
        VerifyRequest request = READ.signed(version, ROOT);
        for (String name : List.of("Date", "x-oss-date")) {
            String date = request.headers().first(name).orElse(ByHand.RFC1123);
            Headers once = request.headers().without(name.toLowerCase(java.util.Locale.ROOT));
            assertRefused(
                    VerifyRequests.headers(request, once.and(name, date).and(name, date)), 400, "InvalidArgument");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V1,OSSAccessKeyId",
        "V1,Expires",
        "V1,Signature",
        "V2,x-oss-access-key-id",
        "V2,x-oss-expires",
        "V2,x-oss-signature",
        "V4,x-oss-signature-version",
        "V4,x-oss-credential",
        "V4,x-oss-date",
        "V4,x-oss-expires",
        "V4,x-oss-signature"
    })
    void aDoubledParameterIsRefusedEvenWhenBothSayTheSame(SignatureVersion version, String name) {
        String url = READ.presigned(version, ROOT, HOUR).url();
        int start = url.indexOf(name + "=");
        int end = url.indexOf('&', start);
        String pair = end < 0 ? url.substring(start) : url.substring(start, end);
        assertRefused(VerifyRequests.of("GET", url + "&" + pair, Headers.NONE), 400, "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefix=a&prefix=b", "delimiter=/&delimiter=/"})
    void aDoubledParameterThatDecidesIsRefused(String query) {
        assertRefused(
                ClientRequest.get(SampleRegistry.PRIVATE, "").query(query).signed(SignatureVersion.V4, ROOT),
                400,
                "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LTAI5tRoot",
                "LTAI5tRoot/20261122/cn-hangzhou/oss",
                "LTAI5tRoot/20261122/cn-hangzhou/oss/aws4_request",
                "LTAI5tRoot/20261122/cn-hangzhou/oss/aliyun_v4_request/",
                "LTAI5tRoot/2026112/cn-hangzhou/oss/aliyun_v4_request",
                "LTAI5tRoot/2026112x/cn-hangzhou/oss/aliyun_v4_request",
                "LTAI5tRoot/20261122//oss/aliyun_v4_request",
                "/20261122/cn-hangzhou/oss/aliyun_v4_request",
                "LTAI5t/Root/20261122/cn-hangzhou/oss/aliyun_v4_request"
            })
    void aMalformedScopeIsRefused(String scope) {
        assertRefused(
                replaced(READ.signed(SignatureVersion.V4, ROOT), "authorization", SCOPE, scope),
                400,
                "InvalidArgument",
                "0002-00000223");
        assertRefused(
                replacedInUrl(
                        READ.presigned(SignatureVersion.V4, ROOT, HOUR),
                        SCOPE.replace("/", "%2F"),
                        scope.replace("/", "%2F")),
                400,
                "InvalidArgument",
                "0002-00000223");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20261121", "20261123", "00000000"})
    void aDayThatIsNotTheDatesIsRefused(String day) {
        assertRefused(
                replaced(READ.signed(SignatureVersion.V4, ROOT), "authorization", "/20261122/", "/" + day + "/"),
                400,
                "InvalidArgument",
                "0002-00000212");
        assertRefused(
                replacedInUrl(READ.presigned(SignatureVersion.V4, ROOT, HOUR), "%2F20261122%2F", "%2F" + day + "%2F"),
                400,
                "InvalidArgument",
                "0002-00000212");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "604801", "-1", "3600.5", "99999999999999999999", "1e3"})
    void aV4ExpiryOutOfBoundsIsRefused(String expires) {
        assertRefused(
                replacedInUrl(
                        READ.presigned(SignatureVersion.V4, ROOT, HOUR),
                        "x-oss-expires=3600",
                        "x-oss-expires=" + expires),
                400,
                "InvalidArgument",
                "0002-00000232");
    }

    @Test
    void aV1ExpiryThatIsNoNumberIsRefused() {
        VerifyRequest request = READ.presigned(SignatureVersion.V1, ROOT, HOUR);
        long expires = SampleRegistry.NOW.plus(HOUR).getEpochSecond();
        assertRefused(
                replacedInUrl(request, "Expires=" + expires, "Expires=soon"), 403, "AccessDenied", "0002-00000070");
    }

    @ParameterizedTest
    @EnumSource
    void aDateMoreThanFifteenMinutesOffIsRefusedWithItsTimes(SignatureVersion version) {
        for (int seconds : new int[] {-900, 900}) {
            assertAllowed(READ.date(SampleRegistry.NOW.plusSeconds(seconds)).signed(version, ROOT));
        }
        for (int seconds : new int[] {-901, 901}) {
            Instant date = SampleRegistry.NOW.plusSeconds(seconds);
            VerifyAnswer.AnswerError error =
                    assertRefused(READ.date(date).signed(version, ROOT), 403, "RequestTimeTooSkewed", "0002-00000504");
            assertThat(error.details())
                    .containsEntry("MaxAllowedSkewMilliseconds", "900000")
                    .containsEntry("RequestTime", date.toString().replace("Z", ".000Z"))
                    .containsEntry("ServerTime", "2026-11-22T03:00:00.000Z")
                    .hasSize(3);
        }
    }

    @Test
    void aV4UrlFromTheFutureIsTooSkewedToo() {
        Instant future = SampleRegistry.NOW.plusSeconds(901);
        VerifyAnswer.AnswerError error = assertRefused(
                READ.date(future).presigned(SignatureVersion.V4, ROOT, HOUR),
                403,
                "RequestTimeTooSkewed",
                "0002-00000504");
        assertThat(error.members())
                .containsEntry("requestTime", "2026-11-22T03:15:01.000Z")
                .containsEntry("serverTime", "2026-11-22T03:00:00.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-22T03:00:00Z", "Sun, 22 Nov 2026 03:00:00 +0000", "1795316400"})
    void aDateThatCannotBeReadIsRefused(String date) {
        for (SignatureVersion version : SignatureVersion.values()) {
            VerifyRequest request = READ.signed(version, ROOT);
            Headers dated = request.headers().without("x-oss-date").without("date");
            assertRefused(
                    VerifyRequests.headers(request, dated.and("Date", date)), 403, "AccessDenied", "0002-00000503");
            assertRefused(VerifyRequests.headers(request, dated), 403, "AccessDenied", "0002-00000503");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nx-oss-object-acl:public-read", "a\r\nb", "a\rb", "a\u0000b", "\u001f", "\u007f"})
    void aHeaderWithAControlCharacterIsRefused(String value) {
        for (String name : List.of("x-oss-meta-a", "Content-Type", "Date", "Range")) {
            assertRefused(READ.header(name, value).anonymous(), 400, "InvalidArgument");
        }
        VerifyRequest request = READ.signed(SignatureVersion.V1, ROOT);
        assertRefused(
                VerifyRequests.headers(request, request.headers().and("x-oss-meta-a", value)), 400, "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-a\n", "x-oss-a:b", "x-oss-a b", "", "x-oss-é"})
    void aHeaderNameThatHttpLacksIsRefused(String name) {
        assertRefused(READ.header(name, "v").anonymous(), 400, "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\t", " ", "\u0000", "\u007f", "\\", "#"})
    void aUrlWithARawControlCharacterIsRefused(String text) {
        for (String url : List.of(
                "http://localhost/readable-bucket/a" + text,
                "http://localhost/readable-bucket/a?x=" + text,
                "http://local" + text + "host/readable-bucket/a")) {
            assertRefused(VerifyRequests.of("GET", url, Headers.NONE), 400, "InvalidArgument");
        }
    }

    @Test
    void anEncodedNewlineInAKeyIsPartOfTheKey() {
        VerifyRequest request =
                ClientRequest.get(SampleRegistry.PRIVATE, "a\nb").signed(SignatureVersion.V1, ROOT);
        assertThat(request.url()).endsWith("/a%0Ab");
        assertAllowed(request);
        assertRefused(
                VerifyRequests.url(request, request.url().replace("%0A", "%0D%0A")), 403, "SignatureDoesNotMatch");
        assertRefused(VerifyRequests.url(request, request.url().replace("%0A", "%00")), 400, "InvalidObjectName");
    }

    @Test
    void aV1MismatchShowsTheStringToSign() {
        String text = "PUT\nbWQ1\ntext/plain\n" + ByHand.RFC1123
                + "\nx-oss-meta-a:b\nx-oss-object-acl:private\n/private-bucket/a b?partNumber=1&uploadId=U";
        Headers headers = ByHand.headers(
                "Date", ByHand.RFC1123,
                "Content-MD5", "bWQ1",
                "Content-Type", "text/plain",
                "X-Oss-Object-Acl", "private",
                "x-oss-meta-a", " b ",
                "Authorization", "OSS LTAI5tRoot:c2ln");
        VerifyAnswer.AnswerError error = assertRefused(
                VerifyRequests.of(
                        "PUT",
                        "http://localhost/private-bucket/a%20b?uploadId=U&encoding-type=url&partNumber=1",
                        headers),
                403,
                "SignatureDoesNotMatch",
                "0002-00000040");
        assertThat(error.details())
                .containsEntry("StringToSign", text)
                .containsEntry("OSSAccessKeyId", "LTAI5tRoot")
                .containsEntry("SignatureProvided", "c2ln")
                .doesNotContainKey("CanonicalRequest");
        assertThat(error.members()).containsEntry("stringToSign", text);
        assertThat(error.details().get("StringToSignBytes")).startsWith("50 55 54 0A 62");
    }

    @Test
    void aV4MismatchShowsTheCanonicalRequestWithItsTokenHashed() {
        AccessKey session = new AccessKey("STS.abc", Secret.of("secret"));
        SessionOpener opener = (id, token, now) -> new SessionOpener.Session(
                Secret.of("other"),
                new io.countersign.policy.Principal.AssumedRole(
                        SampleRegistry.OWNER, "r", "s", List.of(), java.util.Optional.empty()),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                SampleRegistry.NOW.plusSeconds(3600));
        Verifier withSessions =
                new Verifier(registry.reader(), opener, new io.countersign.signing.SigningKeys(4), BaseDomains.DEFAULT);
        VerifyRequest request = READ.token("very-secret").signed(SignatureVersion.V4, session);
        try {
            VerifyAnswer.AnswerError error =
                    withSessions.verify(request, SampleRegistry.NOW).error().orElseThrow();
            String shown = "GET\n/private-bucket/a\n\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:" + ByHand.ISO
                    + "\nx-oss-security-token:%s\n\n\nUNSIGNED-PAYLOAD";
            assertThat(error.details())
                    .containsEntry("CanonicalRequest", shown.formatted("sha256:" + ByHand.sha256("very-secret")))
                    .containsEntry(
                            "StringToSign",
                            "OSS4-HMAC-SHA256\n" + ByHand.ISO + "\n" + ByHand.SCOPE + "\n"
                                    + ByHand.sha256(shown.formatted("very-secret")));
        } catch (io.countersign.registry.store.StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aV1UrlIsAmbiguousLikeAHeader() {
        String expires = Long.toString(SampleRegistry.NOW.plus(HOUR).getEpochSecond());
        String signed = ByHand.v1Signature(SampleRegistry.USER, "GET\n\n\n" + expires + "\n/private-bucket/a?acl");
        String credentials = "OSSAccessKeyId=" + SampleRegistry.USER.id() + "&Expires=" + expires + "&Signature="
                + signed.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
        for (String url : List.of("/private-bucket/a%3Facl?", "/private-bucket/a?acl&")) {
            assertRefused(
                    VerifyRequests.of("GET", "http://localhost" + url + credentials, Headers.NONE),
                    403,
                    "AccessDenied");
        }
    }
}
