package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.Invocation.Apply;
import io.countersign.gateway.cli.Invocation.Audit;
import io.countersign.gateway.cli.Invocation.Demo;
import io.countersign.gateway.cli.Invocation.Help;
import io.countersign.gateway.cli.Invocation.Keys;
import io.countersign.gateway.cli.Invocation.Misused;
import io.countersign.gateway.cli.Invocation.Reseal;
import io.countersign.gateway.cli.Invocation.RevokeSessions;
import io.countersign.gateway.cli.Invocation.Serve;
import io.countersign.gateway.cli.Invocation.Version;
import io.countersign.gateway.config.Property;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
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
    void sessionsAreRevokedByRoleProviderOrKey() {
        assertThat(parse("sessions revoke --role acs:ram::42:role/mobile --data d"))
                .isEqualTo(new RevokeSessions(Path.of("d"), new SessionsOf.Role("42", "mobile"), Optional.empty()));
        assertThat(parse("sessions revoke --data d --provider acs:ram::42:oidc-provider/idp"))
                .isEqualTo(new RevokeSessions(Path.of("d"), new SessionsOf.Provider("42", "idp"), Optional.empty()));
        assertThat(parse("sessions revoke --access-key LTAI5tA --as-of 2026-11-22T11:00:00+08:00 --data d"))
                .isEqualTo(new RevokeSessions(
                        Path.of("d"),
                        new SessionsOf.AccessKey("LTAI5tA"),
                        Optional.of(Instant.parse("2026-11-22T03:00:00Z"))));
        assertThat(help("sessions revoke --help"))
                .contains("--role", "--provider", "--access-key", "--as-of", "--data");
        assertThat(help("sessions --help")).contains("revoke");
    }

    @Test
    void anAuditIsOfTheMonthThatIsNamed() {
        assertThat(parse("audit --data d")).isEqualTo(new Audit(Path.of("d"), Optional.empty(), false));
        assertThat(parse("audit --month 2026-11 --json --data d"))
                .isEqualTo(new Audit(Path.of("d"), Optional.of(YearMonth.of(2026, 11)), true));
    }

    @Test
    void keysAndResealNeedTheDataAlone() {
        assertThat(parse("keys --data d")).isEqualTo(new Keys(Path.of("d"), false));
        assertThat(parse("keys --json --data d")).isEqualTo(new Keys(Path.of("d"), true));
        assertThat(parse("reseal --data d")).isEqualTo(new Reseal(Path.of("d")));
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
        assertThat(help("--help")).contains("serve", "apply", "sessions", "demo", "--version", "Exit codes");
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
                "keys",
                "audit",
                "audit --data d --month november",
                "audit --data d --month 2026-13",
                "reseal",
                "reseal --data d --json",
                "sessions",
                "sessions revoke",
                "sessions revoke --data d",
                "sessions revoke --role acs:ram::42:role/mobile",
                "sessions revoke --role mobile --data d",
                "sessions revoke --role acs:ram::42:role/a/b --data d",
                "sessions revoke --role acs:ram::42:oidc-provider/a --data d",
                "sessions revoke --provider acs:ram::42:role/a --data d",
                "sessions revoke --access-key STS.abc --data d",
                "sessions revoke --access-key a/b --data d",
                "sessions revoke --access-key LTAI5tA --role acs:ram::42:role/mobile --data d",
                "sessions revoke --access-key LTAI5tA --as-of yesterday --data d",
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
