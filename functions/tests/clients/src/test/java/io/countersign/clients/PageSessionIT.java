package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules of docs/apps by Node's own test runner: the one that keeps a page's session, alone and under ali-oss, and the one that uploads. */
@Tag("node")
class PageSessionIT {
    private static final Path APPS = Path.of("..", "..", "..", "docs", "apps");
    private static final Path NODE = Path.of("target", "node");

    @ParameterizedTest
    @ValueSource(strings = {"session.test.mjs", "session-sdk.test.mjs", "upload.test.mjs"})
    void theModulePassesItsTests(String file) throws Exception {
        ProcessBuilder runner = new ProcessBuilder("node", "--test", file)
                .directory(NODE.toFile())
                .redirectErrorStream(true);
        runner.environment().put("APPS", APPS.toAbsolutePath().normalize().toString());
        Process node = runner.start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(node.waitFor()).as(said).isZero();
        assertThat(said).contains("fail 0").doesNotContain("tests 0");
    }
}
