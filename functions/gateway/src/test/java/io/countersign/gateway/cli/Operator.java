package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Somebody who types commands about one registry, by a clock of the test's own. */
final class Operator {
    private final Path data;
    private Instant now;

    Operator(Path data, Instant now) {
        this.data = data;
        this.now = now;
    }

    /** The output and the exit code of a command. */
    record Result(int exit, String out, String err) {
        /** The one JSON document that it printed. */
        Value json() throws InvalidDocumentException {
            assertThat(exit).as(err).isZero();
            return Values.parse(out);
        }

        /** Nothing on standard output, one line on standard error that begins with the code. */
        void refused(String code, String... parts) {
            assertThat(exit).as(out + err).isEqualTo(CommandFailure.ExitCode.REFUSED);
            assertThat(out).isEmpty();
            assertThat(err).startsWith("countersign: " + code + ": ");
            assertThat(parts).allSatisfy(part -> assertThat(err).contains(part));
            assertThat(err.lines()).hasSize(1);
        }
    }

    Instant now() {
        return now;
    }

    void waitFor(Duration duration) {
        now = now.plus(duration);
    }

    Path data() {
        return data;
    }

    /** Runs a line without a terminal; {@code --data} is added. */
    Result run(String line) {
        return typed(false, "", line.split(" "));
    }

    /** Runs a line as it is. */
    Result alone(String line) {
        return exactly(false, "", line.split(" "));
    }

    /** @param in the standard input */
    Result fed(String in, String line) {
        return typed(false, in, line.split(" "));
    }

    /** A person sees what is printed. */
    Result atTerminal(String line) {
        return typed(true, "", line.split(" "));
    }

    private Result typed(boolean interactive, String in, String... words) {
        List<String> arguments = new ArrayList<>(Arrays.asList(words));
        arguments.add("--data");
        arguments.add(data.toString());
        return exactly(interactive, in, arguments.toArray(String[]::new));
    }

    /** Runs these arguments as they are. */
    Result exactly(String... arguments) {
        return exactly(false, "", arguments);
    }

    private Result exactly(boolean interactive, String in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
        Invocation invocation = Commands.parse(arguments);
        int exit = new QuickCommands(terminal, () -> now, Seeds.secure()).run((Invocation.Quick) invocation);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
