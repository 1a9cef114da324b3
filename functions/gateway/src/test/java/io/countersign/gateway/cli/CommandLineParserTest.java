package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.Invocation.Apply;
import io.countersign.gateway.cli.Invocation.Demo;
import io.countersign.gateway.cli.Invocation.Help;
import io.countersign.gateway.cli.Invocation.Misused;
import io.countersign.gateway.cli.Invocation.Serve;
import io.countersign.gateway.cli.Invocation.Version;
import io.countersign.gateway.config.Property;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineParserTest {
    @Test
    void serveListensOnLoopbackUnlessTold() {
        assertThat(parse("serve --data d"))
                .isEqualTo(new Serve(Optional.empty(), Path.of("d"), "127.0.0.1", 8080, OptionalInt.empty()));
    }

    @Test
    void serveTakesAllItsOptions() {
        assertThat(parse("serve --manifest m.yaml --data d --host 0.0.0.0 --port 0 --private-port=9000"))
                .isEqualTo(new Serve(Optional.of(Path.of("m.yaml")), Path.of("d"), "0.0.0.0", 0, OptionalInt.of(9000)));
    }

    @Test
    void applyPrunesOnlyWhenTold() {
        assertThat(parse("apply --manifest m --data d")).isEqualTo(new Apply(Path.of("m"), Path.of("d"), false));
        assertThat(parse("apply --prune --manifest m --data d")).isEqualTo(new Apply(Path.of("m"), Path.of("d"), true));
    }

    @Test
    void demoNeedsNothing() {
        assertThat(parse("demo")).isEqualTo(new Demo("127.0.0.1", 8080));
        assertThat(parse("demo --port 0")).isEqualTo(new Demo("127.0.0.1", 0));
    }

    @Test
    void versionIsAskedFor() {
        assertThat(parse("--version")).isEqualTo(new Version());
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(help("--help")).contains("serve", "apply", "demo", "--version", "Exit codes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "apply"})
    void everyCommandHasItsOwnHelpWithoutItsRequiredOptions(String command) {
        assertThat(help(command + " --help"))
                .startsWith("Usage: countersign " + command)
                .contains("--data");
    }

    @Test
    void helpOfServeListsEverySetting() {
        assertThat(help("serve --help"))
                .contains(java.util.Arrays.stream(Property.values())
                        .map(Property::key)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "serve",
                "serve --manifest m",
                "apply --data d",
                "serve --data d --port x",
                "serve --data d --port 65536",
                "serve --data d --port -1",
                "serve --data d --private-port 70000",
                "serve --data d --port 80 --private-port 80",
                "serve --data d extra",
                "serve --data d --data e",
                "serve --data",
                "serve --data d --prune",
                "demo --data d",
                "demo --port 1x"
            })
    void whatCannotBeUnderstoodSaysWhereHelpIs(String line) {
        assertThat(parse(line))
                .isInstanceOfSatisfying(
                        Misused.class,
                        misused -> assertThat(misused.sentence()).isNotBlank().doesNotContain("Exception"));
    }

    private static String help(String line) {
        return ((Help) parse(line)).text();
    }

    private static Invocation parse(String line) {
        return CommandLineParser.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
