package io.countersign.upstream.s3;

import static io.countersign.upstream.s3.TranslatedStore.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.s3.TranslatedStore.Answer;
import io.countersign.upstream.xml.XmlElement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** And what docs/store.md says of radosgw. */
@Tag("ceph")
class CephGatewayTest extends S3ServerContract {
    @TempDir
    private static Path directory;

    private static CephGateway ceph;

    @BeforeAll
    static void start() throws Exception {
        ceph = CephGateway.start(directory);
    }

    @AfterAll
    static void stop() {
        ceph.close();
    }

    @Override
    S3Server server() {
        return ceph;
    }

    @Override
    boolean hasFlatNamespace() {
        return true;
    }

    @Test
    void refusesAStorageClassThatItsZoneDoesNotHave() throws Exception {
        Answer put = put("a", Headers.NONE.and("x-oss-storage-class", "IA"), "1");
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.code()).isEqualTo("InvalidArgument");
        assertThat(store.get("a").status()).isEqualTo(404);
    }

    @Test
    void anUploadThatIsNotThereIsOssesRefusal() throws Exception {
        QueryParameters unknown = QueryParameters.NONE.and("uploadId", "0");
        for (Answer absent : List.of(
                store.send(HttpMethod.GET, object("to"), unknown, Headers.NONE, NOTHING),
                store.send(HttpMethod.PUT, object("to"), unknown.and("partNumber", "1"), Headers.NONE, bytes("1")),
                store.send(HttpMethod.DELETE, object("to"), unknown, Headers.NONE, NOTHING))) {
            assertThat(absent.status()).isEqualTo(404);
            assertThat(absent.code()).isEqualTo("NoSuchUpload");
            assertNothingOfTheStore(absent);
        }
    }

    @Test
    void failsToCompleteAnUploadThatIsNotThere() throws Exception {
        assertThat(completeNothing().status()).isEqualTo(500);
        assertThat(completeNothing().code()).isEqualTo("InternalError");
    }

    @Test
    void listsUploadsPageByPage() throws Exception {
        List<String> keys = List.of("100%25 (a)", "a b", "a%20b", "dir/中文", "plain");
        for (String key : keys) {
            store.send(HttpMethod.POST, object(key), bare("uploads"), Headers.NONE, NOTHING);
        }
        assertThat(uploads(QueryParameters.NONE)).isEqualTo(keys);
        QueryParameters one = QueryParameters.NONE.and("max-uploads", "1");
        QueryParameters next = one;
        for (String key : keys) {
            XmlElement page = list(next);
            assertThat(keys(page)).containsExactly(key);
            next = one.and("key-marker", page.textOf("NextKeyMarker").orElseThrow())
                    .and("upload-id-marker", page.textOf("NextUploadIdMarker").orElseThrow());
        }
        assertThat(uploads(QueryParameters.NONE.and("delimiter", "/")))
                .as("and it names no group")
                .containsExactly("100%25 (a)", "a b", "a%20b", "plain");
        assertThat(list(QueryParameters.NONE.and("delimiter", "/")).all("CommonPrefixes"))
                .isEmpty();
    }

    private List<String> uploads(QueryParameters query) throws Exception {
        return keys(list(query));
    }

    private static List<String> keys(XmlElement uploads) {
        return uploads.all("Upload").stream()
                .map(upload -> upload.textOf("Key").orElseThrow())
                .toList();
    }

    private XmlElement list(QueryParameters query) throws Exception {
        QueryParameters whole = bare("uploads");
        for (var parameter : query.list()) {
            whole = whole.and(parameter);
        }
        return store.send(HttpMethod.GET, WHOLE, whole, Headers.NONE, NOTHING).xml();
    }
}
