package io.countersign.upstream.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.http.Bytes;
import io.countersign.oss.Address;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.WholeAnswer;
import io.countersign.upstream.s3.S3Answer.Success;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets of a store's answers, and what it never gets. */
class S3AnswerTest {
    private static final String ID = TranslatedStore.REQUEST_ID;
    private static final String SECRETS = "<BucketName>physical</BucketName><AWSAccessKeyId>AKUPSTREAM</AWSAccessKeyId>"
            + "<StringToSign>AWS4-HMAC-SHA256</StringToSign><Resource>/physical/a</Resource>"
            + "<RequestId>theirs</RequestId><HostId>their-host</HostId>";

    private final S3Answer reading = answer(HttpMethod.GET, new Success.Object(), false);
    private final S3Answer writing = answer(HttpMethod.PUT, new Success.Done(200), false);
    private final S3Answer heading = answer(HttpMethod.HEAD, new Success.Object(), false);
    private final S3Answer listing =
            answer(HttpMethod.GET, new Success.Document(store -> S3Documents.copied("CopyObjectResult", store)), false);
    private final S3Answer copying =
            answer(HttpMethod.PUT, new Success.Tagged(store -> S3Documents.copied("CopyObjectResult", store)), false);

    @Test
    void anObjectHasTheHeadersOfTheTableAlone() throws UpstreamFault {
        Headers store = Headers.NONE
                .and("ETag", "\"a-2\"")
                .and("Content-Length", "7")
                .and("x-amz-meta-a", "1")
                .and("x-amz-storage-class", "STANDARD_IA")
                .and("x-amz-tagging-count", "2")
                .and("x-amz-server-side-encryption", "AES256")
                .and("x-amz-request-id", "theirs")
                .and("x-amz-id-2", "theirs")
                .and("x-amz-version-id", "v1")
                .and("x-amz-website-redirect-location", "/b")
                .and("x-oss-meta-forged", "1")
                .and("x-oss-hash-crc64ecma", "1")
                .and("Set-Cookie", "a=b")
                .and("Access-Control-Allow-Origin", "*")
                .and("Server", "physical")
                .and("Transfer-Encoding", "chunked");
        AnswerHead head = reading.head(200, store, ID);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEqualTo(new AnswerBody.Streamed());
        assertThat(head.headers().fields())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactlyInAnyOrder(
                        "x-oss-request-id: " + ID,
                        "etag: \"a-2\"",
                        "content-length: 7",
                        "x-oss-meta-a: 1",
                        "x-oss-storage-class: IA",
                        "x-oss-object-type: Multipart",
                        "x-oss-tagging-count: 2",
                        "x-oss-server-side-encryption: AES256");
    }

    @ParameterizedTest
    @CsvSource({
        "NoSuchKey, 404, NoSuchKey",
        "NoSuchUpload, 404, NoSuchUpload",
        "EntityTooSmall, 400, EntityTooSmall",
        "EntityTooLarge, 400, EntityTooLarge",
        "InvalidPart, 400, InvalidPart",
        "InvalidPartOrder, 400, InvalidPartOrder",
        "InvalidRange, 416, InvalidRange",
        "InvalidDigest, 400, InvalidDigest",
        "BadDigest, 400, InvalidDigest",
        "KeyTooLongError, 400, InvalidObjectName",
        "InvalidArgument, 400, InvalidArgument",
        "InvalidRequest, 400, InvalidArgument",
        "InvalidTag, 400, InvalidTag",
        "InvalidObjectState, 403, InvalidObjectState",
        "MissingContentLength, 411, MissingContentLength",
        "PreconditionFailed, 412, PreconditionFailed",
        "NotImplemented, 501, NotImplemented",
        "InternalError, 500, InternalError",
        "SlowDown, 503, ServiceUnavailable"
    })
    void anErrorIsOssesWithoutTheTextOfTheStore(String code, int status, String ofOss)
            throws UpstreamFault, OssRefusal {
        String store = "<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Code>" + code
                + "</Code><Message>physical says no</Message>" + SECRETS + "</Error>";
        AnswerHead head = reading.head(status, Headers.NONE, ID);
        assertThat(head.status()).isEqualTo(status);
        assertThat(head.headers().first("content-type")).contains("application/xml");
        String xml = reading.whole(status, Headers.NONE, Bytes.utf8(store), ID)
                .body()
                .utf8();
        assertThat(xml)
                .contains("<Code>" + ofOss + "</Code>", "<Key>a</Key>", "<RequestId>" + ID, "<HostId>oss.example.com")
                .doesNotContain("physical", "AKUPSTREAM", "AWS4", "theirs", "their-host", "xmlns");
    }

