package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --read-only}: no file is made next to a backup, and commands that write do not have the option. */
class ReadOnlyCommandTest {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users: [{name: app, accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}], policies: []}]
                buckets: [{name: photos, region: cn-hangzhou, signer: app, endpoint: "https://{bucket}.oss-{region}.aliyuncs.com"}]
            """;

    @TempDir
    Path directory;

    private Operator operator = new Operator(Path.of("data"), Instant.EPOCH);

    @BeforeEach
    void apply() throws Exception {
        Path data = directory.resolve("data");
        operator = new Operator(data, Instant.parse("2026-11-22T03:00:00Z"));
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        assertThat(operator.run("apply --manifest " + manifest).exit()).isZero();
    }

    @Test
    void commandsThatReadTakeIt() throws Exception {
        List<Path> before = files();
        for (String line : List.of(
                "keys",
                "events list",
                "audit",
                "sessions list",
                "presign --bucket photos --key a.jpg",
                "sign request --access-key LTAI5tExampleKey --bucket photos --key a.jpg")) {
            Operator.Result result = operator.run(line + " --read-only");
            assertThat(result.exit()).as(line + result.err()).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(files()).as(line).isEqualTo(before);
        }
        assertThat(operator.run("keys --read-only").out()).contains("LTAI5tExampleKey");
    }

    @Test
    void commandsThatWriteRefuseIt() throws Exception {
        List<Path> before = files();
        for (String line : List.of("reseal", "rotate --due", "rotate --token-keys", "apply --manifest m.yaml")) {
            Operator.Result result = operator.run(line + " --read-only");
            assertThat(result.exit()).as(line).isEqualTo(CommandFailure.ExitCode.USAGE);
            assertThat(result.err()).contains("--read-only");
        }
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws Exception {
        try (var files = Files.list(operator.data())) {
            return files.sorted().toList();
        }
    }
}
