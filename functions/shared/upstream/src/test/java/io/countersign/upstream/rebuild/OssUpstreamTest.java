package io.countersign.upstream.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.registry.Upstream;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a store that speaks OSS; the official SDK checks what arrives there. */
class OssUpstreamTest {
    private Requests requests;

    @BeforeEach
    void fill() throws Exception {
        requests = new Requests();
    }

    @Test
    void anObjectGoesToThePhysicalBucketByItsHost() throws Exception {
        UpstreamRequest request = requests.prepared("GET", "/photos/a%20b/c%2Bd", "range", "bytes=0-9");
        assertThat(request.method()).isEqualTo(HttpMethod.GET);
        assertThat(request.endpoint())
                .isEqualTo(new Upstream.Endpoint(true, "physical-photos.oss-cn-shanghai.aliyuncs.com", 443));
        assertThat(request.host()).isEqualTo("physical-photos.oss-cn-shanghai.aliyuncs.com");
        assertThat(request.target()).isEqualTo("/a%20b/c%2Bd");
        assertThat(request.headers().first("range")).hasValue("bytes=0-9");
        assertThat(request.body()).isEqualTo(new UpstreamBody.None());
        isSigned(request);
    }

    @Test
    void orByItsPath() throws Exception {
        UpstreamRequest request = requests.prepared("PUT", "/local/a/b", "content-type", "text/plain");
        assertThat(request.endpoint().text()).isEqualTo("http://127.0.0.1:9000");
        assertThat(request.target()).isEqualTo("/physical-local/a/b");
        assertThat(request.body()).isEqualTo(new UpstreamBody.Streamed());
        assertThat(Requests.objection(Requests.FOREIGN, request)).isEmpty();
        assertThat(requests.prepared("GET", "/local?list-type=2").target()).isEqualTo("/physical-local/?list-type=2");
    }

