package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.GatewayMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose standard output does not take what a command prints. */
class UnwrittenOutputTest {
    @TempDir
    private Path directory;

    private Process start(ProcessBuilder.Redirect out, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                GatewayMain.class.getName()));
        words.addAll(List.of(command));
        return new ProcessBuilder(words)
                .redirectOutput(out)
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private int exit(Process process) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "--help", "completion bash", "explain https://a.b/c?Signature=x"})
    void aDeviceThatTakesNothingIsNoSuccess(String line) throws Exception {
        Process process = start(ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile()), line.split(" "));
        assertThat(exit(process)).isOne();
        assertThat(err()).contains("countersign: OutputNotWritten: ");
    }

    @Test
    void aDeviceThatTakesEverythingIsASuccess() throws Exception {
        assertThat(exit(start(ProcessBuilder.Redirect.DISCARD, "--version"))).isZero();
        assertThat(err()).doesNotContain("countersign: ");
    }

    /** Whoever closes a pipe, as head does, has read what they want. */
    @Test
    void aPipeThatItsReaderClosedIsASuccess() throws Exception {
        Process process = start(ProcessBuilder.Redirect.PIPE, "completion", "bash");
        process.getInputStream().close();
        assertThat(exit(process)).isZero();
        assertThat(err()).doesNotContain("countersign: ");
    }
}
