package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables of the environment without an effect, which only a process of its own can have. */
class StartWarningsIT {
    private static final String MANIFEST = """
            {"accounts":[{"id":"1234567890123456"}]}""";

    @TempDir
    Path directory;

    @Test
    void serveNamesTheVariablesThatHaveNoEffect() throws Exception {
        Path manifest = Files.writeString(directory.resolve("manifest.json"), MANIFEST);
        Map<String, String> environment = Map.of(
                "COUNTERSIGN_DECISION_LOG", "all",
                "COUNTERSIGN_DECISIONS_FILE", "",
                "COUNTERSIGN_SERVICE_HOST", "");
        try (PackagedGateway gateway = PackagedGateway.serve(
                environment,
                List.of("-Dcountersign.private.tokens="),
                "serve",
                "--manifest",
                manifest.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--port",
                "0")) {
            assertThat(gateway.failures().lines().filter(line -> line.startsWith("countersign: warning: ")))
                    .containsExactly(
                            "countersign: warning: The environment variable COUNTERSIGN_DECISION_LOG is no setting and has"
                                    + " no effect. Name it COUNTERSIGN_DECISIONS_LOG, or unset it.",
                            "countersign: warning: The setting COUNTERSIGN_DECISIONS_FILE is empty, which is as if it were"
                                    + " not set. Give it a value, or unset it.",
                            "countersign: warning: The setting countersign.private.tokens is empty, which is as if it were"
                                    + " not set. Give it a value, or unset it.");
        }
    }
}
