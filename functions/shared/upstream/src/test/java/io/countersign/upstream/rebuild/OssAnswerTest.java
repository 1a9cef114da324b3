package io.countersign.upstream.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.AnswerTranslator;
import io.countersign.upstream.UpstreamFault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client gets of a store's answer. */
class OssAnswerTest {
    private static final String ID = "OURS";

    private Requests requests;

    @BeforeEach
    void fill() throws Exception {
        requests = new Requests();
    }

    @Test
    void anObjectPassesWithTheHeadersThatAreItsOwn() throws Exception {
        Headers store = Headers.NONE
                .and("Content-Type", "image/png")
                .and("Content-Length", "10")
                .and("ETag", "\"e\"")
                .and("x-oss-meta-a", "b")
                .and("x-oss-hash-crc64ecma", "1")
                .and("x-oss-version-id", "v")
                .and("x-oss-request-id", "THEIRS")
                .and("x-oss-server-time", "1")
                .and("x-oss-server-side-encryption-key-id", "kms-key")
                .and("Server", "AliyunOSS")
                .and("Set-Cookie", "a=b")
                .and("Access-Control-Allow-Origin", "*")
                .and("Connection", "keep-alive");
        AnswerHead head = answer("GET", "/photos/k").head(200, store, ID);
        assertThat(head.body()).isEqualTo(new AnswerBody.Streamed());
        assertThat(head.headers().fields())
                .extracting(Headers.HeaderField::name)
                .containsExactlyInAnyOrder(
                        "x-oss-request-id",
                        "content-type",
                        "content-length",
                        "etag",
                        "x-oss-meta-a",
                        "x-oss-hash-crc64ecma",
                        "x-oss-version-id");
        assertThat(head.headers().first("x-oss-request-id")).hasValue(ID);
    }

    /** Its id is needed to complete it, and OSS says it nowhere else. */
    @Test
    void aLockOfABucketHasItsId() throws Exception {
        AnswerHead head = requests.prepared(requests.judged(
                        Requests.oss("POST", "/photos/?worm"), Optional.of("<InitiateWormConfiguration/>")))
                .answer()
                .head(200, Headers.NONE.and("x-oss-worm-id", "1666E2CFB2B3418A"), ID);
        assertThat(head.headers().first("x-oss-worm-id")).hasValue("1666E2CFB2B3418A");
    }

    @Test
    void aHeadHasTheLengthAndNoBody() throws Exception {
        AnswerHead head = answer("HEAD", "/photos/k").head(200, Headers.NONE.and("content-length", "10"), ID);
        assertThat(head.headers().first("content-length")).hasValue("10");
        assertThat(head.body()).isEqualTo(new AnswerBody.None());
    }

    @Test
    void unmodifiedIsNoError() throws Exception {
        AnswerHead head = answer("GET", "/photos/k").head(304, Headers.NONE.and("etag", "\"e\""), ID);
        assertThat(head.status()).isEqualTo(304);
        assertThat(head.headers().first("etag")).hasValue("\"e\"");
        assertThat(head.body()).isEqualTo(new AnswerBody.None());
    }

    @Test
    void aListNamesTheClientsBucketAndItsOwner() throws Exception {
        String told = body(answer("GET", "/photos?list-type=2"), 200, """
                <?xml version="1.0"?><ListBucketResult xmlns="http://doc.oss-cn-shanghai.aliyuncs.com"><Name>physical-photos</Name>
                <Prefix></Prefix><Contents><Key>physical-photos</Key><Size>1</Size><Owner><ID>1633</ID><DisplayName>1633</DisplayName></Owner></Contents></ListBucketResult>""");
        assertThat(told)
                .contains("<Name>photos</Name>", "<Key>physical-photos</Key>", "<Size>1</Size>")
                .contains("<Owner><ID>7</ID><DisplayName>7</DisplayName></Owner>")
                .doesNotContain("1633", "aliyuncs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /photos?versions | ListVersionsResult | Name",
                "GET | /photos?uploads | ListMultipartUploadsResult | Bucket",
                "GET | /photos/k?uploadId=U | ListPartsResult | Bucket",
                "POST | /photos/k?uploads | InitiateMultipartUploadResult | Bucket",
                "POST | /photos/k?uploadId=U | CompleteMultipartUploadResult | Bucket",
            })
    void everyDocumentThatNamesTheBucketNamesTheClients(String method, String target, String root, String element)
            throws Exception {
        String store = "<%s><%s>physical-photos</%s><Key>k</Key></%s>".formatted(root, element, element, root);
        assertThat(body(answer(method, target), 200, store))
                .contains("<%s>photos</%s>".formatted(element, element), "<Key>k</Key>")
                .doesNotContain("physical");
    }

