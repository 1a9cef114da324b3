package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/test-token.md, on each manifest that sends its reader there. */
class MadeTokenWalkIT extends WalkContract {
    private static final String KEY = "A key";
    private static final String TOKEN = "A token";
    private static final String USE = "What it is good for";

    MadeTokenWalkIT() {
        super("docs/test-token.md", KEY, TOKEN, USE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/manifest.md", "docs/quickstart-own-storage.md"})
    void aTokenOfTheReadersOwnGivesASessionAndAUrl(String page) throws Exception {
        Files.writeString(directory.resolve("manifest.yaml"), Documents.manifest(page));
        walk(KEY);
        run(SERVE);
        walk(TOKEN);
        walk(USE);
    }

    /** Alibaba Cloud's STS makes the sessions of that page, so that there is a URL alone. */
    @Test
    void theManifestForOssTakesTheKeyToo() throws Exception {
        Files.writeString(directory.resolve("manifest.yaml"), Documents.manifest("docs/quickstart-oss.md"));
        walk(KEY);
        run(SERVE);
        walk(TOKEN);
        assertThat(run("curl -s http://127.0.0.1:8080/presign -H \"Authorization: Bearer $APP_TOKEN\" -H 'Content-Type:"
                        + " application/json' -d '{\"bucket\":\"examplebucket\",\"key\":\"users/alice/photo.jpg\"}'"))
                .contains("\"url\":\"https://examplebucket.oss-cn-hangzhou.aliyuncs.com/users/alice/photo.jpg?");
    }
}
