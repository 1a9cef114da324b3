package io.countersign.gateway.store;

import static io.countersign.gateway.store.Arrivals.assertNone;
import static io.countersign.gateway.store.Arrivals.assertSound;
import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import io.countersign.oss.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that mean one thing to whoever judges them and another to the store: they are refused before anything is sent, or reach it as what was judged. */
class SmugglingTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
    private static final List<String> OPEN_BUCKETS = List.of(StoreFixture.OPEN, StoreFixture.OPEN_S3);
    private static final List<String> PRIVATE_BUCKETS = List.of(StoreFixture.PRIVATE, StoreFixture.PRIVATE_S3);

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture(Map.of("countersign.upstream.idle-timeout", "PT1S"));

    private static SignedRequests requests;

    @BeforeAll
    static void start() {
        requests = new SignedRequests(fixture.url());
    }

    @BeforeEach
    void answer() {
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
    }

    /** The statuses of all answers of the connection. */
    private static List<String> statuses(String request) throws IOException {
        String answers = RawConnection.exchange(fixture.url(), request.getBytes(StandardCharsets.ISO_8859_1));
        return STATUS.matcher(answers).results().map(found -> found.group(1)).toList();
    }

    private static void assertRefused(String request) throws IOException {
        assertThat(statuses(request)).as(request).hasSize(1).allMatch(status -> status.matches("400|403|404|405|501"));
        assertNone(fixture.store);
    }

    private static void assertPassesWithoutMark(String request) throws IOException {
        assertThat(statuses(request)).as(request).containsExactly("200");
        assertThat(fixture.store.received).hasSize(1);
        assertSound(fixture.store);
        fixture.store.received.clear();
    }

    private static String put(String bucket, String lines) {
        return requests.anonymous("PUT /" + bucket + "/a.txt", lines, "content");
    }

    private static String get(String bucket, String query, String lines) {
        return requests.anonymous("GET /" + bucket + "/a.txt" + query, lines, "");
    }

    private static String signedPut(String bucket, String lines) {
        String head = requests.head(HttpMethod.PUT, bucket, Optional.of("a.txt"), "", Map.of());
        return SignedRequests.whole(head + lines, "content");
    }

    @Test
    void theRequestsOfTheseTestsPassAsTheyStand() throws IOException {
        for (String bucket : OPEN_BUCKETS) {
            assertPassesWithoutMark(put(bucket, ""));
            assertPassesWithoutMark(get(bucket, "", ""));
        }
        for (String bucket : PRIVATE_BUCKETS) {
            assertPassesWithoutMark(signedPut(bucket, ""));
            assertThat(statuses(put(bucket, ""))).containsExactly("403");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-amz-acl",
                "x-amz-meta-a",
                "x-amz-copy-source",
                "x-amz-date",
                "x-amz-security-token",
                "x-amz-content-sha256",
                "x-amz-website-redirect-location",
                "x-amz-grant-full-control",
                "x-amz-tagging",
                "x-amz-object-lock-mode",
                "x-amz-server-side-encryption-customer-key",
                "x-amz-bypass-governance-retention",
                "x-goog-acl",
                "x-acs-security-token",
                "x-minio-force-delete",
                "x-rgw-quota-max-size",
                "x-emc-namespace"
            })
    void headersOfOtherStoresAreRefusedInAnyCase(String name) throws IOException {
        for (String spelled : List.of(name, name.toUpperCase(Locale.ROOT), capitalized(name))) {
            String line = spelled + ": smuggled\r\n";
            for (String bucket : OPEN_BUCKETS) {
                assertRefused(put(bucket, line));
                assertRefused(get(bucket, "", line));
            }
            for (String bucket : PRIVATE_BUCKETS) {
                assertRefused(signedPut(bucket, line));
            }
        }
    }

    private static String capitalized(String name) {
        return Pattern.compile("(^|-)([a-z])")
                .matcher(name)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) + found.group(2).toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-callback: smuggled",
                "x-oss-callback-var: smuggled",
                "x-oss-server-side-encryption-key-id: smuggled",
                "x-oss-server-side-data-encryption: smuggled",
                "x-oss-persist-headers: smuggled",
                "x-oss-copy-source-version-id: smuggled",
                "x-oss-symlink-target: smuggled",
                "x-oss-hash-ctx: smuggled",
                "x-oss-process: smuggled",
                "x-oss-acl: public-read",
                "x-oss-none-of-these: smuggled",
                "If-None-Match: *",
                "If-Match: smuggled",
                "Range: bytes=0-1",
                "Content-Range: bytes 0-1/2"
            })
    void headersOfOssThatChangeAWriteButAreNotInItsRowAreRefused(String line) throws IOException {
        for (String bucket : PRIVATE_BUCKETS) {
            assertRefused(signedPut(bucket, line + "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-meta-a : smuggled",
                "x-oss-meta-a\t: smuggled",
                " x-amz-acl: smuggled",
                "\tx-amz-acl: smuggled",
                "x-oss-meta-a\0: smuggled",
                "x-oss-meta-a",
                ": smuggled",
                "x-oss-meta-\u00e9: smuggled",
                "x-oss-meta(a): smuggled",
                "x-oss-meta-a: b\rx-amz-acl: smuggled",
                "x-oss-meta-a: b\0smuggled",
                "x-oss-meta-a: b\u000bsmuggled"
            })
    void linesThatOneReaderTakesForAnotherAreRefused(String line) throws IOException {
        for (String bucket : OPEN_BUCKETS) {
            assertThat(statuses(put(bucket, line + "\r\n"))).as(line).containsExactly("400");
            assertNone(fixture.store);
        }
    }

    @Test
    void aLineThatEndsWithoutItsReturnIsNeverPartOfAnother() throws IOException {
        for (String bucket : OPEN_BUCKETS) {
            statuses(put(bucket, "x-oss-meta-a: b\nx-amz-acl: smuggled\r\n"));
            assertNone(fixture.store);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x_amz_acl: smuggled",
                "x_oss_object_acl: smuggled",
                "x.amz.acl: smuggled",
                "Cookie: a=smuggled",
                "Proxy-Authorization: Basic smuggled",
                "X-Forwarded-For: smuggled",
                "X-Forwarded-Host: smuggled",
                "X-Original-URI: /examplebucket/smuggled",
                "X-Rewrite-URL: /examplebucket/smuggled",
                "X-HTTP-Method-Override: smuggled",
                "X-Method-Override: smuggled",
                "Forwarded: host=smuggled",
                "Via: 1.1 smuggled",
                "TE: smuggled",
                "Keep-Alive: smuggled",
                "Upgrade: smuggled",
                "Referer: http://smuggled/",
                "User-Agent: smuggled",
                "Accept-Encoding: smuggled",
                "Origin: http://smuggled",
                "x-countersign-upstream-host: smuggled"
            })
    void whatMeansNothingToAStoreNeverGoesOn(String line) throws IOException {
        for (String bucket : OPEN_BUCKETS) {
            assertPassesWithoutMark(put(bucket, line + "\r\n"));
        }
    }

    @Test
    void aConnectionNeverNamesWhatIsLeftOut() throws IOException {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            assertThat(wire.send("PUT /postbox/a.txt HTTP/1.1\r\nHost: " + requests.host()
                                    + "\r\nConnection: x-oss-storage-class, host, authorization, smuggled\r\n"
                                    + "x-oss-storage-class: IA\r\nContent-Length: 1\r\n\r\na")
                            .answer())
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(fixture.store.last().header("x-oss-storage-class")).isEqualTo("IA");
        assertSound(fixture.store);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: a/b",
                "Content-MD5: mgNkuembtIDdJeHwKEyFVQ==",
                "Cache-Control: no-cache",
                "Content-Disposition: inline",
                "Content-Encoding: gzip",
                "Expires: Sun, 22 Nov 2026 03:00:00 GMT",
                "x-oss-meta-a: b",
                "x-oss-storage-class: IA",
                "x-oss-tagging: a=b",
                "x-oss-forbid-overwrite: true",
                "Expect: 100-continue",
                "If-Match: a",
                "Range: bytes=0-1",
                "X-None-Of-These: a"
            })
    void aHeaderThatComesTwiceIsRefused(String line) throws IOException {
        int colon = line.indexOf(':');
        String again = line.substring(0, colon).toUpperCase(Locale.ROOT) + ": other";
        for (String bucket : OPEN_BUCKETS) {
            assertRefused(put(bucket, line + "\r\n" + line + "\r\n"));
            assertRefused(put(bucket, line + "\r\n" + again + "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "x-oss-date", "x-oss-content-sha256", "authorization", "x-oss-security-token"})
    void aHeaderOfTheSignatureThatComesTwiceIsRefused(String name) throws IOException {
        for (String bucket : PRIVATE_BUCKETS) {
            String head = requests.head(HttpMethod.GET, bucket, Optional.of("a.txt"), "", Map.of());
            String line = head.lines()
                    .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .findFirst()
                    .orElse(name + ": a\r\n" + name + ": b");
            assertRefused(SignedRequests.whole(head + line + "\r\n", ""));
            assertRefused(SignedRequests.whole(
                    head.replaceFirst("\r\n", "\r\n" + name.toUpperCase(Locale.ROOT) + ": smuggled\r\n")
                            + (head.contains(line) ? "" : line + "\r\n"),
                    ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=smuggled&X-Amz-Signature=smuggled",
                "x-amz-acl=smuggled",
                "X-AMZ-ACL=smuggled",
                "x-id=GetObject",
                "AWSAccessKeyId=smuggled",
                "versionid=smuggled",
                "VersionId=smuggled",
                "ACL",
                "Acl=",
                "acl",
                "%61cl",
                "acl&ACL",
                "policy",
                "Policy=smuggled",
                "torrent",
                "website",
                "select&select-type=2",
                "partNumber=1",
                "legal-hold",
                "attributes",
                "x-oss-process=image/resize,w_1&x-oss-process=smuggled",
                "response-content-type=a&response-content-type=smuggled",
                "response-content-type=a&Response-Content-Type=smuggled",
                "a;acl",
                "=smuggled",
                "acl%00",
                "acl%20",
                "acl+",
                "%00acl",
                "x-oss-process%3dsmuggled",
                "?acl",
                "a=b?acl",
                "response-content-type=%0d%0asmuggled",
                "response-content-type=%ff",
                "response-content-type=%2"
            })
    void parametersThatAStoreMightReadAreRefused(String query) throws IOException {
        for (String bucket : OPEN_BUCKETS) {
            assertRefused(get(bucket, "?" + query, ""));
        }
    }

    @Test
    void versionsAreRefusedWhereTheStoreSpeaksS3() throws IOException {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE)) {
            assertRefused(requests.request(
                    method, StoreFixture.PRIVATE_S3, Optional.of("a.txt"), "versionId=1", Map.of(), ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../examplebucket/smuggled",
                "a/../../physical-examplebucket/smuggled",
                "%2e%2e/examplebucket/smuggled",
                "%2E%2E%2Fexamplebucket%2Fsmuggled",
                ".%2e/smuggled",
                "./smuggled",
                "a/./smuggled",
                "smuggled/..",
                "smuggled/.",
                "..",
                ".",
                "smuggled%00",
                "%c0%ae%c0%ae/smuggled",
                "smuggled%ff",
                "smuggled%2",
                "smuggled%zz",
                "/../smuggled"
            })
    void keysThatOneSideWouldFoldAreRefused(String path) throws IOException {
        for (String bucket : OPEN_BUCKETS) {
            assertRefused(requests.anonymous("GET /" + bucket + "/" + path, "", ""));
            assertRefused(requests.anonymous("PUT /" + bucket + "/" + path, "", "content"));
        }
    }

    static Stream<String> keysThatStay() {
        return Stream.of(
                "a b",
                "a+b",
                "a%b",
                "a%2Fb",
                "a%252Fb",
                "...",
                "..a",
                "a../b",
                "a/...",
                "a?b#c&d=e",
                "a;b:c@d,e$f",
                "~!*'()",
                "a\\..\\b",
                "\u4e2d\u6587/\u00e9",
                "\ud83d\ude00",
                "A",
                "a",
                "e\u0301",
                "k".repeat(1_023),
                "\u4e2d".repeat(341));
    }

    @ParameterizedTest
    @MethodSource
    void keysThatStay(String key) throws IOException {
        for (String bucket :
                List.of(StoreFixture.OPEN, StoreFixture.OPEN_S3, StoreFixture.PRIVATE, StoreFixture.PRIVATE_S3)) {
            String put = requests.request(HttpMethod.PUT, bucket, Optional.of(key), "", Map.of(), "content");
            assertThat(statuses(put)).as(bucket).containsExactly("200");
            ScriptedStore.Received got = fixture.store.last();
            assertThat(Arrivals.bucket(got)).isEqualTo(StoreFixture.PHYSICAL + bucket);
            assertThat(Arrivals.key(got)).contains(key);
        }
        assertSound(fixture.store);
    }

    @Test
    void aKeyThatIsTooLongIsRefused() throws IOException {
        for (String bucket : OPEN_BUCKETS) {
            assertRefused(requests.request(HttpMethod.PUT, bucket, Optional.of("k".repeat(1_024)), "", Map.of(), "c"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "physical-examplebucket.oss-cn-hangzhou.aliyuncs.com",
                "physical-postbox.oss-cn-hangzhou.aliyuncs.com",
                "examplebucket.oss-cn-hangzhou.aliyuncs.com",
                "s3private.oss-cn-hangzhou.aliyuncs.com",
                "examplebucket.oss-cn-hangzhou.aliyuncs.com:80",
                "EXAMPLEBUCKET.OSS-CN-HANGZHOU.ALIYUNCS.COM",
                "examplebucket.oss-cn-hangzhou.aliyuncs.com.",
                "postbox@examplebucket.oss-cn-hangzhou.aliyuncs.com",
                "evil.example.com",
                "169.254.169.254@127.0.0.1",
                "127.0.0.1:80:80",
                "127.0.0.1 postbox",
                "127.0.0.1/postbox",
                "127.0.0.1?",
                "127.0.0.1\\postbox",
                ""
            })
    void aHostThatNamesAnotherBucketOrNoneIsRefused(String host) throws IOException {
        String lines = "Host: " + host + "\r\n";
        assertRefused(SignedRequests.whole("GET /smuggled HTTP/1.1\r\n" + lines, ""));
        assertRefused(SignedRequests.whole("PUT /smuggled HTTP/1.1\r\n" + lines, "content"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"physical-postbox", "physical-publicbucket", "physical-examplebucket", "PostBox", "postbox."})
    void aStoresNameOfABucketIsNoBucketHere(String bucket) throws IOException {
        assertRefused(requests.anonymous("GET /" + bucket + "/smuggled", "", ""));
        assertRefused(requests.anonymous("PUT /" + bucket + "/smuggled", "", "content"));
    }

    @Test
    void aPathBelowAHostsBucketIsAKeyOfThatBucket() throws IOException {
        String host = "Host: postbox.oss-cn-hangzhou.aliyuncs.com\r\n";
        statuses(SignedRequests.whole("PUT /physical-examplebucket/a HTTP/1.1\r\n" + host, "content"));
        assertThat(fixture.store.received).hasSize(1);
        assertThat(Arrivals.bucket(fixture.store.last())).isEqualTo("physical-postbox");
        assertThat(Arrivals.key(fixture.store.last())).contains("physical-examplebucket/a");
        assertSound(fixture.store);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://postbox.oss-cn-hangzhou.aliyuncs.com/smuggled",
                "http://169.254.169.254/postbox/smuggled",
                "https://127.0.0.1/postbox/smuggled",
                "ftp://127.0.0.1/postbox/smuggled",
                "//evil.example.com/postbox/smuggled",
                "*",
                "postbox/smuggled",
                "127.0.0.1:443",
                "/postbox/smuggled#a",
                "/postbox/ smuggled"
            })
    void aTargetThatNamesAnotherHostIsRefused(String target) throws IOException {
        assertRefused(requests.anonymous("GET " + target, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "PATCH", "COPY", "MOVE", "PROPFIND", "get", "SMUGGLED", "PRI"})
    void methodsThatOssDoesNotHaveAreRefused(String method) throws IOException {
        List<String> statuses = statuses(requests.anonymous(method + " /postbox/smuggled", "", ""));
        assertThat(statuses).hasSize(1).allMatch(status -> status.matches("400|403|405|501"));
        assertNone(fixture.store);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding:\r\n chunked",
                "X: y\rTransfer-Encoding: chunked",
                "Content-Length: 0\r\nContent-Length: 60",
                "Content-Length: 60\r\nContent-Length: 60",
                "Content-Length: 60, 60",
                "Content-Length: +60",
                "Content-Length: 0x3c",
                "Content-Length: 6e1",
                "Content-Length: -1",
                "Content-Length: ",
                "Content-Length: 18446744073709551676",
                "Content-Length:\r\n 60"
            })
    void aBodyWhoseEndIsDoubtfulIsRefused(String framing) throws IOException {
        String inner = "0\r\n\r\nGET /publicbucket/smuggled HTTP/1.1\r\nHost: " + requests.host() + "\r\n\r\n";
        for (String bucket : OPEN_BUCKETS) {
            String request = "PUT /" + bucket + "/a.txt HTTP/1.1\r\nHost: " + requests.host() + "\r\n" + framing
                    + "\r\n\r\n" + inner;
            assertThat(statuses(request)).as(framing).containsExactly("400");
            assertNone(fixture.store);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x7\r\ncontent\r\n0\r\n\r\n",
                "-7\r\ncontent\r\n0\r\n\r\n",
                "ffffffffffffffff7\r\ncontent\r\n0\r\n\r\n",
                "7\r\ncontentX\r\n0\r\n\r\n",
                "7\r\ncontent0\r\n\r\n",
                "7 7\r\ncontent\r\n0\r\n\r\n",
                "\r\n7\r\ncontent\r\n0\r\n\r\n"
            })
    void aChunkWhoseEndIsDoubtfulNeverMakesAnObject(String body) throws IOException {
        for (String bucket : OPEN_BUCKETS) {
            String request = "PUT /" + bucket + "/a.txt HTTP/1.1\r\nHost: " + requests.host()
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n" + body + "GET /publicbucket/smuggled HTTP/1.1\r\nHost: "
                    + requests.host() + "\r\n\r\n";
            assertThat(statuses(request)).as(body).doesNotContain("200");
            assertThat(fixture.store.received).noneMatch(ScriptedStore.Received::whole);
            assertSound(fixture.store);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x-amz-acl: smuggled", "x-oss-meta-b: smuggled", "Authorization: smuggled", "Host: smuggled"})
    void trailersNeverGoOn(String trailer) throws IOException {
        for (String announced : List.of("", "Trailer: " + trailer.replaceFirst(":.*", "") + "\r\n")) {
            for (String bucket : OPEN_BUCKETS) {
                String request = "PUT /" + bucket + "/a.txt HTTP/1.1\r\nHost: " + requests.host() + "\r\n" + announced
                        + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ncontent\r\n0\r\n" + trailer
                        + "\r\n\r\n";
                assertThat(statuses(request)).as(trailer).doesNotContain("200");
                assertThat(fixture.store.received).noneMatch(ScriptedStore.Received::whole);
                assertSound(fixture.store);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE"})
    void aRequestInTheBodyOfAnotherReachesNoStore(String method) throws IOException {
        String inner = "GET /publicbucket/smuggled HTTP/1.1\r\nHost: " + requests.host() + "\r\n\r\n";
        for (String bucket : OPEN_BUCKETS) {
            assertThat(statuses(requests.anonymous(method + " /" + bucket + "/a.txt", "", inner)))
                    .hasSize(1)
                    .doesNotContain("200");
            assertNone(fixture.store);
        }
    }

    @Test
    void aRequestInAnUploadIsItsContent() throws IOException {
        String inner = "GET /publicbucket/smuggled HTTP/1.1\r\nHost: " + requests.host() + "\r\n\r\n";
        for (String bucket : OPEN_BUCKETS) {
            fixture.store.received.clear();
            assertThat(statuses(requests.anonymous("PUT /" + bucket + "/a.txt", "", inner)))
                    .containsExactly("200");
            assertThat(fixture.store.received).hasSize(1);
            assertThat(fixture.store.last().body()).isEqualTo(inner);
            assertSound(fixture.store);
        }
    }

    @Test
    void requestsOfOneConnectionReachTheStoreOneByOne() throws IOException {
        String host = " HTTP/1.1\r\nHost: " + requests.host() + "\r\n";
        String answers = RawConnection.exchange(
                fixture.url(),
                "PUT /postbox/1" + host + "Content-Length: 1\r\n\r\na"
                        + "GET /examplebucket/smuggled" + host + "\r\n"
                        + "GET /publicbucket/2" + host + "\r\n"
                        + "PUT /s3box/3" + host + "Content-Length: 3\r\n\r\nabc"
                        + "GET /publicbucket/4" + host + "Connection: close\r\n\r\n");
        assertThat(STATUS.matcher(answers).results().map(found -> found.group(1)))
                .containsExactly("200", "403", "200", "200", "200");
        assertThat(fixture.store.received)
                .extracting(ScriptedStore.Received::target)
                .containsExactly(
                        "/physical-postbox/1",
                        "/physical-publicbucket/2",
                        "/physical-s3box/3",
                        "/physical-publicbucket/4");
        assertSound(fixture.store);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/physical-examplebucket/a",
                "/physical-publicbucket/a",
                "/no-such-bucket/a",
                "/plainbucket/a",
                "/s3private/a",
                "//examplebucket/a",
                "/examplebucket/../publicbucket/a",
                "/examplebucket/a/../b",
                "/examplebucket/%2e%2e/physical-publicbucket/a",
                "/examplebucket/%c0%ae",
                "/examplebucket/a?acl",
                "/examplebucket/a?versionId=1&acl",
                "/examplebucket/a?versionId=1&versionId=2",
                "http://127.0.0.1/examplebucket/a",
                "/examplebucket",
                "/examplebucket/",
                "/",
                "*"
            })
    void aSourceOfACopyThatIsNotOneObjectOfTheSameStoreIsRefused(String source) throws IOException {
        assertRefused(requests.request(
                HttpMethod.PUT,
                StoreFixture.PRIVATE,
                Optional.of("a.txt"),
                "",
                Map.of("x-oss-copy-source", source),
                ""));
        assertRefused(requests.request(
                HttpMethod.PUT,
                StoreFixture.PRIVATE,
                Optional.of("a.txt"),
                "partNumber=1&uploadId=u",
                Map.of("x-oss-copy-source", source),
                ""));
    }

    @Test
    void theSourceOfACopyIsWrittenAnew() throws IOException {
        for (String bucket : PRIVATE_BUCKETS) {
            fixture.store.received.clear();
            statuses(requests.request(
                    HttpMethod.PUT,
                    bucket,
                    Optional.of("a.txt"),
                    "",
                    Map.of("x-oss-copy-source", "/" + bucket + "/a%20b%2Bc%2Fd"),
                    ""));
            assertThat(fixture.store.received).hasSize(1);
            assertThat(fixture.store.last().headers().entrySet())
                    .filteredOn(header -> header.getKey().endsWith("copy-source"))
                    .extracting(Map.Entry::getValue)
                    .containsExactly("/" + StoreFixture.PHYSICAL + bucket + "/a%20b%2Bc/d");
            assertSound(fixture.store);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sys/saveas,o_YQ,b_cGxhaW5idWNrZXQ",
                "sys/saveas,o_YQ,b_cGh5c2ljYWwtcHVibGljYnVja2V0",
                "sys/saveas,o_Li4vYQ",
                "sys/notify,topic_YQ",
                "sys/none"
            })
    void aProcessThatSavesElsewhereIsRefused(String process) throws IOException {
        assertRefused(requests.request(
                HttpMethod.POST,
                StoreFixture.PRIVATE,
                Optional.of("a.jpg"),
                "x-oss-process",
                Map.of(),
                "x-oss-process=image/resize,w_1|" + process));
        assertRefused(requests.request(
                HttpMethod.GET,
                StoreFixture.PRIVATE,
                Optional.of("a.jpg"),
                "x-oss-process=image%2Fresize%2Cw_1%7C"
                        + process.replace("/", "%2F").replace(",", "%2C"),
                Map.of(),
                ""));
    }
}