    @Test
    void aFinishedUploadIsWhereTheClientPutIt() throws Exception {
        String store =
                "<CompleteMultipartUploadResult><Location>http://physical-photos.oss-cn-shanghai.aliyuncs.com/k</Location></CompleteMultipartUploadResult>";
        assertThat(body(answer("POST", "/photos/a%20b?uploadId=U"), 200, store))
                .contains("<Location>http://oss-cn-hangzhou.aliyuncs.com/photos/a%20b</Location>")
                .doesNotContain("physical");
    }

    @Test
    void aBucketsInformationIsTheRegistrys() throws Exception {
        String told = body(answer("GET", "/local?bucketInfo"), 200, """
                <BucketInfo><Bucket><CreationDate>2013-07-31T10:56:21.000Z</CreationDate><ExtranetEndpoint>oss-cn-shanghai.aliyuncs.com</ExtranetEndpoint>
                <Location>oss-cn-shanghai</Location><Name>physical-local</Name><Owner><ID>27183473914</ID></Owner><StorageClass>IA</StorageClass>
                <AccessControlList><Grant>private</Grant></AccessControlList><ServerSideEncryptionRule><KMSMasterKeyID>key</KMSMasterKeyID></ServerSideEncryptionRule>
                <BucketPolicy><LogBucket>logs</LogBucket></BucketPolicy></Bucket></BucketInfo>""");
        assertThat(told)
                .contains("<Name>local</Name>", "<Location>oss-cn-hangzhou</Location>", "<Grant>public-read</Grant>")
                .contains("<StorageClass>IA</StorageClass>", "<CreationDate>2013-07-31T10:56:21.000Z</CreationDate>")
                .doesNotContain("physical", "shanghai", "27183473914", "KMS", "logs");
    }

    @Test
    void aProcessTellsTheClientsBucket() throws Exception {
        AnswerTranslator answer = requests.prepared(requests.judged(
                        Requests.oss("POST", "/photos/k?x-oss-process"),
                        Optional.of("x-oss-process=image/resize,w_1|sys/saveas,o_dA")))
                .answer();
        assertThat(body(
                        answer,
                        200,
                        "{\"bucket\":\"physical-photos\",\"fileSize\":3,\"object\":\"t\",\"status\":\"OK\"}"))
                .isEqualTo("{\"bucket\":\"photos\",\"fileSize\":3,\"object\":\"t\",\"status\":\"OK\"}");
    }

