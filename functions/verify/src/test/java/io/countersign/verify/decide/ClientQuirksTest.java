package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.policy.Principal;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of official clients that differ from the documentation (docs/protocol.md 1, 3) are accepted. Every text to sign is written out and signed by hand. */
class ClientQuirksTest extends AbstractVerifierTest {
    private static final AccessKey ROOT = SampleRegistry.ROOT;
    private static final String PATH = "/private-bucket/team/a";
    private static final String URL = "http://localhost" + PATH;
    private static final String HASH = "x-oss-content-sha256";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static String canonical(String query, String headerLines, String additional) {
        return "GET\n" + PATH + "\n" + query + "\n" + headerLines + "\n" + additional + "\n" + UNSIGNED;
    }

    private static VerifyRequest get(String url, String... headers) {
        return VerifyRequests.of("GET", url, ByHand.headers(headers));
    }

    /** A V4 request in the usual form but for its query. */
    private static VerifyRequest v4(String wireQuery, String canonicalQuery) {
        String lines = HASH + ":" + UNSIGNED + "\nx-oss-date:" + ByHand.ISO + "\n";
        String authorization = ByHand.v4(ROOT, ByHand.ISO, canonical(canonicalQuery, lines, ""));
        return get(URL + "?" + wireQuery, "x-oss-date", ByHand.ISO, HASH, UNSIGNED, "Authorization", authorization);
    }

    /** A V1 request in the usual form but for its query. */
    private static VerifyRequest v1(String wireQuery, String resourceQuery) {
        String text = "GET\n\n\n" + ByHand.RFC1123 + "\n" + PATH + "?" + resourceQuery;
        return get(URL + "?" + wireQuery, "Date", ByHand.RFC1123, "Authorization", ByHand.v1(ROOT, text));
    }

    @Test
    void v4IsDatedByDateWhereThereIsNoOssDate() {
        String canonical = canonical("", HASH + ":" + UNSIGNED + "\n", "");
        assertAllowed(
                get(URL, "Date", ByHand.ISO, HASH, UNSIGNED, "Authorization", ByHand.v4(ROOT, ByHand.ISO, canonical)));
    }

    @Test
    void v4MayBeDatedInRfc1123() {
        String canonical = canonical("", "x-oss-date:" + ByHand.RFC1123 + "\n", "");
        assertAllowed(
                get(URL, "x-oss-date", ByHand.RFC1123, "Authorization", ByHand.v4(ROOT, ByHand.RFC1123, canonical)));
    }

    @ParameterizedTest
    @ValueSource(strings = {ByHand.RFC1123, ByHand.ISO})
    void v1MayBeDatedByOssDate(String date) {
        String text = "GET\n\n\n" + date + "\nx-oss-date:" + date + "\n" + PATH;
        assertAllowed(get(URL, "x-oss-date", date, "Authorization", ByHand.v1(ROOT, text)));
        String beside = "Sat, 21 Nov 2026 03:00:00 GMT";
        assertAllowed(get(URL, "x-oss-date", date, "Date", beside, "Authorization", ByHand.v1(ROOT, text)));
    }

    @Test
    void theFirstDaysOfAMonthMayHaveOneDigit() throws StoreUnavailable {
        String date = "Tue, 1 Dec 2026 03:00:00 GMT";
        VerifyRequest request =
                get(URL, "Date", date, "Authorization", ByHand.v1(ROOT, "GET\n\n\n" + date + "\n" + PATH));
        assertThat(verifier.verify(request, java.time.Instant.parse("2026-12-01T03:00:00Z"))
                        .allowed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OSS4-HMAC-SHA256 Credential=%1$s,AdditionalHeaders=host;range,Signature=%2$s",
                "OSS4-HMAC-SHA256 Credential=%1$s, AdditionalHeaders=host;range, Signature=%2$s",
                "OSS4-HMAC-SHA256 Credential=%1$s,Signature=%2$s,AdditionalHeaders=host;range",
                "OSS4-HMAC-SHA256 AdditionalHeaders=range;host, Signature=%2$s, Credential=%1$s",
                "OSS4-HMAC-SHA256  Signature=%2$s ,  Credential=%1$s , AdditionalHeaders=Range; Host "
            })
    void thePartsOfV4sAuthorizationMayHaveAnyOrder(String form) {
        String lines = "host:localhost\nrange:bytes=0-9\nx-oss-date:" + ByHand.ISO + "\n";
        String signature = ByHand.v4Signature(ROOT, ByHand.ISO, canonical("", lines, "host;range"));
        String authorization = form.formatted(ROOT.id() + "/" + ByHand.SCOPE, signature);
        assertAllowed(get(URL, "x-oss-date", ByHand.ISO, "Range", "bytes=0-9", "Authorization", authorization));
    }

