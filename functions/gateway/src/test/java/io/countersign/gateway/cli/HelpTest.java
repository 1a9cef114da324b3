package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.countersign.registry.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The help of each command is the text of a file. After a change that is meant, write the files again and read the difference:
 * {@code ./mvnw -pl functions/gateway -am test -Dtest=HelpTest -Dgolden.write=true -Dsurefire.failIfNoSpecifiedTests=false -Dlambda.skip=true}.
 */
class HelpTest {
    private static final Path FILES =
            Path.of("src", "test", "resources", "io", "countersign", "gateway", "cli", "help");

    private static final boolean WRITE = Boolean.getBoolean("golden.write");

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsAsItsFile(String command) throws IOException {
        String help = help(command);
        Path file = FILES.resolve(name(command));
        if (WRITE) {
            Files.createDirectories(FILES);
            Files.writeString(file, help);
        }
        assertThat(file).exists();
        assertThat(help).isEqualTo(Files.readString(file));
    }

    @Test
    void everyFileIsOfACommand() throws IOException {
        assumeFalse(WRITE, "the files are being written");
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            commands().map(HelpTest::name).toList());
        }
    }

    @Test
    void theLongestSessionIsTheRegistrys() {
        assertThat(help("countersign sessions list").replaceAll("\\s+", " "))
                .contains("(" + Role.MAX_SESSION.toHours() + " hours)");
    }

    static Stream<String> commands() {
        return below("countersign", CommandTree.all().line());
    }

    private static Stream<String> below(String name, CommandLine line) {
        Stream<String> subcommands = line.getSubcommands().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> below(name + " " + entry.getKey(), entry.getValue()));
        return Stream.concat(Stream.of(name), subcommands);
    }

    private static String name(String command) {
        return command.replace(' ', '-').toLowerCase(Locale.ROOT) + ".txt";
    }

    private static String help(String command) {
        List<String> words = List.of((command + " --help").split(" "));
        Invocation invocation = Commands.parse(words.subList(1, words.size()).toArray(String[]::new));
        String text = ((Invocation.Help) invocation).text().replace(System.lineSeparator(), "\n");
        // The list of the settings, at the end of serve's help, follows from the settings: CommandsTest holds it to
        // them.
        return text.lines()
                .takeWhile(line -> !line.startsWith("Settings:"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
