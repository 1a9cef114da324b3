package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in a bash of its own. */
class CompletionCommandTest {
    @TempDir
    private Path directory;

    @Test
    void aCommandIsCompleted() throws Exception {
        assertThat(completed("countersign", "s")).containsExactlyInAnyOrder("serve", "sessions", "sign");
        assertThat(completed("countersign", "sessions", "rev")).containsExactly("revoke");
    }

    @Test
    void anOptionIsCompleted() throws Exception {
        assertThat(completed("countersign", "presign", "--exp")).containsExactly("--expires-in");
        assertThat(completed("countersign", "sessions", "revoke", "--pr")).containsExactly("--provider");
        assertThat(completed("countersign", "serve", "--replace")).isEmpty();
    }

    @Test
    void completesTheLauncherByItsPath() throws Exception {
        assertThat(bash("complete -p countersign")).singleElement().asString().endsWith("countersign");
        assertThat(completed("./countersign", "appl")).containsExactly("apply");
    }

    @Test
    void otherShellsAreRefused() {
        assertThat(Commands.parse("completion", "zsh")).isInstanceOf(Invocation.Misused.class);
        assertThat(Commands.parse("completion")).isInstanceOf(Invocation.Misused.class);
    }

    /** The completions that bash offers for the last word, found as a press of Tab finds them. */
    private List<String> completed(String... words) throws Exception {
        return bash("""
                # It sets options of a completion under way, and there is none here.
                compopt() { :; }
                words=(%s)
                COMP_WORDS=("${words[@]}")
                COMP_CWORD=$((${#words[@]} - 1))
                COMP_LINE="${words[*]}"
                COMP_POINT=${#COMP_LINE}
                name=${words[0]##*/}
                function=$(complete -p "$name" | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
                "$function" "${words[0]}" "${words[COMP_CWORD]}" "${words[COMP_CWORD - 1]}"
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(String.join(" ", words))).stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private List<String> bash(String commands) throws Exception {
        Path script = Files.writeString(directory.resolve("completion"), script());
        Process bash = new ProcessBuilder("bash", "--norc", "-c", "source '" + script + "'\n" + commands)
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return out.lines().toList();
    }

    private static String script() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), print, print, false);
        int exit = new QuickCommands(terminal, InstantSource.system(), Seeds.secure())
                .run((Invocation.Quick) Commands.parse("completion", "bash"));
        assertThat(exit).isEqualTo(CommandFailure.ExitCode.OK);
        return out.toString(StandardCharsets.UTF_8);
    }
}