    @Test
    void additionalHeadersThatAreAbsentOrSignedAnywayChangeNothing() {
        String signature = ByHand.v4Signature(
                ROOT, ByHand.ISO, canonical("", "range:bytes=0-9\nx-oss-date:" + ByHand.ISO + "\n", "range"));
        String authorization = "OSS4-HMAC-SHA256 Credential=" + ROOT.id() + "/" + ByHand.SCOPE
                + ",AdditionalHeaders=range;x-oss-date;x-oss-no-exist;no-exist,Signature=" + signature;
        assertAllowed(get(URL, "x-oss-date", ByHand.ISO, "Range", "bytes=0-9", "Authorization", authorization));
    }

    @Test
    void v1AcceptsATokenFromAHeaderThatItDoesNotSign() throws StoreUnavailable {
        AccessKey session = new AccessKey("STS.abc", Secret.of("secret-of-STS.abc"));
        SessionOpener opener = (id, token, now) -> new SessionOpener.Session(
                session.secret(),
                new Principal.AssumedRole(SampleRegistry.OWNER, "mobile", "alice", List.of(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                SampleRegistry.NOW.plusSeconds(3600));
        Verifier withSessions = new Verifier(registry.reader(), opener, new SigningKeys(4), BaseDomains.DEFAULT);
        String text = "GET\n\n\n" + ByHand.RFC1123 + "\n/readable-bucket/a";
        VerifyRequest request = get(
                "http://localhost/readable-bucket/a",
                "Date",
                ByHand.RFC1123,
                "security-token",
                "token",
                "Authorization",
                ByHand.v1(session, text));
        VerifyAnswer answer = withSessions.verify(request, SampleRegistry.NOW);
        assertThat(answer.allowed()).isTrue();
        assertThat(answer.principal().orElseThrow().type()).isEqualTo("AssumedRoleUser");
    }

    @Test
    void refusesThatTokenWithAKeyOfTheRegistry() {
        String authorization = ByHand.v1(ROOT, "GET\n\n\n" + ByHand.RFC1123 + "\n" + PATH);
        Headers good = ByHand.headers("Date", ByHand.RFC1123, "Authorization", authorization);
        assertAllowed(VerifyRequests.of("GET", URL, good));
        assertRefused(
                VerifyRequests.of("GET", URL, good.and("security-token", "token")),
                403,
                "SecurityTokenNotSupported",
                "0002-00000002");
        assertRefused(
                VerifyRequests.of("GET", URL, good.and("security-token", "a").and("x-oss-security-token", "a")),
                400,
                "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-meta-empty:\n", ""})
    void anEmptyHeaderIsSignedOrLeftOut(String line) {
        String v1 = "GET\n\n\n" + ByHand.RFC1123 + "\n" + line + PATH;
        assertAllowed(get(URL, "Date", ByHand.RFC1123, "x-oss-meta-empty", "", "Authorization", ByHand.v1(ROOT, v1)));
        String v4 = canonical("", "x-oss-date:" + ByHand.ISO + "\n" + line, "");
        assertAllowed(get(
                URL,
                "x-oss-date",
                ByHand.ISO,
                "x-oss-meta-empty",
                " ",
                "Authorization",
                ByHand.v4(ROOT, ByHand.ISO, v4)));
    }

    @ParameterizedTest
    @CsvSource({"acl,acl", "acl=,acl", "acl=,acl=", "acl&prefix=unsigned,acl"})
    void v1WritesAnEmptyValueInTwoWays(String wire, String signed) {
        assertAllowed(v1(wire, signed));
    }

    @Test
    void aNameWithoutAnEqualsSignIsNotSignedWithOne() {
        assertRefused(v1("acl", "acl="), 403, "SignatureDoesNotMatch", "0002-00000040");
        assertRefused(v4("acl", "acl="), 403, "SignatureDoesNotMatch", "0002-00000040");
        assertRefused(v4("acl&prefix=", "acl=&prefix="), 403, "SignatureDoesNotMatch", "0002-00000040");
    }

    @ParameterizedTest
    @CsvSource({"acl,acl", "acl=,acl", "acl=,acl=", "prefix=&max-keys=1,max-keys=1&prefix=", "b=&B=2,b=&B=2"})
    void v4WritesAnEmptyValueInTwoWays(String wire, String signed) {
        assertAllowed(v4(wire, signed));
    }

    @ParameterizedTest
    @CsvSource({
        "b=1&B=2&a=3&A=4,A=4&B=2&a=3&b=1",
        "b=1&B=2&a=3&A=4,a=3&A=4&b=1&B=2",
        "uploadid=x&Zone=1&part-number=2&part_number=3,Zone=1&part-number=2&part_number=3&uploadid=x",
        "uploadid=x&Zone=1&part-number=2&part_number=3,part_number=3&part-number=2&uploadid=x&Zone=1"
    })
    void namesOfMixedCaseAreSortedByBytesOrByLocale(String wire, String signed) {
        assertAllowed(v4(wire, signed));
    }

    @Test
    void anyOtherOrderOfNamesIsRefused() {
        assertRefused(v4("b=1&B=2&a=3&A=4", "b=1&B=2&a=3&A=4"), 403, "SignatureDoesNotMatch");
        assertRefused(v4("b=1&B=2&a=3&A=4", "A=4&a=3&B=2&b=1"), 403, "SignatureDoesNotMatch");
        assertRefused(v4("a=1&B=2", "a=2&B=1"), 403, "SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @CsvSource({
        "x=a/b,x=a%2Fb",
        "x=a%2fb,x=a%2Fb",
        "x=a+b,x=a%20b",
        "x=!()*~,x=%21%28%29%2A~",
        "x=%7E&y=%E4%B8%AD,x=~&y=%E4%B8%AD"
    })
    void v4DecodesBeforeItEncodes(String wire, String signed) {
        assertAllowed(v4(wire, signed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3599, 604_800})
    void aV4UrlIsGoodForAnyWholeNumberOfSeconds(long seconds) {
        String unsigned = "x-oss-credential=" + ROOT.id() + "%2F" + ByHand.SCOPE.replace("/", "%2F") + "&x-oss-date="
                + ByHand.ISO + "&x-oss-expires=" + seconds + "&x-oss-signature-version=OSS4-HMAC-SHA256";
        String signature = ByHand.v4Signature(ROOT, ByHand.ISO, canonical(unsigned, "", ""));
        assertAllowed(get(URL + "?" + unsigned + "&x-oss-signature=" + signature));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/private-bucket/team/a",
                "http://10.0.0.7/private-bucket/team/a",
                "http://[::1]:8080/private-bucket/team/a",
                "http://localhost:9000/private-bucket/team/a",
                "https://oss-cn-hangzhou.aliyuncs.com/private-bucket/team/a",
                "https://private-bucket.oss-cn-hangzhou.aliyuncs.com/team/a",
                "https://PRIVATE-BUCKET.oss-cn-hangzhou-internal.aliyuncs.com:443/team/a"
            })
    void everyAddressOfAnObjectHasOneTextToSign(String url) {
        String v1 = "GET\n\n\n" + ByHand.RFC1123 + "\n" + PATH;
        assertAllowed(get(url, "Date", ByHand.RFC1123, "Authorization", ByHand.v1(ROOT, v1)));
        String v4 = canonical("", "x-oss-date:" + ByHand.ISO + "\n", "");
        assertAllowed(get(url, "x-oss-date", ByHand.ISO, "Authorization", ByHand.v4(ROOT, ByHand.ISO, v4)));
    }

    @Test
    void aBucketInTheHostLeavesTheKeyToThePath() {
        String v1 = "GET\n\n\n" + ByHand.RFC1123 + "\n" + PATH;
        VerifyAnswer answer = assertAllowed(get(
                "/team/a",
                "Host",
                "private-bucket.oss-cn-hangzhou.aliyuncs.com",
                "Date",
                ByHand.RFC1123,
                "Authorization",
                ByHand.v1(ROOT, v1)));
        assertThat(answer.resource().orElseThrow()).endsWith(":private-bucket/team/a");
    }

    @Test
    void aHostThatBeginsWithADotIsTheService() {
        String authorization = ByHand.v1(ROOT, "GET\n\n\n" + ByHand.RFC1123 + "\n/");
        VerifyAnswer answer = assertAllowed(get(
                "/", "Host", ".oss-cn-hangzhou.aliyuncs.com", "Date", ByHand.RFC1123, "Authorization", authorization));
        assertThat(answer.action()).contains("oss:ListBuckets");
    }

    @Test
    void aCustomDomainIsSignedForWithItsBucket() {
        String text = "GET\n\n\n" + ByHand.RFC1123 + "\n/readable-bucket/hidden.txt";
        assertAllowed(get(
                "https://img.example.com/hidden.txt", "Date", ByHand.RFC1123, "Authorization", ByHand.v1(ROOT, text)));
        String withoutBucket = "GET\n\n\n" + ByHand.RFC1123 + "\n/hidden.txt";
        assertRefused(
                get(
                        "https://img.example.com/hidden.txt",
                        "Date",
                        ByHand.RFC1123,
                        "Authorization",
                        ByHand.v1(ROOT, withoutBucket)),
                403,
                "SignatureDoesNotMatch",
                "0002-00000040");
    }
}
