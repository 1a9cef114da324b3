package io.countersign.upstream.s3;

import static io.countersign.upstream.s3.TranslatedStore.BUCKET;
import static io.countersign.upstream.s3.TranslatedStore.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.upstream.s3.TranslatedStore.Answer;
import io.countersign.upstream.xml.XmlElement;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation of the table, translated, against a store that checks each signature. */
abstract class S3ServerContract {
    static final Target.Bucket WHOLE = new Target.Bucket(BUCKET);
    static final byte[] NOTHING = {};

    private static int buckets;

    /** Of a new bucket. */
    TranslatedStore store;

    private String physical;

    /** Whether the store keeps keys apart that one over files folds. */
    abstract boolean hasFlatNamespace();

    /** Running, for all tests of a class. */
    abstract S3Server server();

    @BeforeEach
    void makeBucket() throws Exception {
        physical = "physical-" + ++buckets;
        server().create(physical);
        store = new TranslatedStore(server(), physical);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void keepsAnObjectWithItsMetadata() throws Exception {
        Headers headers = Headers.NONE
                .and("Content-Type", "text/plain")
                .and("Cache-Control", "no-cache")
                .and("Content-Disposition", "attachment; filename=\"a.txt\"")
                .and("x-oss-meta-Owner", "ada  lovelace")
                .and("x-oss-storage-class", "Standard");
        Answer put = store.send(HttpMethod.PUT, object("a/b.txt"), QueryParameters.NONE, headers, bytes("hello"));
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.header("etag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(put.header("x-oss-request-id")).isEqualTo(TranslatedStore.REQUEST_ID);

        Answer got = store.get("a/b.txt");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body().utf8()).isEqualTo("hello");
        assertThat(got.header("content-type")).isEqualTo("text/plain");
        assertThat(got.header("cache-control")).isEqualTo("no-cache");
        assertThat(got.header("content-disposition")).isEqualTo("attachment; filename=\"a.txt\"");
        assertThat(got.header("x-oss-meta-owner")).isEqualTo("ada  lovelace");
        assertThat(got.header("x-oss-object-type")).isEqualTo("Normal");
        assertThat(got.header("content-length")).isEqualTo("5");
        assertThat(got.header("x-oss-request-id")).isEqualTo(TranslatedStore.REQUEST_ID);
        assertNothingOfTheStore(got);

        Answer head = store.send(HttpMethod.HEAD, object("a/b.txt"), QueryParameters.NONE, Headers.NONE, NOTHING);
        assertThat(head.header("content-length")).isEqualTo("5");
        assertThat(head.header("x-oss-meta-owner")).isEqualTo("ada  lovelace");
        assertThat(head.body().isEmpty()).isTrue();

        Answer meta = store.send(HttpMethod.HEAD, object("a/b.txt"), bare("objectMeta"), Headers.NONE, NOTHING);
        assertThat(meta.header("content-length")).isEqualTo("5");
        assertThat(meta.headers().has("x-oss-meta-owner")).isFalse();
    }

    @Test
    void anObjectWithoutATypeHasTheOneOfOss() throws Exception {
        store.put("a", "1");
        assertThat(store.get("a").header("content-type")).isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a b",
                "a+b",
                "a%b",
                "a%2Fb",
                "a&b=c?d#e",
                "dir/file",
                "中文/é😀",
                "a;b",
                "a:b@c,d$e",
                "~!*'()",
                "<xml>&amp;\"",
                "a\\b",
                ".hidden",
                "a..b/...",
                "tab\there"
            })
    void keepsKeysOfEverySort(String key) throws Exception {
        assertThat(store.put(key, key).status()).isEqualTo(200);
        assertThat(store.get(key).body().utf8()).isEqualTo(key);
        XmlElement list = list(QueryParameters.NONE.and("encoding-type", "url"));
        String encoded = list.first("Contents").orElseThrow().textOf("Key").orElseThrow();
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(key);
        assertThat(delete(false, key).all("Deleted")).hasSize(1);
        assertThat(store.get(key).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "/a", "./a", "a/./b", "a/../b", "..", ".", "a/..", "//"})
    void refusesKeysThatAStoreFoldsIntoOthers(String key) {
        assertThatExceptionOfType(OssRefusal.class)
                .isThrownBy(() -> store.get(key))
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(OssError.INVALID_OBJECT_NAME));
        assertThatExceptionOfType(OssRefusal.class).isThrownBy(() -> delete(false, key));
        assertThatExceptionOfType(OssRefusal.class).isThrownBy(() -> list(QueryParameters.NONE.and("prefix", key)));
    }

    /** A store over files gives the object without the slash. A prefix may end in one. */
    @Test
    void refusesKeysThatEndInASlash() throws Exception {
        store.put("a/b", "b");
        for (String key : List.of("a/b/", "a/")) {
            assertThatExceptionOfType(OssRefusal.class)
                    .isThrownBy(() -> store.get(key))
                    .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(OssError.INVALID_OBJECT_NAME));
            assertThatExceptionOfType(OssRefusal.class).isThrownBy(() -> store.put(key, ""));
            assertThatExceptionOfType(OssRefusal.class).isThrownBy(() -> delete(false, key));
        }
        assertThat(keys(list(QueryParameters.NONE.and("prefix", "a/")))).containsExactly("a/b");
        assertThat(store.get("a/b").body().utf8()).isEqualTo("b");
    }

    /** What {@code flatNamespace} says of a store; without it there are only refusals. */
    @Test
    void aStoreWithAFlatNamespaceKeepsKeysApart() throws Exception {
        try (TranslatedStore flat = new TranslatedStore(server(), server().flatUpstream(physical))) {
            flat.put("a/b", "plain");
            for (String other : List.of("a//b", "a/b/")) {
                assertThat(flat.get(other).status()).as(other).isEqualTo(hasFlatNamespace() ? 404 : 200);
            }
            assertThat(flat.put("a//b", "folded").status()).isEqualTo(200);
            assertThat(flat.get("a//b").body().utf8()).isEqualTo("folded");
            assertThat(flat.get("a/b").body().utf8()).isEqualTo(hasFlatNamespace() ? "plain" : "folded");
            for (String dots : List.of("a/./b", "a/../b", "..")) {
                assertThatExceptionOfType(OssRefusal.class)
                        .isThrownBy(() -> flat.get(dots))
                        .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(OssError.INVALID_OBJECT_NAME));
            }
            assertThat(flat.send(
                                    HttpMethod.GET,
                                    WHOLE,
                                    QueryParameters.NONE.and("prefix", "a//"),
                                    Headers.NONE,
                                    NOTHING)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void readsRangesAndConditions() throws Exception {
        String eTag = store.put("a", "0123456789").header("etag");
        Answer part = get("a", Headers.NONE.and("Range", "bytes=2-4"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body().utf8()).isEqualTo("234");
        assertThat(part.header("content-range")).isEqualTo("bytes 2-4/10");
        Answer outside = get("a", Headers.NONE.and("Range", "bytes=20-"));
        assertThat(outside.status()).isEqualTo(416);
        assertThat(outside.code()).isEqualTo("InvalidRange");
        assertThat(get("a", Headers.NONE.and("If-Match", eTag)).status()).isEqualTo(200);
        Answer other = get("a", Headers.NONE.and("If-Match", "\"0\""));
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.code()).isEqualTo("PreconditionFailed");
        Answer same = get("a", Headers.NONE.and("If-None-Match", eTag));
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body().isEmpty()).isTrue();
        assertThat(get("a", Headers.NONE.and("If-Modified-Since", "Sun, 01 Jan 2040 00:00:00 GMT"))
                        .status())
                .isEqualTo(304);
        assertThat(get("a", Headers.NONE.and("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"))
                        .status())
                .isEqualTo(412);
    }

    @Test
    void answersWithTheHeadersThatAreAsked() throws Exception {
        store.put("a", "1");
        QueryParameters query = QueryParameters.NONE
                .and("response-content-type", "text/csv")
                .and("response-content-disposition", "attachment; filename=b");
        Answer got = store.send(HttpMethod.GET, object("a"), query, Headers.NONE, NOTHING);
        assertThat(got.header("content-type")).isEqualTo("text/csv");
        assertThat(got.header("content-disposition")).isEqualTo("attachment; filename=b");
    }

    @Test
    void forbidsOverwritingAsOssDoes() throws Exception {
        Headers forbidding = Headers.NONE.and("x-oss-forbid-overwrite", "true");
        assertThat(put("a", forbidding, "first").status()).isEqualTo(200);
        Answer again = put("a", forbidding, "second");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("FileAlreadyExists");
        assertThat(store.get("a").body().utf8()).isEqualTo("first");
        assertThat(put("a", Headers.NONE.and("x-oss-forbid-overwrite", "false"), "third")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void checksTheDigestOfABody() throws Exception {
        Answer put = put("a", Headers.NONE.and("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg=="), "other");
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.code()).isEqualTo("InvalidDigest");
        assertThat(store.get("a").status()).isEqualTo(404);
    }

    @Test
    void anObjectThatIsNotThereIsOssesRefusal() throws Exception {
        Answer got = store.get("absent & <more>");
        assertThat(got.status()).isEqualTo(404);
        assertThat(got.code()).isEqualTo("NoSuchKey");
        assertThat(got.xml().textOf("Key")).contains("absent & <more>");
        assertThat(got.xml().textOf("HostId")).contains(TranslatedStore.HOST);
        assertThat(got.xml().textOf("RequestId")).contains(TranslatedStore.REQUEST_ID);
        assertNothingOfTheStore(got);
        Answer head = store.send(HttpMethod.HEAD, object("absent"), QueryParameters.NONE, Headers.NONE, NOTHING);
        assertThat(head.status()).isEqualTo(404);
        assertThat(new String(Base64.getDecoder().decode(head.header("x-oss-err")), StandardCharsets.UTF_8))
                .contains("<Code>NoSuchKey</Code>", "<RequestId>" + TranslatedStore.REQUEST_ID);
    }

    @Test
    void deletesAnObjectThatMayBeAbsent() throws Exception {
        store.put("a", "1");
        for (int i = 0; i < 2; i++) {
            assertThat(store.send(HttpMethod.DELETE, object("a"), QueryParameters.NONE, Headers.NONE, NOTHING)
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void deletesManyAndNamesThemAsAsked() throws Exception {
        store.put("a", "1");
        store.put("b c", "2");
        XmlElement result = delete(false, "a", "b c", "absent");
        assertThat(result.name()).isEqualTo("DeleteResult");
        assertThat(result.all("Deleted"))
                .extracting(deleted -> deleted.textOf("Key").orElseThrow())
                .containsExactly("a", "b c", "absent");
        assertThat(list(QueryParameters.NONE).all("Contents")).isEmpty();
        store.put("a", "1");
        assertThat(delete(true, "a").children()).isEmpty();
        assertThat(store.get("a").status()).isEqualTo(404);
    }

    @Test
    void listsInBothVersions() throws Exception {
        for (String key : List.of("a", "dir/1", "dir/2", "e f", "z")) {
            store.put(key, "12");
        }
        XmlElement whole = list(QueryParameters.NONE);
        assertThat(whole.name()).isEqualTo("ListBucketResult");
        assertThat(whole.textOf("Name")).contains(BUCKET);
        assertThat(whole.textOf("MaxKeys")).contains("100");
        assertThat(keys(whole)).containsExactly("a", "dir/1", "dir/2", "e f", "z");
        XmlElement first = whole.first("Contents").orElseThrow();
        assertThat(first.textOf("LastModified").orElseThrow()).matches("....-..-..T..:..:..\\.000Z");
        assertThat(first.textOf("Size")).contains("2");
        assertThat(first.textOf("Type")).contains("Normal");
        assertThat(first.textOf("StorageClass")).contains("Standard");
        assertThat(first.first("Owner").orElseThrow().textOf("ID")).contains(TranslatedStore.ACCOUNT);

        QueryParameters byFolder = QueryParameters.NONE.and("delimiter", "/");
        XmlElement folders = list(byFolder);
        assertThat(keys(folders)).containsExactly("a", "e f", "z");
        assertThat(folders.first("CommonPrefixes").orElseThrow().textOf("Prefix"))
                .contains("dir/");
        assertThat(keys(list(byFolder.and("prefix", "dir/")))).containsExactly("dir/1", "dir/2");

        XmlElement page = list(QueryParameters.NONE.and("max-keys", "2"));
        assertThat(page.textOf("IsTruncated")).contains("true");
        assertThat(page.textOf("NextMarker")).contains("dir/1");
        assertThat(keys(list(QueryParameters.NONE.and("marker", "dir/1")))).containsExactly("dir/2", "e f", "z");

        QueryParameters second = QueryParameters.NONE.and("list-type", "2");
        XmlElement two = list(second.and("max-keys", "4").and("start-after", "a"));
        assertThat(keys(two)).containsExactly("dir/1", "dir/2", "e f", "z");
        assertThat(two.textOf("KeyCount")).contains("4");
        assertThat(two.first("Contents").orElseThrow().first("Owner")).isEmpty();
        XmlElement cut = list(second.and("max-keys", "3"));
        String token = cut.textOf("NextContinuationToken").orElseThrow();
        assertThat(keys(list(second.and("continuation-token", token)))).containsExactly("e f", "z");
        assertThat(list(second.and("fetch-owner", "true"))
                        .first("Contents")
                        .orElseThrow()
                        .first("Owner"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"max-keys=0", "max-keys=1001", "max-keys=-1", "max-keys=a", "list-type=1", "encoding-type=base64"
            })
    void refusesAListThatOssDoesNotHave(String parameter) {
        String[] pair = parameter.split("=");
        assertThatExceptionOfType(OssRefusal.class)
                .isThrownBy(() -> list(QueryParameters.NONE.and(pair[0], pair[1])))
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(OssError.INVALID_ARGUMENT));
    }

    @Test
    void copiesWithinTheStore() throws Exception {
        put("from &", Headers.NONE.and("x-oss-meta-a", "1").and("Content-Type", "text/a"), "content");
        Headers source = Headers.NONE.and("x-oss-copy-source", "from &");
        Answer kept = store.send(
                HttpMethod.PUT, object("kept"), QueryParameters.NONE, source.and("x-oss-meta-a", "2"), NOTHING);
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.xml().name()).isEqualTo("CopyObjectResult");
        assertThat(kept.xml().textOf("LastModified").orElseThrow()).endsWith(".000Z");
        assertThat(kept.xml().textOf("ETag")).contains("\"9a0364b9e99bb480dd25e1f0284c8555\"");
        assertThat(kept.header("etag")).isEqualTo("\"9a0364b9e99bb480dd25e1f0284c8555\"");
        assertThat(store.get("kept").header("x-oss-meta-a")).isEqualTo("1");
        assertThat(store.get("kept").header("content-type")).isEqualTo("text/a");
        Headers replacing = source.and("x-oss-metadata-directive", "REPLACE").and("x-oss-meta-a", "2");
        store.send(HttpMethod.PUT, object("replaced"), QueryParameters.NONE, replacing, NOTHING);
        assertThat(store.get("replaced").header("x-oss-meta-a")).isEqualTo("2");
        assertThat(store.get("replaced").header("content-type")).isEqualTo("application/octet-stream");
        Answer absent = store.send(
                HttpMethod.PUT,
                object("b"),
                QueryParameters.NONE,
                Headers.NONE.and("x-oss-copy-source", "absent"),
                NOTHING);
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.code()).isEqualTo("NoSuchKey");
    }

    @Test
    void uploadsInParts() throws Exception {
        byte[] large = new byte[5 << 20];
        Arrays.fill(large, (byte) 'x');
        Headers metadata = Headers.NONE.and("x-oss-meta-a", "1").and("Content-Type", "text/a");
        Answer initiated = store.send(HttpMethod.POST, object("big file"), bare("uploads"), metadata, NOTHING);
        assertThat(initiated.xml().name()).isEqualTo("InitiateMultipartUploadResult");
        assertThat(initiated.xml().textOf("Bucket")).contains(BUCKET);
        assertThat(initiated.xml().textOf("Key")).contains("big file");
        String id = initiated.xml().textOf("UploadId").orElseThrow();
        QueryParameters upload = QueryParameters.NONE.and("uploadId", id);

        XmlElement uploads = store.send(HttpMethod.GET, WHOLE, bare("uploads"), Headers.NONE, NOTHING)
                .xml();
        assertThat(uploads.first("Upload").orElseThrow().textOf("Key")).contains("big file");
        assertThat(uploads.first("Upload").orElseThrow().textOf("UploadId")).contains(id);

        String one = store.send(HttpMethod.PUT, object("big file"), upload.and("partNumber", "1"), Headers.NONE, large)
                .header("etag");
        String two = store.send(
                        HttpMethod.PUT, object("big file"), upload.and("partNumber", "2"), Headers.NONE, bytes("end"))
                .header("etag");
        XmlElement parts = store.send(HttpMethod.GET, object("big file"), upload, Headers.NONE, NOTHING)
                .xml();
        assertThat(parts.all("Part"))
                .extracting(part -> part.textOf("Size").orElseThrow())
                .containsExactly("5242880", "3");
        assertThat(parts.textOf("NextPartNumberMarker")).contains("2");

        Answer completed =
                store.send(HttpMethod.POST, object("big file"), upload, Headers.NONE, bytes(complete(one, two)));
        assertThat(completed.status()).isEqualTo(200);
        assertThat(completed.xml().name()).isEqualTo("CompleteMultipartUploadResult");
        assertThat(completed.xml().textOf("ETag")).contains(completed.header("etag"));
        assertThat(completed.header("etag")).endsWith("-2\"");
        assertThat(completed.xml().textOf("Location")).contains("http://oss.example.com/app-photos/big%20file");
        assertNothingOfTheStore(completed);
        Answer got = get("big file", Headers.NONE.and("Range", "bytes=5242878-"));
        assertThat(got.body().utf8()).isEqualTo("xxend");
        assertThat(got.header("x-oss-object-type")).isEqualTo("Multipart");
        assertThat(got.header("x-oss-meta-a")).isEqualTo("1");
    }

    @Test
    void copiesPartsAndAbortsUploads() throws Exception {
        store.put("from", "0123456789");
        String id = store.send(HttpMethod.POST, object("to"), bare("uploads"), Headers.NONE, NOTHING)
                .xml()
                .textOf("UploadId")
                .orElseThrow();
        QueryParameters upload = QueryParameters.NONE.and("uploadId", id);
        Headers source = Headers.NONE.and("x-oss-copy-source", "from").and("x-oss-copy-source-range", "bytes=2-5");
        Answer copied = store.send(HttpMethod.PUT, object("to"), upload.and("partNumber", "1"), source, NOTHING);
        assertThat(copied.xml().name()).isEqualTo("CopyPartResult");
        String eTag = copied.xml().textOf("ETag").orElseThrow();
        assertThat(copied.header("etag")).isEqualTo(eTag).startsWith("\"");
        assertThat(store.send(HttpMethod.POST, object("to"), upload, Headers.NONE, bytes(complete(eTag)))
                        .status())
                .isEqualTo(200);
        assertThat(store.get("to").body().utf8()).isEqualTo("2345");

        String other = store.send(HttpMethod.POST, object("to"), bare("uploads"), Headers.NONE, NOTHING)
                .xml()
                .textOf("UploadId")
                .orElseThrow();
        QueryParameters aborted = QueryParameters.NONE.and("uploadId", other);
        assertThat(store.send(HttpMethod.DELETE, object("to"), aborted, Headers.NONE, NOTHING)
                        .status())
                .isEqualTo(204);
        XmlElement uploads = store.send(HttpMethod.GET, WHOLE, bare("uploads"), Headers.NONE, NOTHING)
                .xml();
        assertThat(uploads.all("Upload")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-copy-source-if-match, ETAG, 200",
        "x-oss-copy-source-if-match, BARE, 200",
        "x-oss-copy-source-if-match, '\"0\"', 412",
        "x-oss-copy-source-if-none-match, '\"0\"', 200",
        "x-oss-copy-source-if-none-match, ETAG, 304",
        "x-oss-copy-source-if-none-match, BARE, 304",
        "x-oss-copy-source-if-modified-since, 'Sat, 01 Jan 2000 00:00:00 GMT', 200",
        "x-oss-copy-source-if-modified-since, 'Sun, 01 Jan 2040 00:00:00 GMT', 304",
        "x-oss-copy-source-if-unmodified-since, 'Sun, 01 Jan 2040 00:00:00 GMT', 200",
        "x-oss-copy-source-if-unmodified-since, 'Sat, 01 Jan 2000 00:00:00 GMT', 412",
    })
    void copiesOnlyOnTheConditionOnTheSource(String name, String value, int status) throws Exception {
        String eTag = store.put("from &", "content").header("etag");
        // SDKs send an ETag without its quotes.
        String sent = value.replace("ETAG", eTag).replace("BARE", eTag.replace("\"", ""));
        Headers headers = Headers.NONE.and("x-oss-copy-source", "from &").and(name, sent);
        Answer copied = store.send(HttpMethod.PUT, object("to"), QueryParameters.NONE, headers, NOTHING);
        assertThat(copied.status()).isEqualTo(status);
        assertNothingOfTheStore(copied);
        assertThat(store.get("to").status()).isEqualTo(status == 200 ? 200 : 404);
        String id = store.send(HttpMethod.POST, object("big"), bare("uploads"), Headers.NONE, NOTHING)
                .xml()
                .textOf("UploadId")
                .orElseThrow();
        QueryParameters part = QueryParameters.NONE.and("uploadId", id).and("partNumber", "1");
        assertThat(store.send(HttpMethod.PUT, object("big"), part, headers, NOTHING)
                        .status())
                .isEqualTo(status);
        if (status == 412) {
            assertThat(copied.code()).isEqualTo("PreconditionFailed");
        }
        Answer absent = store.send(
                HttpMethod.PUT,
                object("to"),
                QueryParameters.NONE,
                headers.without("x-oss-copy-source").and("x-oss-copy-source", "absent"),
                NOTHING);
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.code()).isEqualTo("NoSuchKey");
    }

    @Test
    void completesNoUploadOverAnObjectThatMayNotBeOverwritten() throws Exception {
        store.put("a", "first");
        Answer forbidden = completeNew("a");
        assertThat(forbidden.status()).isEqualTo(409);
        assertThat(forbidden.code()).isEqualTo("FileAlreadyExists");
        assertNothingOfTheStore(forbidden);
        assertThat(store.get("a").body().utf8()).isEqualTo("first");
        assertThat(completeNew("b c").status()).isEqualTo(200);
        assertThat(store.get("b c").body().utf8()).isEqualTo("second");
    }

    /** Completes an upload that is not there. */
    final Answer completeNothing() throws Exception {
        return store.send(
                HttpMethod.POST,
                object("to"),
                QueryParameters.NONE.and("uploadId", "0"),
                Headers.NONE,
                bytes(complete("\"0\"")));
    }

    /** Completes an upload on the condition that its key has no object. */
    private Answer completeNew(String key) throws Exception {
        String id = store.send(HttpMethod.POST, object(key), bare("uploads"), Headers.NONE, NOTHING)
                .xml()
                .textOf("UploadId")
                .orElseThrow();
        QueryParameters upload = QueryParameters.NONE.and("uploadId", id);
        String part = store.send(
                        HttpMethod.PUT, object(key), upload.and("partNumber", "1"), Headers.NONE, bytes("second"))
                .header("etag");
        Headers forbidding = Headers.NONE.and("x-oss-forbid-overwrite", "true");
        return store.send(HttpMethod.POST, object(key), upload, forbidding, bytes(complete(part)));
    }

    @Test
    void refusesToCompleteWhatWasNotUploaded() throws Exception {
        String id = store.send(HttpMethod.POST, object("to"), bare("uploads"), Headers.NONE, NOTHING)
                .xml()
                .textOf("UploadId")
                .orElseThrow();
        QueryParameters upload = QueryParameters.NONE.and("uploadId", id);
        store.send(HttpMethod.PUT, object("to"), upload.and("partNumber", "1"), Headers.NONE, bytes("1"));
        Answer wrong = store.send(HttpMethod.POST, object("to"), upload, Headers.NONE, bytes(complete("\"0\"")));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.code()).isEqualTo("InvalidPart");
    }

    @Test
    void tellsOfTheBucket() throws Exception {
        store.put("a", "12345");
        store.put("b", "12");
        assertThat(store.send(HttpMethod.HEAD, WHOLE, QueryParameters.NONE, Headers.NONE, NOTHING)
                        .status())
                .isEqualTo(200);
        XmlElement stat = store.send(HttpMethod.GET, WHOLE, bare("stat"), Headers.NONE, NOTHING)
                .xml();
        assertThat(stat.textOf("Storage")).contains("7");
        assertThat(stat.textOf("ObjectCount")).contains("2");
        Answer info = store.send(HttpMethod.GET, WHOLE, bare("bucketInfo"), Headers.NONE, NOTHING);
        XmlElement bucket = info.xml().first("Bucket").orElseThrow();
        assertThat(bucket.textOf("Name")).contains(BUCKET);
        assertThat(bucket.textOf("Location")).contains("oss-cn-hangzhou");
        assertThat(bucket.first("AccessControlList").orElseThrow().textOf("Grant"))
                .contains("private");
        assertNothingOfTheStore(info);
    }

    void assertNothingOfTheStore(Answer answer) {
        String all = answer.headers() + answer.body().utf8();
        assertThat(all).doesNotContain(physical, S3Server.KEY.id(), "amz", "127.0.0.1");
    }

    private Answer get(String key, Headers headers) throws Exception {
        return store.send(HttpMethod.GET, object(key), QueryParameters.NONE, headers, NOTHING);
    }

    Answer put(String key, Headers headers, String content) throws Exception {
        return store.send(HttpMethod.PUT, object(key), QueryParameters.NONE, headers, bytes(content));
    }

    private XmlElement list(QueryParameters query) throws Exception {
        Answer answer = store.send(HttpMethod.GET, WHOLE, query, Headers.NONE, NOTHING);
        assertThat(answer.status()).as(answer.body().utf8()).isEqualTo(200);
        assertNothingOfTheStore(answer);
        return answer.xml();
    }

    private XmlElement delete(boolean quiet, String... keys) throws Exception {
        XmlElement.Builder body = new XmlElement.Builder("Delete").add("Quiet", Boolean.toString(quiet));
        for (String key : keys) {
            body.add(XmlElement.of("Object", List.of(XmlElement.of("Key", key))));
        }
        Answer answer = store.send(
                HttpMethod.POST,
                WHOLE,
                bare("delete"),
                Headers.NONE,
                body.build().document().toArray());
        assertThat(answer.status()).as(answer.body().utf8()).isEqualTo(200);
        return answer.xml();
    }

    private static List<String> keys(XmlElement list) {
        return list.all("Contents").stream()
                .map(object -> object.textOf("Key").orElseThrow())
                .toList();
    }

    private static String complete(String... eTags) {
        StringBuilder body = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < eTags.length; i++) {
            body.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
            body.append(eTags[i]).append("</ETag></Part>");
        }
        return body.append("</CompleteMultipartUpload>").toString();
    }

    static QueryParameters bare(String name) {
        return QueryParameters.NONE.and(QueryParameter.bare(name));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
