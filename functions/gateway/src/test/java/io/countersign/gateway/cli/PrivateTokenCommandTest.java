package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.guard.PrivateEndpoint;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.guard.PrivateTokensFile;
import io.countersign.http.Header;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateTokenCommandTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Terminal terminal(boolean interactive) {
        return new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
    }

    private int run(boolean interactive, String... line) {
        return new QuickCommands(terminal(interactive), InstantSource.system(), Seeds.secure())
                .run((Invocation.Quick) Commands.parse(line));
    }

    private List<String> printed() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The line as it is printed goes into the file, and the token lets its program in. */
    private void letsIn(String token, String line, PrivateEndpoint face) throws Exception {
        Path file = Files.writeString(directory.resolve("programs"), line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        PrivateTokens tokens = PrivateTokensFile.open(file).atStart();
        assertThat(tokens.before(face).refusal(List.of(new Header("Authorization", "Bearer " + token))))
                .isEmpty();
    }

    @Test
    void aPersonAtATerminalSeesTheTokenOnce() throws Exception {
        assertThat(run(true, "private-token", "storage", "--faces", "/verify,/acl"))
                .isZero();
        String token = printed().get(0).substring("token: ".length());
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(printed()).hasSize(3);
        assertThat(printed().get(1)).startsWith("# ").contains("countersign.private.tokens");
        String line = printed().get(2);
        assertThat(line).startsWith("storage /verify,/acl ").doesNotContain(token);
        letsIn(token, line, PrivateEndpoint.ACL);
    }

    @Test
    void writesTheTokenToAPrivateFileWithoutATerminal() throws Exception {
        assertThat(run(false, "private-token", "all")).isEqualTo(CommandFailure.ExitCode.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("countersign: OutRequired: ");
        assertThat(printed()).isEmpty();
        Path file = directory.resolve("token");
        assertThat(run(false, "private-token", "all", "--out", file.toString())).isZero();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        String token = Files.readString(file).strip();
        assertThat(printed()).noneMatch(line -> line.contains(token));
        // All that is printed may go into the file of programs: what is not the line is a comment.
        letsIn(token, String.join("\n", printed()), PrivateEndpoint.EVENTS);
        assertThat(run(false, "private-token", "all", "--out", file.toString()))
                .isEqualTo(CommandFailure.ExitCode.REFUSED);
        assertThat(Files.readString(file).strip()).isEqualTo(token);
    }

    @Test
    void programsReadOneDocument() throws Exception {
        assertThat(run(true, "private-token", "storage", "--faces", "/verify", "--json"))
                .isZero();
        Members shown = Members.of(Values.parse(out.toString(StandardCharsets.UTF_8)));
        letsIn(shown.string("token"), shown.string("line"), PrivateEndpoint.VERIFY);
        out.reset();
        Path file = directory.resolve("token");
        assertThat(run(false, "private-token", "storage", "--json", "--out", file.toString()))
                .isZero();
        Members kept = Members.of(Values.parse(out.toString(StandardCharsets.UTF_8)));
        assertThat(kept.string("file")).isEqualTo(file.toString());
        assertThat(kept.optional("token")).isEmpty();
        letsIn(Files.readString(file).strip(), kept.string("line"), PrivateEndpoint.VERIFY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private-token",
                "private-token a/b",
                "private-token a --faces verify",
                "private-token a --faces /verify,",
                "private-token a --faces /token",
                "private-token a b"
            })
    void aLineThatIsNoneIsMisuse(String line) {
        assertThat(Commands.parse(line.split(" "))).isInstanceOf(Invocation.Misused.class);
    }
}
