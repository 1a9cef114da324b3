package io.countersign.upstream.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upstream;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import io.countersign.upstream.Translated;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.WholeAnswer;
import io.countersign.upstream.xml.PartList;
import io.countersign.upstream.xml.PartList.Part;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that a store completed, whose ETag radosgw 16 does not tell. */
class CompletedUploadTest {
    /** Of "2345", by radosgw, which answered at last with {@link #WHOLE}. */
    private static final String PART = "81b073de9370ea873f548e31b8adc081";

    private static final String WHOLE = "bff0abc2da71e00869f3ca2889f3db82-1";

    @Test
    void isTheOneOfTheStore() {
        assertThat(new PartList(List.of(new Part(1, PART))).eTagOfS3()).contains(WHOLE);
        assertThat(new PartList(List.of(new Part(1, '"' + PART.toUpperCase(Locale.ROOT) + '"'))).eTagOfS3())
                .contains(WHOLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "81b073de9370ea873f548e31b8adc08", "81b073de9370ea873f548e31b8adc081-1", "g"})
    void isUnknownWhereAPartsTagIsNoMd5(String tag) {
        assertThat(new PartList(List.of(new Part(1, PART), new Part(2, tag))).eTagOfS3())
                .isEmpty();
    }

    @Test
    void completesWithItWhereTheStoreHasAnEmptyOne() throws Exception {
        WholeAnswer answer = completed(PART, "<ETag></ETag>");
        assertThat(answer.head().headers().first("etag")).contains('"' + WHOLE + '"');
        assertThat(answer.body().utf8()).contains("<ETag>&quot;" + WHOLE + "&quot;</ETag>");
        assertThat(completed(PART, "<ETag>&quot;other&quot;</ETag>")
                        .head()
                        .headers()
                        .first("etag"))
                .as("the store's own")
                .contains("\"other\"");
    }

    @Test
    void anEmptyTagThatNobodyKnowsIsAFault() {
        assertThatExceptionOfType(UpstreamFault.class).isThrownBy(() -> completed("other", "<ETag></ETag>"));
        assertThatExceptionOfType(UpstreamFault.class).isThrownBy(() -> completed(PART, ""));
    }

    private static WholeAnswer completed(String tag, String ofStore) throws Exception {
        Upstream upstream = new Upstream(
                Upstream.Protocol.S3,
                new Upstream.Endpoint(true, "s3.example", 443),
                "us-east-1",
                "physical",
                true,
                new Upstream.Signer.ForeignKey("AKUPSTREAM"));
        Bucket bucket = TranslatedStore.bucket(upstream);
        byte[] body = new PartList(List.of(new Part(1, tag))).document().toArray();
        JudgedRequest judged = TranslatedStore.judged(
                bucket,
                HttpMethod.POST,
                TranslatedStore.object("a"),
                QueryParameters.NONE.and("uploadId", "u"),
                Headers.NONE,
                body);
        StoreRow row = StoreTable.row(judged.operation(), Upstream.Protocol.S3);
        Translated translated = new S3Translation().request(judged, row, upstream, Optional.empty());
        return translated
                .answer()
                .whole(
                        200,
                        Headers.NONE,
                        Bytes.utf8("<CompleteMultipartUploadResult>" + ofStore + "</CompleteMultipartUploadResult>"),
                        TranslatedStore.REQUEST_ID);
    }
}
