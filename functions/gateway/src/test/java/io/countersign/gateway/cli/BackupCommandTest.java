package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
    @TempDir
    Path directory;

    private Path data = Path.of("data");
    private Path out = Path.of("registry.db");
    private Operator operator = new Operator(data, Instant.EPOCH);

    @BeforeEach
    void apply() throws Exception {
        data = directory.resolve("data");
        out = Files.createDirectory(directory.resolve("backup")).resolve("registry.db");
        operator = new Operator(data, Instant.parse("2026-11-22T03:00:00Z"));
        Path manifest = Files.writeString(
                directory.resolve("manifest.yaml"),
                "accounts: [{id: \"1\", users: [{name: u, accessKeys: [{id: k1, secret: s1}]}]}]");
        assertThat(operator.run("apply --manifest " + manifest).exit()).isZero();
    }

    @Test
    void theCopyIsReadWithTheRootKeyThatItNeedsFromElsewhere() throws Exception {
        Operator.Result result = operator.run("backup --out " + out);
        assertThat(result.err()).isEmpty();
        assertThat(result.out().strip()).isEqualTo("backup: " + out + ", " + Files.size(out) + " bytes");
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1)).doesNotContain("s1\"");
        Operator restored = new Operator(out.resolveSibling(""), operator.now());
        restored.run("keys --read-only").refused("RootKeyUnusable", "root.key is gone");
        Files.copy(data.resolve("root.key"), out.resolveSibling("root.key"), StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(restored.run("keys --read-only").out()).contains("k1  ");
    }

    @Test
    void theDocumentNamesTheFile() throws Exception {
        Members members = Members.of(operator.run("backup --json --out " + out).json());
        assertThat(members.string("file")).isEqualTo(out.toString());
        assertThat(members.optionalInteger("bytes", 1, Integer.MAX_VALUE)).hasValue((int) Files.size(out));
        members.done();
    }

    @Test
    void aLostRootKeyHindersNoBackup() throws Exception {
        Files.delete(data.resolve("root.key"));
        assertThat(operator.run("backup --out " + out).exit()).isZero();
        assertThat(data.resolve("root.key")).doesNotExist();
    }

    @Test
    void nothingIsOverwrittenAndNoDirectoryIsMade() throws Exception {
        Files.writeString(out, "mine");
        operator.run("backup --out " + out).refused("FileExists", out.toString());
        assertThat(out).hasContent("mine");
        operator.run("backup --out " + directory.resolve("none").resolve("registry.db"))
                .refused("BackupNotWritten", "in a directory that exists");
        Files.delete(data.resolve("registry.db"));
        operator.run("backup --out " + directory.resolve("other.db")).refused("NoRegistry");
        assertThat(data.resolve("registry.db")).doesNotExist();
    }

    /** As below a directory of another user, the system does not tell whether there is a registry. */
    @Test
    void aDirectoryThatCannotBeReadIsNotSaidToHaveNoRegistry() {
        new Operator(directory.resolve("x".repeat(300)), operator.now())
                .run("backup --out " + out)
                .refused("DataDirectoryUnusable", "no directory that this user can read");
        assertThat(out).doesNotExist();
    }
}
