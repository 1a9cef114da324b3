package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** No message repeats the signature, the token or the secret that somebody pasted as an argument, in whatever place, and none is as long as its argument. */
class EchoedArgumentsTest {
    private static final int MOST = 1_500;
    private static final List<String> NAMES = CommandsTest.commands().toList();
    private static final List<String> SECRETS = List.of(
            "SIGSIG",
            "TOKTOK",
            "PASSPASS",
            "Secret0123456789abcdefghijKLMN",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "AbcdefghijK1mnopqrstuvwxyz0=",
            "yyyyyyyyyy".repeat(200));
    /** What each place of each command is tried with. */
    private static final List<String> EVERYWHERE = List.of(
            "https://a.b/c?x-oss-signature=SIGSIG&x-oss-security-token=TOKTOK",
            "a.b%3FSignature%3DSIGSIG",
            "yyyyyyyyyy".repeat(10_000));

    private static final List<String> PASTED = List.of(
            "https://a.b/c?x-oss-signature=SIGSIG&x-oss-security-token=TOKTOK",
            "curl 'https://a.b/c?x-oss-signature=SIGSIG&x-oss-security-token=TOKTOK'",
            "https://a.b/a b.txt?Signature=SIGSIG",
            "GET /photos/a.jpg?OSSAccessKeyId=LTAI5tExample&Signature=SIGSIG",
            "a.b/c?Expires=1&Signature=SIGSIG",
            "https%3A%2F%2Fa.b%2Fc%3FSignature%3DSIGSIG",
            "Authorization: OSS LTAI5tExample:SIGSIG",
            "Authorization:OSS4-HMAC-SHA256 Credential=LTAI5tExample/20261122,Signature=SIGSIG",
            "x-oss-security-token:TOKTOK",
            "accessKeySecret=PASSPASS",
            "\"SecurityToken\": \"TOKTOK\"",
            "postgresql://user:PASSPASS@localhost:1/x",
            "Secret0123456789abcdefghijKLMN",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "AbcdefghijK1mnopqrstuvwxyz0=");

    @TempDir
    private static Path directory;

    private static Operator operator = new Operator(Path.of(""), Instant.EPOCH);

    /** Complete lines, of which each argument is replaced in turn. */
    static Stream<String> lines() {
        return Stream.of(
                "serve --data DATA",
                "apply --manifest MANIFEST --data DATA",
                "keys --data DATA",
                "sessions list --data DATA",
                "sessions revoke --data DATA --access-key LTAI5tExampleKey",
                "rotate --data DATA --access-key LTAI5tExampleKey",
                "events list --data DATA",
                "events send MANIFEST --data DATA",
                "presign --bucket photos --key a.jpg --data DATA",
                "token --role acs:ram::1234567890123456:role/none --access-key LTAI5tExampleKey --data DATA",
                "sign request --access-key LTAI5tExampleKey --bucket photos --key a.jpg --data DATA",
                "sign content MANIFEST --access-key LTAI5tExampleKey --data DATA",
                "explain MANIFEST --data DATA",
                "backup --out OUT --data DATA",
                "reseal --data DATA",
                "registry copy --from sqlite:DATA --to sqlite:DATA",
                "private-token backend --endpoints /verify",
                "audit --data DATA",
                "decisions check MANIFEST",
                "demo",
                "completion bash");
    }

    @Test
    void anEmptyArgumentIsSeenInAMessage() {
        assertThat(Echo.of("")).isEqualTo("\"\"");
    }

