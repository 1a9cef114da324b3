package io.countersign.upstream.s3;

import static io.countersign.upstream.s3.TranslatedStore.BUCKET;
import static io.countersign.upstream.s3.TranslatedStore.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Upstream;
import io.countersign.upstream.Answerer;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreObject;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import io.countersign.upstream.Translated;
import io.countersign.upstream.UpstreamBody;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to a store, and what is refused before anything is sent. */
class S3TranslationTest {
    private static final Upstream UPSTREAM = new Upstream(
            Upstream.Protocol.S3,
            new Upstream.Endpoint(true, "s3.example", 443),
            "us-east-1",
            "physical",
            true,
            new Upstream.Signer.ForeignKey("AKUPSTREAM"));
    private static final Target.Bucket WHOLE = new Target.Bucket(BUCKET);
    private static final QueryParameters UPLOAD = QueryParameters.NONE.and("uploadId", "u1");

    /** A value that the translation takes, of each header that has not any. */
    private static final Map<String, String> VALUES = Map.of(
            "x-oss-storage-class", "IA",
            "x-oss-server-side-encryption", "AES256",
            "x-oss-forbid-overwrite", "false",
            "x-oss-copy-source-if-modified-since", "Sat, 01 Jan 2000 00:00:00 GMT",
            "x-oss-copy-source-if-unmodified-since", "Sat, 01 Jan 2000 00:00:00 GMT",
            "x-oss-metadata-directive", "REPLACE",
            "x-oss-tagging-directive", "Replace",
            "x-oss-range-behavior", "standard");

    @Test
    void everyHeaderOfTheTableIsTranslated() throws OssRefusal {
        for (StoreRow row : StoreTable.rows(Upstream.Protocol.S3)) {
            if (row.answerer() instanceof Answerer.Store) {
                for (String name : row.headers()) {
                    String sent = name.endsWith("-") ? name + "a" : name;
                    Headers headers = S3Headers.of(Headers.NONE.and(sent, VALUES.getOrDefault(name, "value")), row);
                    assertThat(headers.fields())
                            .as(row.operation() + " " + name)
                            .allSatisfy(field -> assertThat(field.name()).doesNotStartWith("x-oss-"));
                }
            }
        }
    }

