package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.Invocation.Demo;
import io.countersign.gateway.cli.Invocation.Help;
import io.countersign.gateway.cli.Invocation.Misused;
import io.countersign.gateway.cli.Invocation.Serve;
import io.countersign.gateway.cli.Invocation.Version;
import io.countersign.gateway.config.Settings;
import io.countersign.rotate.sessions.ProviderName;
import io.countersign.rotate.sessions.RevocationTarget;
import io.countersign.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class CommandsTest {
    @Test
    void serveListensOnLoopbackUnlessTold() {
        assertThat(parse("serve --data d"))
                .isEqualTo(new Serve(
                        Optional.empty(),
                        Path.of("d"),
                        false,
                        "127.0.0.1",
                        8080,
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.empty()));
    }

    @Test
    void serveTakesAllItsOptions() {
        assertThat(parse("serve --manifest m.yaml --data d --host 0.0.0.0 --port 0 --private-port=9000 --drain 20"))
                .isEqualTo(new Serve(
                        Optional.of(Path.of("m.yaml")),
                        Path.of("d"),
                        false,
                        "0.0.0.0",
                        0,
                        OptionalInt.of(9000),
                        Optional.empty(),
                        OptionalInt.of(20)));
    }

    @Test
    void serveListensOnAUnixSocket() {
        assertThat(parse("serve --data d --listen unix:/run/countersign/socket"))
                .isEqualTo(new Serve(
                        Optional.empty(),
                        Path.of("d"),
                        false,
                        "127.0.0.1",
                        8080,
                        OptionalInt.empty(),
                        Optional.of(Path.of("/run/countersign/socket")),
                        OptionalInt.empty()));
    }

    @Test
    void acceptsReadOnlyForCommandsThatRead() {
        assertThat(parse("serve --read-only --data d"))
                .isEqualTo(new Serve(
                        Optional.empty(),
                        Path.of("d"),
                        true,
                        "127.0.0.1",
                        8080,
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.empty()));
        assertThat(parse("keys --read-only --data d"))
                .isEqualTo(new KeysCommand(new RegistryOptions.DataPlace(Path.of("d"), true), false));
        assertThat(parse("serve --read-only --manifest m.yaml --data d")).isInstanceOf(Misused.class);
        assertThat(parse("explain a.txt --read-only")).isInstanceOf(Misused.class);
        assertThat(parse("reseal --read-only --data d")).isInstanceOf(Misused.class);
        assertThat(help("serve --help")).contains("--read-only");
    }

    @Test
    void applyPrunesOnlyWhenTold() {
        assertThat(parse("apply --manifest m --data d"))
                .isEqualTo(new ApplyCommand(Path.of("m"), Path.of("d"), new Applier.Flags(false, false, false)));
        assertThat(parse("apply --prune --manifest m --data d"))
                .isEqualTo(new ApplyCommand(Path.of("m"), Path.of("d"), new Applier.Flags(true, false, false)));
        assertThat(parse("apply --replace-unshown --json --manifest m --data d"))
                .isEqualTo(new ApplyCommand(Path.of("m"), Path.of("d"), new Applier.Flags(false, true, true)));
    }

    @Test
    void sessionsAreRevokedByRoleProviderSubjectKeyOrId() {
        assertThat(parse("sessions revoke --role acs:ram::42:role/mobile --data d"))
                .isEqualTo(new RevokeSessionsCommand(
                        Path.of("d"), new RevocationTarget.OfRole("42", "mobile"), Optional.empty(), false));
        assertThat(parse("sessions revoke --data d --provider acs:ram::42:oidc-provider/idp"))
                .isEqualTo(new RevokeSessionsCommand(
                        Path.of("d"),
                        new RevocationTarget.OfProvider(new ProviderName(Optional.of("42"), "idp"), Optional.empty()),
                        Optional.empty(),
                        false));
        assertThat(parse("sessions revoke --access-key LTAI5tA --as-of 2026-11-22T11:00:00+08:00 --data d"))
                .isEqualTo(new RevokeSessionsCommand(
                        Path.of("d"),
                        new RevocationTarget.OfAccessKey("LTAI5tA"),
                        Optional.of(Instant.parse("2026-11-22T03:00:00Z")),
                        false));
        assertThat(parse("sessions revoke --subject a/b:c --provider idp --data d"))
                .isEqualTo(new RevokeSessionsCommand(
                        Path.of("d"),
                        new RevocationTarget.OfProvider(
                                new ProviderName(Optional.empty(), "idp"), Optional.of("a/b:c")),
                        Optional.empty(),
                        false));
        String id = "0123456789abcdef".repeat(2);
        assertThat(parse("sessions revoke --data d --session " + id))
                .isEqualTo(new RevokeSessionsCommand(
                        Path.of("d"), new RevocationTarget.OfSession(id), Optional.empty(), false));
        assertThat(help("sessions revoke --help"))
                .contains("--role", "--provider", "--subject", "--access-key", "--session", "--as-of", "--data");
        assertThat(help("sessions --help")).contains("revoke");
    }

    @Test
    void anAuditIsOfTheMonthThatIsNamed() {
        assertThat(parse("audit --data d"))
                .isEqualTo(
                        new AuditCommand(new RegistryOptions.DataPlace(Path.of("d"), false), Optional.empty(), false));
        assertThat(parse("audit --month 2026-11 --json --data d"))
                .isEqualTo(new AuditCommand(
                        new RegistryOptions.DataPlace(Path.of("d"), false), Optional.of(YearMonth.of(2026, 11)), true));
    }

    @Test
    void keysAndResealRequireOnlyTheData() {
        assertThat(parse("keys --data d"))
                .isEqualTo(new KeysCommand(new RegistryOptions.DataPlace(Path.of("d"), false), false));
        assertThat(parse("keys --json --data d"))
                .isEqualTo(new KeysCommand(new RegistryOptions.DataPlace(Path.of("d"), false), true));
        assertThat(parse("backup --data d --out b/registry.db"))
                .isEqualTo(new BackupCommand(Path.of("d"), Path.of("b/registry.db"), false));
        assertThat(parse("reseal --data d")).isEqualTo(new ResealCommand(Path.of("d"), false));
    }

    @Test
    void rotateIsToldWhatByOneOption() {
        assertThat(parse("rotate --due --data d"))
                .isEqualTo(new RotateCommand(Path.of("d"), new RotateCommand.What.Due(), false));
        assertThat(parse("rotate --access-key LTAI5tA --json --data d"))
                .isEqualTo(new RotateCommand(Path.of("d"), new RotateCommand.What.AccessKey("LTAI5tA"), true));
        assertThat(parse("rotate --compromised LTAI5tA --data d"))
                .isEqualTo(new RotateCommand(Path.of("d"), new RotateCommand.What.Compromised("LTAI5tA"), false));
        assertThat(parse("rotate --token-keys --data d"))
                .isEqualTo(new RotateCommand(Path.of("d"), new RotateCommand.What.TokenKeys(), false));
    }

    @Test
    void demoNeedsNothing() {
        assertThat(parse("demo")).isEqualTo(new Demo("127.0.0.1", 8080, false));
        assertThat(parse("demo --port 0")).isEqualTo(new Demo("127.0.0.1", 0, false));
        assertThat(parse("demo --store")).isEqualTo(new Demo("127.0.0.1", 8080, true));
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
    @MethodSource("commands")
    void everyCommandHasItsOwnHelpWithoutItsRequiredOptions(String command) {
        assertThat(help(command + " --help"))
                .startsWith("Usage: countersign " + command)
                .contains("--help", "Example", "countersign " + command);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpBreaksLinesBetweenWords(String command) {
        CommandSpec spec = CommandTree.all().line().getCommandSpec();
        for (String name : command.split(" ")) {
            spec = spec.subcommands().get(name).getCommandSpec();
        }
        assertThat(help(command + " --help").replaceAll("\\s+", " "))
                .contains(String.join(" ", spec.usageMessage().description()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandOnTheRegistryTakesJsonAndData(String command) {
        boolean plain = List.of("serve", "demo", "completion").contains(command);
        boolean withoutRegistry = List.of("demo", "private-token", "completion", "registry copy", "decisions check")
                .contains(command);
        assertThat(help(command + " --help").contains("--json")).isNotEqualTo(plain);
        assertThat(help(command + " --help").contains("--data")).isNotEqualTo(withoutRegistry);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anOptionThatACommandDoesNotKnowIsRefused(String command) {
        assertThat(parse(command + " --frobnicate"))
                .isInstanceOfSatisfying(
                        Misused.class, misused -> assertThat(misused.sentence()).contains(command + " --help"));
    }

    /** The names of all commands that do something, as they are typed. */
    static Stream<String> commands() {
        return below(CommandTree.all().line().getCommandSpec(), "");
    }

    private static Stream<String> below(CommandSpec spec, String name) {
        return spec.subcommands().isEmpty()
                ? Stream.of(name)
                : spec.subcommands().entrySet().stream()
                        .flatMap(entry ->
                                below(entry.getValue().getCommandSpec(), (name + " " + entry.getKey()).strip()));
    }

    @Test
    void helpOfServeListsEverySetting() {
        assertThat(help("serve --help"))
                .contains(Settings.ALL.stream().map(Setting::name).toList());
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
                "serve --data d --listen /run/countersign/socket",
                "serve --data d --listen unix:",
                "serve --data d --listen 127.0.0.1:80",
                "serve --data d --listen",
                "serve --data d --drain -1",
                "serve --data d --drain 301",
                "serve --data d --drain PT5S",
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
                "backup --data d",
                "backup --out b",
                "rotate",
                "rotate --data d",
                "rotate --due",
                "rotate --due --token-keys --data d",
                "rotate --access-key --data d",
                "rotate --access-key STS.abc --data d",
                "rotate --compromised a/b --data d",
                "rotate LTAI5tA --data d",
                "sessions",
                "sessions revoke",
                "sessions revoke --data d",
                "sessions revoke --data d --subject alice",
                "sessions revoke --data d --session abc",
                "sessions revoke --data d --session 0123456789ABCDEF0123456789ABCDEF",
                "sessions revoke --data d --provider a/b --subject alice",
                "sessions revoke --data d --provider idp --session 0123456789abcdef0123456789abcdef",
                "sessions revoke --data d --role acs:ram::42:role/r --provider idp --subject alice",
                "sessions revoke --role acs:ram::42:role/mobile",
                "sessions revoke --role mobile --data d",
                "sessions revoke --role acs:ram::42:role/a/b --data d",
                "sessions revoke --role acs:ram::42:oidc-provider/a --data d",
                "sessions revoke --provider acs:ram::42:role/a --data d",
                "sessions revoke --access-key STS.abc --data d",
                "sessions revoke --access-key a/b --data d",
                "sessions revoke --access-key LTAI5tA --role acs:ram::42:role/mobile --data d",
                "sessions revoke --access-key LTAI5tA --as-of yesterday --data d",
                "events",
                "events list",
                "events send --data d",
                "events send leak.json",
                "events send a b --data d",
                "presign --data d",
                "presign --bucket b --data d",
                "presign --bucket b --key k",
                "presign --bucket b --key k --expires-in soon --data d",
                "presign --bucket b --key k --header novalue --data d",
                "presign --bucket b --key k --header :x --data d",
                "presign --bucket b --key k --query =x --data d",
                "presign --bucket b --key k --signer u --access-key i --data d",
                "token --data d",
                "token --role acs:ram::42:role/mobile --data d",
                "token --access-key LTAI5tA --data d",
                "token --role mobile --access-key LTAI5tA --data d",
                "token --role acs:ram::42:role/mobile --access-key LTAI5tA --duration PT1H --data d",
                "sign",
                "sign content --access-key LTAI5tA --data d",
                "sign content - --data d",
                "sign request --data d",
                "sign request --access-key LTAI5tA --key k --data d",
                "sign request --access-key LTAI5tA --bucket= --data d",
                "sign request --access-key LTAI5tA --bucket b --method TRACE --data d",
                "sign request --access-key LTAI5tA --bucket b --signature-version V3 --data d",
                "sessions list",
                "sessions list --data d --role acs:ram::42:role/mobile",
                "demo --port 1x"
            })
    void namesTheHelpForAnInvalidCommandLine(String line) {
        assertThat(parse(line))
                .isInstanceOfSatisfying(
                        Misused.class,
                        misused -> assertThat(misused.sentence()).isNotBlank().doesNotContain("Exception"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            serv | There is no command 'serv' (did you mean serve or reseal or sessions?); see countersign --help.
            sessions revok | There is no command 'revok' (did you mean revoke?); see countersign sessions --help.
            -- keys --data d | A command does not come after --; leave out the --; see countersign --help.
            sessions -- list | A command does not come after --; leave out the --; see countersign sessions --help.
            keys --data d --jsn | Unknown option: '--jsn' (did you mean --json?); see countersign keys --help.
            keys more --data d | The argument 'more' is one too many; see countersign keys --help.
            demo --port x | 'x' is not a whole number; see countersign demo --help.
            rotate --data d | Missing required argument (specify one of these):
            """)
    void aMistakeIsToldInPlainWords(String line, String sentence) {
        assertThat(parse(line))
                .isInstanceOfSatisfying(
                        Misused.class,
                        misused -> assertThat(misused.sentence())
                                .contains(sentence)
                                .doesNotContain("Error:", "at index", "an int"));
    }

    /** The whole sentence, since the parser words most of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            serve | Missing required option: '--data=DIR'
            serve --data | Missing required parameter for option '--data' (DIR)
            serve --data d --data=e | option '--data' (DIR) should be specified only once
            serve --data d --port= | Invalid value for option '--port': '' is not a whole number
            serve --data d --port 2147483648 | Invalid value for option '--port': '2147483648' is not a whole number
            serve --data d extra | The argument 'extra' is one too many
            serve --bogus | Unknown option: '--bogus'
            serve --dat d | Unknown option: '--dat' (did you mean --data?)
            registry copy --fro sqlite:a | Unknown option: '--fro' (did you mean --from?)
            explain --metod GET | Unknown option: '--metod' (did you mean --method?)
            serve --data d --por | Unknown option: '--por' (did you mean --port?)
            keys --data d --json=true | option '--json' should be specified without 'true' parameter
            keys --data d --json --json | option '--json' should be specified only once
            demo --host | Missing required parameter for option '--host' (HOST)
            demo --store=maybe | Invalid value for option '--store': 'maybe' is not a boolean
            explain | Missing required parameter: 'REQUEST'
            explain a --data d --secret-file s | --data=DIR, --secret-file=FILE are mutually exclusive (specify only one)
            rotate --due --data d --token-keys | --due, --token-keys are mutually exclusive (specify only one)
            keys --help=false | option '--help' should be specified without 'false' parameter
            registry copy --from sqlite:a | Missing required option: '--to=STORE'
            decisions check | Missing required parameter: 'FILE'
            completion | Missing required parameter: 'SHELL'
            """)
    void aMistakeNamesTheArgumentAndTheHelp(String line, String problem) {
        String command = commands().filter(line::startsWith).findFirst().orElseThrow();
        assertThat(parse(line)).isEqualTo(new Misused(problem + "; see countersign " + command + " --help."));
    }

    @Test
    void aWordThatIsNoCommandIsToldBeforeWhatTheNextOneLacks() {
        assertThat(parse("help serve")).isEqualTo(new Misused("There is no command 'help'; see countersign --help."));
    }

    @Test
    void anOptionOfAGroupIsGivenOnce() {
        assertThat(parse("rotate --due --data d --due"))
                .isEqualTo(new Misused(
                        "Give one of (--due | --access-key=ID | --compromised=ID | --token-keys | --compromised-token-keys), and once;"
                                + " see countersign rotate --help."));
    }

    /** To the JDK an empty path is the working directory. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            serve --data= | Invalid value for option '--data': it is empty; give a path
            keys --data= | Invalid value for option '--data': it is empty; give a path
            apply --data d --manifest= | Invalid value for option '--manifest': it is empty; give a path
            backup --data d --out= | Invalid value for option '--out': it is empty; give a path
            """)
    void anEmptyPathIsRefused(String line, String problem) {
        String command = commands().filter(line::startsWith).findFirst().orElseThrow();
        assertThat(parse(line)).isEqualTo(new Misused(problem + "; see countersign " + command + " --help."));
    }

    @Test
    void anEmptyWordIsRefused() {
        assertThat(Commands.parse("explain", ""))
                .isEqualTo(
                        new Misused(
                                "Invalid value for positional parameter at index 0 (REQUEST): it is empty; see countersign explain --help."));
        assertThat(Commands.parse("decisions", "check", ""))
                .isInstanceOfSatisfying(
                        Misused.class, misused -> assertThat(misused.sentence()).contains("it is empty; give a path"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --data d --host=", "demo --host="})
    void anEmptyHostIsRefused(String line) {
        assertThat(parse(line))
                .isEqualTo(new Misused("--host is empty; name an address of this machine, or omit it for 127.0.0.1."));
    }

    /** The parser would read a file of the name, as its authors intend for long command lines. */
    @Test
    void aWordThatBeginsWithAnAtSignNamesNoFile(@TempDir Path directory) throws IOException {
        String word = "@" + Files.writeString(directory.resolve("words"), "shared/other.txt --json");
        for (String key : List.of(word, "@@x", "@")) {
            assertThat(Commands.parse("presign", "--bucket", "examplebucket", "--key", key, "--data", "d"))
                    .isInstanceOfSatisfying(PresignCommand.class, presign -> {
                        assertThat(presign.request().key()).contains(key);
                        assertThat(presign.json()).isFalse();
                    });
        }
        assertThat(Commands.parse(word))
                .isInstanceOfSatisfying(
                        Misused.class, misused -> assertThat(misused.sentence()).doesNotContain("shared"));
    }

    @Test
    void anOptionWithoutAValueMayBeSwitchedOffWhereItTakesOne() {
        assertThat(parse("demo --store=true")).isEqualTo(new Demo("127.0.0.1", 8080, true));
        assertThat(parse("demo --store=false")).isEqualTo(new Demo("127.0.0.1", 8080, false));
    }

    @Test
    void anOptionThatCanBeRepeatedKeepsItsOrder() {
        assertThat(parse("sign request --access-key LTAI5tA --bucket b --data d --additional-header b"
                        + " --additional-header=a"))
                .isInstanceOfSatisfying(
                        SignRequestCommand.class,
                        command -> assertThat(command.additional()).containsExactly("b", "a"));
    }

    @Test
    void aPathThatNoFileCanHaveIsRefused() {
        assertThat(Commands.parse("serve", "--data", "a\0b"))
                .isInstanceOfSatisfying(
                        Misused.class,
                        misused -> assertThat(misused.sentence())
                                .startsWith("Invalid value for option '--data': cannot convert 'a\0b' to "));
    }

    /** One line is parsed by one tree. */
    @Test
    void nothingIsLeftOfTheLineBefore() {
        assertThat(parse("serve --data d --read-only")).isNotEqualTo(parse("serve --data d"));
        assertThat(parse("serve --data d")).isEqualTo(parse("serve --data=d")).isNotEqualTo(parse("serve --data e"));
    }

    private static String help(String line) {
        return ((Help) parse(line)).text();
    }

    private static Invocation parse(String line) {
        return Commands.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
