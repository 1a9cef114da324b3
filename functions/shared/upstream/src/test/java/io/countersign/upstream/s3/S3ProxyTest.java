package io.countersign.upstream.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
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

    @Override
    boolean hasFlatNamespace() {
        return false;
    }

    @Test
    void keepsTheStorageClass() throws Exception {
        put("a", Headers.NONE.and("x-oss-storage-class", "IA"), "1");
        assertThat(store.get("a").header("x-oss-storage-class")).isEqualTo("IA");
    }

    @Test
    void completesNoUploadThatIsNotThere() throws Exception {
        Answer absent = completeNothing();
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.code()).isEqualTo("NoSuchUpload");
        assertNothingOfTheStore(absent);
    }
}
