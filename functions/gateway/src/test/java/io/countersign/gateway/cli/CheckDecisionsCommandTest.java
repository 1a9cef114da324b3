package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckDecisionsCommandTest {
    private static final byte[] CUT_OFF = {0x1f, (byte) 0x8b, 8, 0};

    @TempDir
    Path directory;

    private Operator operator;

    @BeforeEach
    void type() {
        operator = new Operator(directory, Instant.parse("2026-11-29T03:00:00Z"));
    }

    @Test
    void aCompressedFileThatIsCutOffIsAProblem() throws IOException {
        Path file = Files.write(directory.resolve("decisions.log.000000000012.gz"), CUT_OFF);
        Operator.Result result = operator.alone("decisions check " + file);
        assertThat(result.exit()).isEqualTo(CommandFailure.ExitCode.REFUSED);
        assertThat(result.out()).isEqualTo("""
                        problem: decisions.log.000000000012.gz cannot be read after line 0: its gzip data are cut off or damaged there.
                        decisions: 0 lines in 1 files; 0 decisions lost, 0 lines torn
                        """);
        assertThat(result.err()).startsWith("countersign: DecisionLogAltered: ").hasLineCount(1);
    }

    @Test
    void anUnfinishedLineIsNoChange() throws IOException {
        Path file = Files.writeString(directory.resolve("decisions.log"), "{\"seq\":1,\"at\":\"2026");
        Operator.Result result = operator.alone("decisions check " + file);
        assertThat(result.exit()).isEqualTo(CommandFailure.ExitCode.REFUSED);
        assertThat(result.out()).startsWith("problem: decisions.log line 1 has no end: ");
        assertThat(result.err())
                .startsWith("countersign: DecisionLogUnfinished: ")
                .contains("make room")
                .hasLineCount(1);
    }

    @Test
    void aFileThatIsMissingIsRefused() {
        operator.alone("decisions check " + directory.resolve("none.gz")).refused("DecisionLogNotReadable", "none.gz");
    }
}