    /** Verb, target, then headers; each as its operation of the table has it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET | /photos/k",
                "GET | /photos/k?versionId=null&x-oss-process=image/resize,w_100&response-content-type=text/plain",
                "GET | /photos/k | range | bytes=1- | if-range | \"e\" | x-oss-range-behavior | standard",
                "GET | /photos/k | if-match | \"e\" | if-none-match | \"f\" | if-modified-since | Sun, 22 Nov 2026 03:00:00 GMT",
                "HEAD | /photos/k?versionId=1",
                "HEAD | /photos/k?objectMeta",
                "PUT | /photos/k | content-type | image/png | content-md5 | 1B2M2Y8AsgTpgAmY7PhCfg== | x-oss-meta-a | b | cache-control | no-cache | expires | 0",
                "PUT | /photos/k | x-oss-storage-class | IA | x-oss-tagging | a=b&c=d%20e | x-oss-forbid-overwrite | true",
                "POST | /photos/k?append&position=0 | content-type | text/plain",
                "DELETE | /photos/k?versionId=1",
                "PUT | /photos/k?symlink | x-oss-symlink-target | a/b",
                "GET | /photos/k?symlink",
                "POST | /photos/k?uploads&encoding-type=url&sequential | content-type | text/plain",
                "PUT | /photos/k?partNumber=1&uploadId=U | content-type | text/plain",
                "DELETE | /photos/k?uploadId=U",
                "GET | /photos/k?uploadId=U&max-parts=10&part-number-marker=2",
                "GET | /photos?prefix=a%2F&delimiter=/&max-keys=10&marker=m",
                "GET | /photos?list-type=2&start-after=a&fetch-owner=true&continuation-token=t&encoding-type=url",
                "GET | /photos?versions&key-marker=k&version-id-marker=v",
                "GET | /photos?uploads&upload-id-marker=u&key-marker=k",
                "GET | /photos?bucketInfo",
                "GET | /photos?stat",
                "GET | /photos/k?tagging",
                "DELETE | /photos/k?tagging&versionId=1",
                "GET | /photos?lifecycle",
                "GET | /photos?style&styleName=s",
                "POST | /photos/k?restore",
            })
    void everyOneIsSignedWhole(String line) throws Exception {
        String[] parts = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
        UpstreamRequest request = requests.prepared(parts[0], parts[1], Arrays.copyOfRange(parts, 2, parts.length));
        isSigned(request);
        for (int i = 2; i < parts.length; i += 2) {
            assertThat(request.headers().first(parts[i])).as(parts[i]).isPresent();
        }
    }

    @Test
    void nothingOfTheClientsSignatureOrConnectionGoesOn() throws Exception {
        UpstreamRequest request = requests.prepared(
                "GET",
                "/photos/k?OSSAccessKeyId=LTAI5tClient&Expires=1&Signature=s&security-token=t&x-oss-ac-source-ip=10.0.0.1&x-oss-ac-subnet-mask=32&x-oss-countersign-once=0123456789abcdef0123456789abcdef",
                "authorization",
                "OSS LTAI5tClient:s",
                "date",
                "Sun, 22 Nov 2026 03:00:00 GMT",
                "x-oss-date",
                "20001122T030000Z",
                "x-oss-security-token",
                "CAIS",
                "x-oss-content-sha256",
                "e3b0",
                "user-agent",
                "client",
                "cookie",
                "session=1",
                "x-forwarded-for",
                "1.2.3.4",
                "accept-encoding",
                "gzip",
                "origin",
                "https://app.example.com");
        assertThat(request.target()).isEqualTo("/k");
        assertThat(request.headers().fields())
                .extracting(field -> field.name())
                .containsExactlyInAnyOrder("x-oss-date", "x-oss-content-sha256", "authorization");
        assertThat(request.headers().first("x-oss-date")).hasValue("20261122T030000Z");
        assertThat(request.headers().toString()).doesNotContain("LTAI5tClient", "CAIS");
        isSigned(request);
    }

    @Test
    void aSourceIsWrittenAnewWithItsPhysicalBucket() throws Exception {
        UpstreamRequest request =
                requests.prepared("PUT", "/photos/k", "x-oss-copy-source", "/archive/a+b%2Fc?versionId=v%2B1");
        assertThat(request.headers().first("x-oss-copy-source")).hasValue("/physical-archive/a%20b/c?versionId=v%2B1");
        isSigned(request);
        UpstreamRequest part = requests.prepared(
                "PUT",
                "/photos/k?partNumber=1&uploadId=U",
                "x-oss-copy-source",
                "/photos/a",
                "x-oss-copy-source-range",
                "bytes=0-9");
        assertThat(part.headers().first("x-oss-copy-source")).hasValue("/physical-photos/a");
        isSigned(part);
    }

    @ParameterizedTest
    @CsvSource({"/local/a", "/others/a", "/files/a", "/nobodys/a"})
    void aSourceInAnotherStoreIsRefused(String source) {
        refused("501 NotImplemented", () -> requests.prepared("PUT", "/photos/k", "x-oss-copy-source", source));
    }

    @Test
    void aLinkIsWrittenAnew() throws Exception {
        UpstreamRequest request = requests.prepared("PUT", "/photos/k?symlink", "x-oss-symlink-target", "a+b%2fc");
        assertThat(request.headers().first("x-oss-symlink-target")).hasValue("a%20b/c");
        isSigned(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../k", "a/../../others/k", "a/..", "./k", "%2e%2e/k", "a/%2E%2E/k"})
    void aLinkThatAServerCouldResolveElsewhereIsRefused(String target) {
        refused(
                "400 InvalidObjectName",
                () -> requests.prepared("PUT", "/photos/k?symlink", "x-oss-symlink-target", target));
    }

    @Test
    void aBodyThatWasReadIsGivenWithItsDigest() throws Exception {
        String keys = "<Delete><Object><Key>a</Key></Object></Delete>";
        UpstreamRequest request = requests.prepared(requests.judged(
                Requests.oss("POST", "/photos?delete", "content-md5", "stale", "content-type", "application/xml"),
                Optional.of(keys)));
        assertThat(request.body())
                .isInstanceOfSatisfying(
                        UpstreamBody.Given.class,
                        given -> assertThat(given.bytes().utf8()).isEqualTo(keys));
        assertThat(request.headers().first("content-md5")).hasValue("aFPqFnlCon58cZ4Qt7zwvQ==");
        isSigned(request);
    }

    @Test
    void aProcessSavesToThePhysicalBucketAlsoByDefault() throws Exception {
        String physical = base64("physical-photos");
        for (String saved : List.of("o_" + base64("thumb"), "o_" + base64("thumb") + ",b_" + base64("photos"))) {
            UpstreamRequest request = requests.prepared(requests.judged(
                    Requests.oss("POST", "/photos/k?x-oss-process"),
                    Optional.of("x-oss-process=image/resize,w_1|sys/saveas," + saved)));
            assertThat(((UpstreamBody.Given) request.body()).bytes().utf8())
                    .isEqualTo("x-oss-process=image/resize,w_1|sys/saveas,o_" + base64("thumb") + ",b_" + physical);
            assertThat(request.target()).isEqualTo("/k?x-oss-process");
            isSigned(request);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image/resize,w_1|sys/notify,topic_dA",
                "image/resize,w_1|sys/saveas,o_dA,b_YXJjaGl2ZQ",
                "image/resize,w_1|sys/saveas,o_dA,b_%%",
            })
    void aProcessThatReachesElsewhereIsRefused(String first, String second) {
        refused(
                "501 NotImplemented",
                () -> requests.prepared(requests.judged(
                        Requests.oss("POST", "/photos/k?x-oss-process"),
                        Optional.of("x-oss-process=" + first + "|" + second))));
    }

    @Test
    void aProcessOfAUrlThatSavesIsRefused() {
        refused(
                "501 NotImplemented",
                () -> requests.prepared("GET", "/photos/k?x-oss-process=image/resize,w_1%7Csys/saveas,o_dA"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /photos/k | x-oss-callback | e30= | 501 NotImplemented",
                "PUT | /photos/k?callback=e30= | content-type | text/plain | 501 NotImplemented",
                "PUT | /photos/k | x-oss-server-side-encryption-key-id | id | 501 NotImplemented",
                "PUT | /photos/k | x-oss-object-acl | public-read | 501 NotImplemented",
                "PUT | /photos/k | x-oss-request-payer | requester | 501 NotImplemented",
                "PUT | /photos/k | if-none-match | * | 501 NotImplemented",
                "PUT | /photos/k | range | bytes=0-1 | 501 NotImplemented",
                "GET | /photos/k | x-oss-unheard-of | 1 | 501 NotImplemented",
                "GET | /photos/k | X-Amz-Meta-a | 1 | 400 InvalidArgument",
                "GET | /photos/k | x-amz-security-token | 1 | 400 InvalidArgument",
                "GET | /photos/k?X-Amz-Signature=1 | accept | 1 | 400 InvalidArgument",
                "GET | /photos/k?unheard-of=1 | accept | 1 | 400 InvalidArgument",
                "GET | /photos/k?max-keys=1 | accept | 1 | 501 NotImplemented",
                "GET | /photos?website | accept | 1 | 501 NotImplemented",
                "PUT | /photos | content-type | text/xml | 501 NotImplemented",
                "PUT | /photos?policy | content-type | text/xml | 501 NotImplemented",
                "GET | /photos?encryption | accept | 1 | 501 NotImplemented",
                "GET | /photos/a/../b | accept | 1 | 400 InvalidObjectName",
                "GET | /photos/a/%2E%2e/b | accept | 1 | 400 InvalidObjectName",
                "GET | /photos/%2e/b | accept | 1 | 400 InvalidObjectName",
                "GET | /photos/.. | accept | 1 | 400 InvalidObjectName",
                "PUT | /photos/k | x-oss-copy-source | /archive/../x | 400 InvalidObjectName",
            })
    void whatTheTableDoesNotNameIsRefusedBeforeAnythingIsSent(
            String method, String target, String name, String value, String refusal) {
        refused(refusal, () -> requests.prepared(method, target, name, value));
    }

    @Test
    void aLineThatIsThereTwiceIsRefused() {
        refused(
                "400 InvalidArgument",
                () -> requests.prepared("GET", "/photos/k", "range", "bytes=0-1", "Range", "bytes=2-3"));
        refused(
                "400 InvalidArgument",
                () -> requests.prepared("PUT", "/photos/k", "x-oss-meta-a", "1", "X-Oss-Meta-A", "2"));
    }

    @Test
    void withoutAKeyNothingIsSent() {
        assertThatThrownBy(() -> requests.prepared("GET", "/keyless/k"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("keyless")
                .hasMessageContaining("no active access key");
    }

    @Test
    void aBucketWithoutAStoreIsNoneOfItsBusiness() {
        assertThatThrownBy(() -> requests.prepared("GET", "/files/k")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestShowsNoSignature() throws Exception {
        assertThat(requests.prepared("GET", "/photos/k").toString()).doesNotContain("Signature", "LTAI");
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('\u00e9', '\u4e2d', '\t', '\n', '+', '%', '/', '\\', '?', '#', ';')
                .ofMinLength(1)
                .ofMaxLength(60)
                .filter(key -> Arrays.stream(key.split("/", -1)).noneMatch(part -> part.matches("\\.{1,2}")));
    }

    @Provide
    Arbitrary<List<String>> metadata() {
        Arbitrary<String> name = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('-', '1')
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<String> value = Arbitraries.strings()
                .withCharRange('!', '~')
                .withChars('\u00e9', '\u4e2d')
                .ofMinLength(1)
                .ofMaxLength(30);
        return Combinators.combine(name, value)
                .as((first, second) -> List.of("x-oss-meta-" + first, second))
                .list()
                .uniqueElements(List::getFirst)
                .ofMaxSize(4)
                .map(pairs -> {
                    List<String> flat = new ArrayList<>();
                    pairs.forEach(flat::addAll);
                    return flat;
                });
    }

    @Property
    void keysAndMetadataOfEverySortArriveSigned(@ForAll("keys") String key, @ForAll("metadata") List<String> metadata)
            throws Exception {
        Requests fresh = new Requests();
        UpstreamRequest request =
                fresh.prepared("PUT", "/photos/" + PercentEncoding.encode(key), metadata.toArray(String[]::new));
        assertThat(Requests.objection(Requests.USER, request)).isEmpty();
    }

    private static void isSigned(UpstreamRequest request) throws OssRefusal {
        assertThat(Requests.objection(Requests.USER, request)).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void refused(String how, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OssRefusal.class,
                        refusal -> assertThat(refusal.error().status() + " "
                                        + refusal.error().code())
                                .isEqualTo(how));
    }
}
