package io.countersign.upstream.s3;

import static io.countersign.upstream.s3.TranslatedStore.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.s3.TranslatedStore.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ProxyTest extends S3ServerContract {
    @TempDir
    private static Path directory;

    private static S3Proxy proxy;

    @BeforeAll
    static void start() throws Exception {
        proxy = S3Proxy.start(directory);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Override
    S3Server server() {
        return proxy;
    }

    @Test
    void keepsTheStorageClass() throws Exception {
        put("a", Headers.NONE.and("x-oss-storage-class", "IA"), "1");
        assertThat(store.get("a").header("x-oss-storage-class")).isEqualTo("IA");
    }

    @Test
    void checksTheConditionsOfACopy() throws Exception {
        store.put("from", "content");
        Headers source = Headers.NONE.and("x-oss-copy-source", "from").and("x-oss-copy-source-if-match", "\"0\"");
        assertThat(store.send(HttpMethod.PUT, object("to"), QueryParameters.NONE, source, NOTHING)
                        .status())
                .isEqualTo(412);
        assertThat(store.get("to").status()).isEqualTo(404);
    }

    @Test
    void completesNoUploadOverAnObject() throws Exception {
        Answer forbidden = completeOver("a");
        assertThat(forbidden.status()).isEqualTo(409);
        assertThat(forbidden.code()).isEqualTo("FileAlreadyExists");
        assertThat(store.get("a").body().utf8()).isEqualTo("first");
    }

    @Test
    void completesNoUploadThatIsNotThere() throws Exception {
        Answer absent = completeNothing();
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.code()).isEqualTo("NoSuchUpload");
        assertNothingOfTheStore(absent);
    }
}