    @Test
    void everyCommandIsTried() {
        assertThat(lines().map(EchoedArgumentsTest::command)).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void noMessageRepeatsASecretOfAnArgument(String line) {
        List<String> words = List.of(line.replace("DATA", operator.data().toString())
                .replace("MANIFEST", directory.resolve("manifest.yaml").toString())
                .replace("OUT", directory.resolve("backup.db").toString())
                .split(" "));
        int names = command(line).split(" ").length;
        CommandSpec spec = CommandTree.all().line().getCommandSpec();
        for (String name : words.subList(0, names)) {
            spec = spec.subcommands().get(name).getCommandSpec();
        }
        for (String pasted : EVERYWHERE) {
            for (OptionSpec option : spec.options()) {
                List<String> with = new ArrayList<>(without(words, option));
                with.add(option.longestName() + "=" + placed(option.longestName(), pasted));
                tried(with);
            }
            for (int i = 0; i < words.size(); i++) {
                List<String> with = new ArrayList<>(words);
                with.set(i, placed(i == 0 ? "" : words.get(i - 1), pasted));
                tried(with);
            }
            tried(and(words, pasted));
            tried(and(words, "--" + pasted));
            tried(and(words, "-" + pasted));
            tried(and(words, "--frobnicate=" + pasted));
            tried(and(words, "--frobnicate", pasted));
            tried(List.of(words.getFirst(), pasted));
            tried(List.of(pasted));
        }
    }

    /** Nobody can tell from its form that a word is a password. */
    @Test
    void aWordAfterAnUnknownOptionIsNotRepeated() {
        assertThat(message(List.of("keys", "--data", "d", "--password", "hunter2")))
                .isEqualTo("Unknown option: '--password'; see countersign keys --help.");
        assertThat(message(List.of("keys", "--data", "d", "--password=hunter2")))
                .isEqualTo("Unknown option: '--password'; see countersign keys --help.");
    }

    @Test
    void theSecretInPlaceOfItsFileIsNotRepeated() {
        assertThat(message(List.of("explain", "http://a.b/c", "--secret-file", "hunter2")))
                .startsWith("countersign: SecretNotFound: ")
                .doesNotContain("hunter2");
    }

    @Test
    void whatMayHoldASecretIsNotRepeated() {
        for (String pasted : PASTED) {
            assertThat(Echo.of(pasted)).doesNotContain(pasted).startsWith("[not shown");
            assertThat(Echo.of(Path.of("/tmp/" + pasted))).startsWith("[not shown");
            tried(List.of("explain", pasted));
            tried(List.of("keys", pasted, "--data", "d"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed.txt",
                "/var/lib/countersign/secrets/token.txt",
                "../my notes/signature 2.har",
                "C:\\Users\\a\\failed.txt",
                "\u8bf7\u6c42.txt",
                "LTAI5tJPQ3MzQ4yrX2fWcd9E"
            })
    void aNameIsRepeated(String name) {
        assertThat(Echo.of(name)).isEqualTo(name);
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        assertThat(Echo.of("a".repeat(199) + "\ud83d\ude00" + "b")).isEqualTo("a".repeat(199) + "...");
    }

    @BeforeAll
    static void apply() throws IOException {
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), """
                accounts:
                  - id: "1234567890123456"
                    users: [{name: app, accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]}]
                    buckets: [{name: photos, region: cn-hangzhou, acl: private, signer: app}]
                """);
        operator = new Operator(directory.resolve("data"), Instant.parse("2026-11-22T03:00:00Z"));
        assertThat(operator.run("apply --manifest " + manifest).exit()).isZero();
    }

    /** Without the option, and without those that it excludes. */
    private static List<String> without(List<String> words, OptionSpec option) {
        List<ArgSpec> excluded = new ArrayList<>(List.of(option));
        for (ArgGroupSpec group = option.group(); group != null; group = group.parentGroup()) {
            if (group.exclusive()) {
                excluded.addAll(group.allOptionsNested());
            }
        }
        List<String> left = new ArrayList<>(words);
        excluded.forEach(one -> {
            int at = left.indexOf(((OptionSpec) one).longestName());
            if (at >= 0) {
                left.subList(at, at + 2).clear();
            }
        });
        return left;
    }

    /** Below a file, where a command cannot make what is named: it would make it in the working directory. */
    private String placed(String option, String pasted) {
        String below = directory.resolve("manifest.yaml") + "/" + pasted;
        return switch (option) {
            case "--data", "--out" -> below;
            case "--from", "--to" -> "sqlite:" + below;
            default -> pasted;
        };
    }

    private static List<String> and(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    private static String command(String line) {
        return NAMES.stream()
                .filter(name -> (line + " ").startsWith(name + " "))
                .findFirst()
                .orElseThrow();
    }

    private void tried(List<String> arguments) {
        String message = message(arguments);
        assertThat(SECRETS).noneMatch(message::contains);
        assertThat(message).hasSizeLessThan(MOST);
    }

    private String message(List<String> arguments) {
        return switch (Commands.parse(arguments.toArray(String[]::new))) {
            case Invocation.Misused misused -> misused.sentence();
            case Invocation.Quick quick ->
                operator.exactly(arguments.toArray(String[]::new)).err();
            case Invocation.Serving serving -> "";
        };
    }
}
