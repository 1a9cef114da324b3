package io.countersign.upstream.s3;

import static io.countersign.upstream.s3.TranslatedStore.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.Upstream;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreObject;
import io.countersign.upstream.StoreTable;
import io.countersign.upstream.Translated;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamFault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store is asked before a request, and what its answer means. */
class S3QuestionTest {
    private static final String ID = TranslatedStore.REQUEST_ID;
    private static final Upstream UPSTREAM = new Upstream(
            Upstream.Protocol.S3,
            new Upstream.Endpoint(true, "rgw.example.com", 443),
            "us-east-1",
            "physical",
            true,
            new Upstream.Signer.ForeignKey("AKUPSTREAM"));
    private static final QueryParameters UPLOAD = QueryParameters.NONE.and("uploadId", "u");
    private static final Headers COPY = Headers.NONE.and("x-oss-copy-source", "/app-photos/b");
    private static final Headers FORBIDDING = Headers.NONE.and("x-oss-forbid-overwrite", "true");
    private static final String PARTS =
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>e</ETag></Part></CompleteMultipartUpload>";

    private static Optional<Translated> question(HttpMethod method, QueryParameters query, Headers headers, String body)
            throws OssRefusal {
        JudgedRequest judged = TranslatedStore.judged(
                TranslatedStore.bucket(UPSTREAM),
                method,
                object("a"),
                query,
                headers,
                body.getBytes(StandardCharsets.UTF_8));
        Optional<StoreObject> source =
                headers.first("x-oss-copy-source").map(encoded -> new StoreObject("other", "d e", Optional.empty()));
        S3Translation translation = new S3Translation();
        Translated translated =
                translation.request(judged, StoreTable.row(judged.operation(), Upstream.Protocol.S3), UPSTREAM, source);
        return translation.question(judged, translated, source);
    }

    private static Translated completion() throws OssRefusal {
        return question(HttpMethod.POST, UPLOAD, FORBIDDING, PARTS).orElseThrow();
    }

    private static Translated copy(String name, String value) throws OssRefusal {
        return question(HttpMethod.PUT, QueryParameters.NONE, COPY.and(name, value), "")
                .orElseThrow();
    }

    private static void assertHead(Translated question, String key, Headers headers) {
        assertThat(question.method()).isEqualTo(HttpMethod.HEAD);
        assertThat(question.key()).contains(key);
        assertThat(question.query()).isEqualTo(QueryParameters.NONE);
        assertThat(question.headers()).isEqualTo(headers);
        assertThat(question.body()).isEqualTo(new UpstreamBody.None());
    }

    @Test
    void theKeyOfAnUploadIsAskedForWithoutACondition() throws OssRefusal {
        assertHead(completion(), "a", Headers.NONE);
    }

    @Test
    void theSourceOfACopyIsAskedForOnTheCondition() throws OssRefusal {
        assertHead(copy("x-oss-copy-source-if-match", "\"e\""), "d e", Headers.NONE.and("if-match", "\"e\""));
        Headers part = COPY.and("x-oss-copy-source-range", "bytes=0-1")
                .and("x-oss-copy-source-if-none-match", "e")
                .and("x-oss-copy-source-if-modified-since", "Sat, 01 Jan 2000 00:00:00 GMT");
        assertHead(
                question(HttpMethod.PUT, UPLOAD.and("partNumber", "1"), part, "")
                        .orElseThrow(),
                "d e",
                Headers.NONE.and("if-none-match", "\"e\"").and("if-modified-since", "Sat, 01 Jan 2000 00:00:00 GMT"));
    }

    @ParameterizedTest
    @CsvSource({
        "e-1, '\"e-1\"'",
        "'\"e-1\"', '\"e-1\"'",
        "*, *",
        "'\"a\", \"b\"', '\"a\", \"b\"'",
        "'W/\"a\"', 'W/\"a\"'"
    })
    void anETagOfAHeadHasItsQuotes(String value, String asked) throws OssRefusal {
        assertHead(copy("x-oss-copy-source-if-match", value), "d e", Headers.NONE.and("if-match", asked));
    }