    @Test
    void anErrorIsToldInOurWords() throws Exception {
        AnswerTranslator answer = answer("GET", "/photos/a%26b");
        AnswerHead head = answer.head(404, Headers.NONE.and("x-oss-ec", "0026-00000001"), ID);
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.headers().first("x-oss-ec")).hasValue("0026-00000001");
        assertThat(body(answer, 404, """
                <Error><Code>NoSuchKey</Code><Message>physical-photos says no</Message><RequestId>THEIRS</RequestId>
                <HostId>physical-photos.oss-cn-shanghai.aliyuncs.com</HostId><Key>x</Key><EC>0026-00000001</EC></Error>"""))
                .contains("<Code>NoSuchKey</Code>", "<RequestId>OURS</RequestId>", "<EC>0026-00000001</EC>")
                .contains("<BucketName>photos</BucketName>", "<Key>a&amp;b</Key>")
                .contains("<HostId>oss-cn-hangzhou.aliyuncs.com</HostId>")
                .doesNotContain("physical", "THEIRS");
    }

    @Test
    void aRangeTellsTheSize() throws Exception {
        assertThat(body(answer("GET", "/photos/k"), 416, """
                <Error><Code>InvalidRange</Code><ActualObjectSize>10</ActualObjectSize><PartNumber>x</PartNumber></Error>"""))
                .contains("<ActualObjectSize>10</ActualObjectSize>")
                .doesNotContain("PartNumber");
    }

    @Test
    void anAppendTellsWhereToGoOn() throws Exception {
        AnswerHead head = answer("POST", "/photos/k?append&position=0")
                .head(409, Headers.NONE.and("x-oss-next-append-position", "10"), ID);
        assertThat(head.headers().first("x-oss-next-append-position")).hasValue("10");
    }

    @Test
    void aRefusedHeadHasOurDocumentInItsHeader() throws Exception {
        String store = Base64.getEncoder()
                .encodeToString("<Error><Code>SymlinkTargetNotExist</Code><HostId>physical-photos</HostId></Error>"
                        .getBytes(StandardCharsets.UTF_8));
        AnswerHead head = answer("HEAD", "/photos/k").head(404, Headers.NONE.and("x-oss-err", store), ID);
        String told = new String(
                Base64.getDecoder().decode(head.headers().first("x-oss-err").orElseThrow()), StandardCharsets.UTF_8);
        assertThat(told).contains("SymlinkTargetNotExist", "OURS").doesNotContain("physical");
        assertThat(answer("HEAD", "/photos/k")
                        .head(404, Headers.NONE, ID)
                        .headers()
                        .first("x-oss-err"))
                .hasValueSatisfying(text ->
                        assertThat(new String(Base64.getDecoder().decode(text))).contains("NoSuchKey"));
    }

    @Test
    void anArchivedObjectSaysSo() throws Exception {
        assertThat(body(answer("GET", "/photos/k"), 403, "<Error><Code>InvalidObjectState</Code></Error>"))
                .contains("<Code>InvalidObjectState</Code>");
    }

    /** They say that our signature or configuration is wrong, or that the store cannot serve. */
    @ParameterizedTest
    @ValueSource(ints = {100, 301, 302, 307, 401, 429, 500, 502, 503})
    void theStoresOwnTroubleIsAFault(int status) {
        assertThatThrownBy(() -> answer("GET", "/photos/k")
                        .head(status, Headers.NONE.and("location", "https://physical-photos"), ID))
                .isInstanceOf(UpstreamFault.class)
                .hasMessageContaining(Integer.toString(status))
                .hasMessageNotContaining("physical");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | <Error><Code>SignatureDoesNotMatch</Code><StringToSign>OSS4 LTAI5tAppUser</StringToSign></Error>",
                "403 | <Error><Code>AccessDenied</Code></Error>",
                "403 | <Error><Code>InvalidAccessKeyId</Code></Error>",
                "403 | <Error><Code>NoSuchKey</Code></Error>",
                "404 | <Error><Code>NoSuchBucket</Code><BucketName>physical-photos</BucketName></Error>",
                "400 | <Error><Code>InvalidBucketName</Code></Error>",
                "400 | <Error><Code>&#10;forged line</Code></Error>",
                "404 | <html>not found</html>",
                "404 | not found",
                "404 | <!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><Error><Code>&b;</Code></Error>",
                "403 | ''",
            })
    void anErrorThatIsNotTheClientsIsAFault(int status, String document) {
        assertThatThrownBy(() -> body(answer("GET", "/photos/k"), status, document))
                .isInstanceOf(UpstreamFault.class)
                .hasMessageNotContainingAny("LTAI", "physical", "\n", "passwd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Error><Code>NoSuchKey</Code></Error>", "<a/>", "{}", "<ListBucketResult>"})
    void anotherDocumentIsAFault(String document) {
        assertThatThrownBy(() -> body(answer("GET", "/photos"), 200, document)).isInstanceOf(UpstreamFault.class);
    }

    @Test
    void aHeaderThatIsTwiceOrSplitsIsAFault() {
        assertThatThrownBy(() -> answer("GET", "/photos/k")
                        .head(200, Headers.NONE.and("etag", "a").and("ETag", "b"), ID))
                .isInstanceOf(UpstreamFault.class);
        assertThatThrownBy(
                        () -> answer("GET", "/photos/k").head(200, Headers.NONE.and("x-oss-meta-a", "a\r\nb: c"), ID))
                .isInstanceOf(UpstreamFault.class);
    }

    @Test
    void aWriteAnswersWithoutABody() throws Exception {
        AnswerHead head = answer("PUT", "/photos/k").head(200, Headers.NONE.and("content-length", "5"), ID);
        assertThat(head.body()).isEqualTo(new AnswerBody.None());
        assertThat(head.headers().has("content-length")).isFalse();
    }

    private AnswerTranslator answer(String method, String target) throws Exception {
        return requests.prepared(method, target).answer();
    }

    private static String body(AnswerTranslator answer, int status, String document) throws Exception {
        return answer.whole(status, Headers.NONE, Bytes.utf8(document), ID)
                .body()
                .utf8();
    }
}
