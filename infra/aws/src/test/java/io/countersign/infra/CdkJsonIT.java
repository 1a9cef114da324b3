package io.countersign.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cdk.json} as {@code cdk} runs it, in {@code infra} and after the build. */
class CdkJsonIT {
    @TempDir
    Path directory;

    @Test
    void theAppMakesTheStack() throws Exception {
        String app = new JsonMapper()
                .readTree(Path.of("cdk.json").toFile())
                .path("app")
                .asText();
        assertThat(app).startsWith("java ");
        Path made = directory.resolve("cdk.out");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", System.getProperty("java.home") + "/bin/" + app)
                .redirectErrorStream(true);
        shell.environment().put("CDK_OUTDIR", made.toString());
        shell.environment()
                .put(
                        "CDK_CONTEXT_JSON",
                        "{\"functions\":\"" + Deployments.functions(directory.resolve("functions")) + "\"}");
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(Files.readString(made.resolve("Countersign.template.json"))).contains("AWS::Lambda::Function");
    }
}