    @Test
    void noHeaderGoesOnThatTheRowDoesNotName() throws OssRefusal {
        Headers client = Headers.NONE
                .and("Authorization", "OSS4-HMAC-SHA256 Credential=mine")
                .and("x-oss-security-token", "token")
                .and("x-oss-date", "20261129T000000Z")
                .and("x-oss-content-sha256", "UNSIGNED-PAYLOAD")
                .and("x-amz-acl", "public-read")
                .and("X-Amz-Meta-Forged", "1")
                .and("x-oss-meta-b", "2")
                .and("x-oss-object-acl", "public-read")
                .and("If-None-Match", "*")
                .and("User-Agent", "curl")
                .and("Cookie", "a=b");
        Translated put = put(client);
        assertThat(put.headers())
                .isEqualTo(Headers.NONE.and("x-amz-meta-b", "2").and("content-type", "application/octet-stream"));
        assertThat(put.query()).isEqualTo(QueryParameters.NONE);
        assertThat(put.body()).isEqualTo(new UpstreamBody.Measured());
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-storage-class, Standard, x-amz-storage-class, STANDARD",
        "x-oss-storage-class, IA, x-amz-storage-class, STANDARD_IA",
        "x-oss-tagging, a=1&b+c=%2F, x-amz-tagging, a=1&b%20c=%2F",
        "x-oss-tagging, a, x-amz-tagging, a=",
        "x-oss-server-side-encryption, AES256, x-amz-server-side-encryption, AES256",
        "x-oss-forbid-overwrite, true, if-none-match, *",
        "x-oss-meta-A-b_c, ' 1  2 ', x-amz-meta-a-b_c, 1  2",
        "Expires, 'Sun, 29 Nov 2026 00:00:00 GMT', expires, 'Sun, 29 Nov 2026 00:00:00 GMT'"
    })
    void translatesAHeader(String name, String value, String ofStore, String translated) throws OssRefusal {
        assertThat(put(Headers.NONE.and(name, value)).headers().first(ofStore)).contains(translated);
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-storage-class, Archive, NOT_IMPLEMENTED",
        "x-oss-storage-class, DeepColdArchive, NOT_IMPLEMENTED",
        "x-oss-storage-class, standard, INVALID_ARGUMENT",
        "x-oss-tagging, a=1&a=2, INVALID_ARGUMENT",
        "x-oss-server-side-encryption, KMS, NOT_IMPLEMENTED",
        "x-oss-forbid-overwrite, TRUE, INVALID_ARGUMENT",
        "x-oss-forbid-overwrite, '', INVALID_ARGUMENT",
        "x-oss-meta-a, é, INVALID_ARGUMENT",
        "content-encoding, 'gzip, AWS-Chunked', INVALID_ARGUMENT"
    })
    void refusesAValueBeforeAnythingIsSent(String name, String value, OssError error) {
        refused(error, () -> put(Headers.NONE.and(name, value)));
    }

    @Test
    void aBodyIsSentWithItsLength() throws OssRefusal {
        assertThat(put(Headers.NONE).body()).isEqualTo(new UpstreamBody.Measured());
        assertThat(translated(HttpMethod.PUT, object("a"), UPLOAD.and("partNumber", "1"), Headers.NONE, "content")
                        .body())
                .isEqualTo(new UpstreamBody.Measured());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true"})
    void refusesToForbidOverwritingWhereStoresIgnoreIt(String value) {
        Headers forbidding = Headers.NONE.and("x-oss-forbid-overwrite", value);
        refused(
                OssError.NOT_IMPLEMENTED,
                () -> translated(HttpMethod.POST, object("a"), bare("uploads"), forbidding, ""));
        refused(
                OssError.NOT_IMPLEMENTED,
                () -> translated(
                        HttpMethod.PUT,
                        object("a"),
                        QueryParameters.NONE,
                        forbidding.and("x-oss-copy-source", "b"),
                        ""));
    }

    @Test
    void completesOnTheConditionThatThereIsNoObject() throws OssRefusal {
        String parts =
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>";
        Translated complete = translated(
                HttpMethod.POST, object("a"), UPLOAD, Headers.NONE.and("x-oss-forbid-overwrite", "true"), parts);
        assertThat(complete.headers().first("if-none-match")).contains("*");
        assertThat(complete.query()).isEqualTo(UPLOAD);
    }

    @Test
    void aCopyTakesItsMetadataFromOnePlace() throws OssRefusal {
        Headers own = Headers.NONE
                .and("x-oss-copy-source", "b")
                .and("x-oss-meta-a", "1")
                .and("Content-Type", "text/a")
                .and("x-oss-storage-class", "IA");
        Translated kept = translated(HttpMethod.PUT, object("a"), QueryParameters.NONE, own, "");
        assertThat(kept.headers())
                .isEqualTo(
                        Headers.NONE.and("x-amz-storage-class", "STANDARD_IA").and("x-amz-copy-source", "/physical/b"));
        Translated replaced = translated(
                HttpMethod.PUT, object("a"), QueryParameters.NONE, own.and("x-oss-metadata-directive", "replace"), "");
        assertThat(replaced.headers().first("x-amz-metadata-directive")).contains("REPLACE");
        assertThat(replaced.headers().first("x-amz-meta-a")).contains("1");
        assertThat(replaced.headers().first("content-type")).contains("text/a");
    }

    @Test
    void theSourceOfACopyIsThePhysicalOne() throws OssRefusal {
        JudgedRequest judged = TranslatedStore.judged(
                TranslatedStore.bucket(UPSTREAM),
                HttpMethod.PUT,
                object("a"),
                QueryParameters.NONE,
                Headers.NONE.and("x-oss-copy-source", "/app-photos/b"),
                new byte[0]);
        Translated copy = translated(judged, Optional.of(new StoreObject("other", "d e/%é?", Optional.empty())));
        assertThat(copy.headers().all("x-amz-copy-source")).containsExactly("/other/d%20e/%25%C3%A9%3F");
        refused(
                OssError.NOT_IMPLEMENTED,
                () -> translated(judged, Optional.of(new StoreObject("other", "b", Optional.of("v1")))));
    }

    @Test
    void deletesByADocumentOfOurOwnWithItsDigest() throws OssRefusal {
        String body = "<Delete>\n  <Quiet>true</Quiet><Object><Key>a&amp;</Key></Object></Delete>";
        Translated delete = translated(HttpMethod.POST, WHOLE, bare("delete"), Headers.NONE, body);
        String ours = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<Delete><Quiet>false</Quiet><Object><Key>a&amp;</Key></Object></Delete>";
        assertThat(delete.body()).isEqualTo(new UpstreamBody.Given(Bytes.utf8(ours)));
        assertThat(delete.headers().first("content-md5").orElseThrow()).hasSize(24);
        refused(
                OssError.NOT_IMPLEMENTED,
                () -> translated(
                        HttpMethod.POST,
                        WHOLE,
                        bare("delete"),
                        Headers.NONE,
                        "<Delete><Object><Key>a</Key><VersionId>v</VersionId></Object></Delete>"));
        refused(
                OssError.MALFORMED_XML,
                () -> translated(HttpMethod.POST, WHOLE, bare("delete"), Headers.NONE, "<Delete/>"));
    }

    @Test
    void listsAreBoundedAndTheirNamesEncoded() throws OssRefusal {
        Translated list = translated(HttpMethod.GET, WHOLE, QueryParameters.NONE, Headers.NONE, "");
        assertThat(list.query())
                .isEqualTo(QueryParameters.NONE.and("max-keys", "100").and("encoding-type", "url"));
        Translated second = translated(
                HttpMethod.GET,
                WHOLE,
                QueryParameters.NONE
                        .and("list-type", "2")
                        .and("fetch-owner", "true")
                        .and("prefix", "a/")
                        .and("max-keys", "7"),
                Headers.NONE,
                "");
        assertThat(second.query())
                .isEqualTo(QueryParameters.NONE
                        .and("list-type", "2")
                        .and("prefix", "a/")
                        .and("max-keys", "7")
                        .and("encoding-type", "url"));
    }

    @Test
    void objectMetaIsAskedByHeadAlone() throws OssRefusal {
        assertThat(translated(HttpMethod.HEAD, object("a"), bare("objectMeta"), Headers.NONE, "")
                        .query())
                .isEqualTo(QueryParameters.NONE);
        refused(
                OssError.NOT_IMPLEMENTED,
                () -> translated(HttpMethod.GET, object("a"), bare("objectMeta"), Headers.NONE, ""));
    }

    @Test
    void whatTheTableDoesNotHaveIsNotTranslated() {
        for (String subResource : new String[] {"versions", "lifecycle", "policy", "website"}) {
            refused(
                    OssError.NOT_IMPLEMENTED,
                    () -> translated(HttpMethod.GET, WHOLE, bare(subResource), Headers.NONE, ""));
        }
        refused(
                OssError.NOT_IMPLEMENTED,
                () -> translated(HttpMethod.PUT, object("a"), bare("symlink"), Headers.NONE, ""));
        refused(
                OssError.NOT_IMPLEMENTED,
                () -> translated(HttpMethod.POST, object("a"), bare("append").and("position", "0"), Headers.NONE, ""));
    }

    private static Translated put(Headers headers) throws OssRefusal {
        return translated(HttpMethod.PUT, object("a"), QueryParameters.NONE, headers, "content");
    }

    private static Translated translated(
            HttpMethod method, Target target, QueryParameters query, Headers headers, String body) throws OssRefusal {
        Optional<StoreObject> source =
                headers.first("x-oss-copy-source").map(key -> new StoreObject("physical", key, Optional.empty()));
        return translated(
                TranslatedStore.judged(
                        TranslatedStore.bucket(UPSTREAM),
                        method,
                        target,
                        query,
                        headers,
                        body.getBytes(StandardCharsets.UTF_8)),
                source);
    }

    private static Translated translated(JudgedRequest judged, Optional<StoreObject> source) throws OssRefusal {
        StoreRow row = StoreTable.row(judged.operation(), Upstream.Protocol.S3);
        return new S3Translation().request(judged, row, UPSTREAM, source);
    }

    private static QueryParameters bare(String name) {
        return QueryParameters.NONE.and(QueryParameter.bare(name));
    }

    private interface Translating {
        Translated request() throws OssRefusal;
    }

    private static void refused(OssError error, Translating translating) {
        assertThatExceptionOfType(OssRefusal.class)
                .isThrownBy(translating::request)
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(error));
    }
}