    /** As radosgw answers ListParts. A part that is copied has a source that may not be there. */
    @Test
    void aKeyThatIsNotThereIsTheUploadWhereItsPartsAreListed() throws UpstreamFault, OssRefusal {
        Bytes body = Bytes.utf8("<Error><Code>NoSuchKey</Code></Error>");
        Address address = writing.request().address();
        QueryParameters upload = QueryParameters.NONE.and("uploadId", "u");
        S3Answer parts =
                new S3Answer(new OssRequest(HttpMethod.GET, address, upload, Headers.NONE), listing.success(), false);
        assertThat(parts.whole(404, Headers.NONE, body, ID).body().utf8()).contains("<Code>NoSuchUpload</Code>");
        S3Answer copy = new S3Answer(
                new OssRequest(HttpMethod.PUT, address, upload, Headers.NONE.and("x-oss-copy-source", "/b/a")),
                copying.success(),
                false);
        assertThat(copy.whole(404, Headers.NONE, body, ID).body().utf8()).contains("<Code>NoSuchKey</Code>");
    }

    @Test
    void tellsWhatToSetWhereAPartIsTooSmall() throws UpstreamFault, OssRefusal {
        String xml = writing.whole(400, Headers.NONE, Bytes.utf8("<Error><Code>EntityTooSmall</Code></Error>"), ID)
                .body()
                .utf8();
        assertThat(xml).contains("smaller than the minimum allowed size", "part size", "5242880");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusalOfOurSignatureIsAFault(int status) {
        Bytes body = Bytes.utf8("<Error><Code>SignatureDoesNotMatch</Code>" + SECRETS + "</Error>");
        for (S3Answer answer : new S3Answer[] {reading, writing, heading, listing, copying}) {
            assertThatExceptionOfType(UpstreamFault.class)
                    .isThrownBy(() -> {
                        answer.head(status, Headers.NONE, ID);
                        answer.whole(status, Headers.NONE, body, ID);
                    })
                    .satisfies(fault -> assertThat(fault.getMessage())
                            .contains(Integer.toString(status))
                            .doesNotContain("physical", "AKUPSTREAM", "AWS4"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 205, 299, 300, 301, 302, 303, 307, 308})
    void aRedirectAndAStatusThatNoStoreGivesAreFaults(int status) {
        for (S3Answer answer : new S3Answer[] {reading, writing, heading, listing, copying}) {
            assertThatExceptionOfType(UpstreamFault.class)
                    .isThrownBy(() -> answer.head(status, Headers.NONE.and("Location", "http://physical"), ID));
        }
    }

    @Test
    void unmodifiedIsForReadsAlone() throws UpstreamFault {
        assertThat(reading.head(304, Headers.NONE.and("ETag", "\"a\""), ID)
                        .headers()
                        .first("etag"))
                .contains("\"a\"");
        assertThatExceptionOfType(UpstreamFault.class).isThrownBy(() -> writing.head(304, Headers.NONE, ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Error><Code>NoSuchBucket</Code><BucketName>physical</BucketName></Error>",
                "<Error><Code>NoSuchKey\ninjected</Code></Error>",
                "<Error/>",
                "<Other><Code>NoSuchKey</Code></Other>",
                "<html><body>404</body></html>",
                "not XML",
                "<!DOCTYPE Error [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Error><Code>&e;</Code></Error>"
            })
    void anErrorThatIsNotForAClientIsAFault(String body) {
        assertThatExceptionOfType(UpstreamFault.class)
                .isThrownBy(() -> reading.whole(404, Headers.NONE, Bytes.utf8(body), ID))
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("physical", "\n", "injected"));
    }

    @Test
    void anErrorOfAnotherStatusIsAFault() {
        assertThatExceptionOfType(UpstreamFault.class)
                .isThrownBy(() ->
                        reading.whole(500, Headers.NONE, Bytes.utf8("<Error><Code>NoSuchKey</Code></Error>"), ID));
    }

    @ParameterizedTest
    @CsvSource({
        "InternalError, 500, InternalError",
        "SlowDown, 503, ServiceUnavailable",
        "NoSuchUpload, 404, NoSuchUpload",
        "EntityTooSmall, 400, EntityTooSmall",
        "PreconditionFailed, 412, PreconditionFailed"
    })
    void anErrorWithin200HasTheStatusOfOss(String code, int status, String ofOss) throws UpstreamFault, OssRefusal {
        Bytes body = Bytes.utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\n  <Error><Code>" + code
                + "</Code><Message>physical says no</Message>" + SECRETS + "</Error>");
        for (S3Answer answer : new S3Answer[] {listing, copying}) {
            assertThat(answer.head(200, Headers.NONE, ID).status()).isEqualTo(200);
            WholeAnswer whole = answer.whole(200, Headers.NONE, body, ID);
            assertThat(whole.head().status()).isEqualTo(status);
            assertThat(whole.head().headers().has("etag")).isFalse();
            assertThat(whole.body().utf8())
                    .contains("<Code>" + ofOss + "</Code>", "<RequestId>" + ID)
                    .doesNotContain("physical", "AKUPSTREAM", "AWS4", "theirs");
        }
    }

    @Test
    void aConditionThatFailsWithin200IsTheExistenceOfTheObject() throws UpstreamFault, OssRefusal {
        S3Answer onlyNew = answer(HttpMethod.POST, copying.success(), true);
        WholeAnswer whole =
                onlyNew.whole(200, Headers.NONE, Bytes.utf8("<Error><Code>PreconditionFailed</Code></Error>"), ID);
        assertThat(whole.head().status()).isEqualTo(409);
        assertThat(whole.body().utf8()).contains("<Code>FileAlreadyExists</Code>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SignatureDoesNotMatch", "AccessDenied", "NoSuchBucket", ""})
    void anErrorWithin200ThatIsNotForAClientIsAFault(String code) {
        Bytes body = Bytes.utf8("<Error><Code>" + code + "</Code>" + SECRETS + "</Error>");
        for (S3Answer answer : new S3Answer[] {listing, copying}) {
            assertThatExceptionOfType(UpstreamFault.class)
                    .isThrownBy(() -> answer.whole(200, Headers.NONE, body, ID))
                    .satisfies(fault ->
                            assertThat(fault.getMessage()).contains(code).doesNotContain("physical", "AKUPSTREAM"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"&quot;a-2&quot;, \"a-2\"", "a-2, \"a-2\"", "` &quot;a-2&quot; `, \"a-2\""})
    void anETagIsInTheHeadAsInTheDocument(String ofStore, String eTag) throws UpstreamFault, OssRefusal {
        Bytes body = Bytes.utf8("<CopyObjectResult><LastModified>2026-11-29T14:36:08Z</LastModified><ETag>" + ofStore
                + "</ETag></CopyObjectResult>");
        WholeAnswer whole = copying.whole(200, Headers.NONE.and("ETag", "\"other\""), body, ID);
        assertThat(whole.head().status()).isEqualTo(200);
        assertThat(whole.head().headers().fields())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactlyInAnyOrder("x-oss-request-id: " + ID, "content-type: application/xml", "etag: " + eTag);
        assertThat(whole.body().utf8()).contains("<ETag>" + eTag.replace("\"", "&quot;") + "</ETag>");
        assertThat(listing.whole(200, Headers.NONE, body, ID).head().headers().has("etag"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "&quot;&quot;", "&quot;", "a&#13;&#10;Set-Cookie: b", "a&quot;b", "a b", "\u00e9"})
    void anETagThatNoHeaderHasIsAFault(String eTag) {
        Bytes body = Bytes.utf8("<CopyObjectResult><LastModified>2026-11-29T14:36:08Z</LastModified><ETag>" + eTag
                + "</ETag></CopyObjectResult>");
        assertThatExceptionOfType(UpstreamFault.class).isThrownBy(() -> copying.whole(200, Headers.NONE, body, ID));
    }

    /** radosgw's way of keeping the connection. */
    @Test
    void aLongCopyTellsOfItsProgress() throws UpstreamFault, OssRefusal {
        Bytes body = Bytes.utf8("<CopyObjectResult>" + "<Progress>5368709120</Progress>".repeat(5120)
                + "<LastModified>2026-11-29T14:36:08Z</LastModified><ETag>a</ETag></CopyObjectResult>");
        AnswerHead head = copying.head(200, Headers.NONE, ID);
        assertThat(head.body())
                .isInstanceOfSatisfying(
                        AnswerBody.Rewritten.class,
                        read -> assertThat(read.maxBytes()).isGreaterThan(body.length()));
        assertThat(copying.whole(200, Headers.NONE, body, ID).body().utf8())
                .contains("<ETag>&quot;a&quot;</ETag>")
                .doesNotContain("Progress");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<CopyObjectResult/>",
                "<CopyObjectResult><ETag>a</ETag></CopyObjectResult>",
                "<CopyObjectResult><ETag>a</ETag><LastModified>yesterday</LastModified></CopyObjectResult>",
                "garbage"
            })
    void aDocumentThatIsNotTheOneAskedForIsAFault(String body) {
        assertThatExceptionOfType(UpstreamFault.class)
                .isThrownBy(() -> copying.whole(200, Headers.NONE, Bytes.utf8(body), ID));
    }

    @Test
    void writesTimesAsOssDoes() throws UpstreamFault, OssRefusal {
        for (String time :
                new String[] {"2026-11-29T14:36:08Z", "2026-11-29T14:36:08.123Z", "2026-11-29T14:36:08.123456789Z"}) {
            Bytes body = Bytes.utf8("<CopyObjectResult><LastModified>" + time
                    + "</LastModified><ETag>&quot;a&quot;</ETag></CopyObjectResult>");
            assertThat(listing.whole(200, Headers.NONE, body, ID).body().utf8())
                    .contains("<LastModified>2026-11-29T14:36:08.000Z</LastModified>");
        }
    }

    @Test
    void aHeadHasItsRefusalInAHeader() throws UpstreamFault {
        AnswerHead head = heading.head(404, Headers.NONE, ID);
        assertThat(head.body()).isEqualTo(new AnswerBody.None());
        String xml = new String(
                Base64.getDecoder().decode(head.headers().first("x-oss-err").orElseThrow()), StandardCharsets.UTF_8);
        assertThat(xml).contains("<Code>NoSuchKey</Code>", "<EC>0026-00000001</EC>");
        assertThatExceptionOfType(UpstreamFault.class).isThrownBy(() -> heading.head(400, Headers.NONE, ID));
    }

    @Test
    void aConditionThatFailsForANewObjectIsItsExistence() throws UpstreamFault, OssRefusal {
        S3Answer onlyNew = answer(HttpMethod.PUT, new Success.Done(200), true);
        assertThat(onlyNew.head(412, Headers.NONE, ID).status()).isEqualTo(409);
        assertThat(onlyNew.whole(412, Headers.NONE, Bytes.EMPTY, ID).body().utf8())
                .contains("<Code>FileAlreadyExists</Code>");
    }

    @Test
    void aHeaderThatIsRepeatedOrHasControlCharactersIsAFault() {
        assertThatExceptionOfType(UpstreamFault.class)
                .isThrownBy(
                        () -> reading.head(200, Headers.NONE.and("ETag", "a").and("etag", "b"), ID));
        assertThatExceptionOfType(UpstreamFault.class)
                .isThrownBy(() ->
                        reading.head(200, Headers.NONE.and("x-amz-meta-a", "1").and("X-Amz-Meta-A", "2"), ID));
        assertThatExceptionOfType(UpstreamFault.class)
                .isThrownBy(() -> reading.head(200, Headers.NONE.and("Expires", "a\r\nSet-Cookie: b"), ID));
    }

    private static S3Answer answer(HttpMethod method, Success success, boolean onlyNew) {
        Address address =
                new Address(TranslatedStore.object("a"), Address.Style.PATH, TranslatedStore.HOST, Optional.empty());
        return new S3Answer(new OssRequest(method, address, QueryParameters.NONE, Headers.NONE), success, onlyNew);
    }
}