    @Test
    void nothingIsAskedWithoutACondition() throws OssRefusal {
        assertThat(question(HttpMethod.POST, UPLOAD, Headers.NONE, PARTS)).isEmpty();
        assertThat(question(HttpMethod.POST, UPLOAD, Headers.NONE.and("x-oss-forbid-overwrite", "false"), PARTS))
                .isEmpty();
        assertThat(question(HttpMethod.PUT, QueryParameters.NONE, COPY, "")).isEmpty();
        assertThat(question(HttpMethod.PUT, QueryParameters.NONE, FORBIDDING, "x"))
                .isEmpty();
        assertThat(question(HttpMethod.GET, QueryParameters.NONE, Headers.NONE.and("If-Match", "e"), ""))
                .isEmpty();
    }

    @Test
    void anAnswerIsTheOneThatTheRequestWouldHave() throws Exception {
        Translated completion = completion();
        assertThat(completion.answer().head(404, Headers.NONE, ID).status()).isEqualTo(200);
        assertRefused(completion, 200, OssError.FILE_ALREADY_EXISTS);
        Translated matching = copy("x-oss-copy-source-if-match", "e");
        assertThat(matching.answer().head(200, Headers.NONE, ID).status()).isEqualTo(200);
        assertRefused(matching, 404, OssError.NO_SUCH_KEY);
        AnswerHead failed = matching.answer().head(412, Headers.NONE, ID);
        assertThat(failed.status()).isEqualTo(412);
        AnswerHead same =
                copy("x-oss-copy-source-if-none-match", "e").answer().head(304, Headers.NONE.and("etag", "theirs"), ID);
        assertThat(same)
                .isEqualTo(new AnswerHead(304, Headers.NONE.and("x-oss-request-id", ID), new AnswerBody.None()));
    }

    private static void assertRefused(Translated question, int status, OssError error) throws Exception {
        AnswerHead head = question.answer().head(status, Headers.NONE.and("etag", "theirs"), ID);
        assertThat(head.status()).isEqualTo(error.status());
        assertThat(head.headers().has("etag")).isFalse();
        assertThat(question.answer()
                        .whole(status, Headers.NONE, Bytes.utf8("theirs"), ID)
                        .body()
                        .utf8())
                .contains("<Code>" + error.code() + "</Code>", "<Key>a</Key>")
                .doesNotContain("theirs");
    }

    @Test
    void everyOtherAnswerIsAFault() throws OssRefusal {
        Translated completion = completion();
        Translated copy = copy("x-oss-copy-source-if-match", "e");
        IntStream.range(100, 600).forEach(status -> {
            if (status != 200 && status != 404) {
                assertFault(completion, status);
            }
            if (status != 200 && status != 404 && status != 412) {
                // 304 to the condition that an object is a certain one is none of HTTP's answers.
                assertFault(copy, status);
            }
        });
    }

    private static void assertFault(Translated question, int status) {
        assertThatExceptionOfType(UpstreamFault.class)
                .isThrownBy(() -> question.answer().head(status, Headers.NONE, ID));
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-copy-source-if-none-match, 'a,b'",
        "x-oss-copy-source-if-none-match, *",
        "x-oss-copy-source-if-none-match, ''",
        "x-oss-copy-source-if-match, ''",
        "x-oss-copy-source-if-modified-since, 0",
        "x-oss-copy-source-if-unmodified-since, 'Sat, 01 Jan 2000 00:00:00 CET'",
        "x-oss-copy-source-if-unmodified-since, 'Sun, 01 Jan 2000 00:00:00 GMT'",
    })
    void whatAStoreWouldIgnoreIsRefused(String name, String value) {
        assertThatExceptionOfType(OssRefusal.class)
                .isThrownBy(() -> copy(name, value))
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(OssError.INVALID_ARGUMENT));
    }
}
