package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.packaged.PackagedGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the pages as they are written; only the directory and the port are the test's own. */
class DocumentsIT {
    private static final Pattern PROFILES = Pattern.compile("-P(\\S+)");
    private static final Pattern MODULES = Pattern.compile("-pl (\\S+)");
    private static final String GATEWAY = "./countersign ";
    private static final String PORT = "8080";
    /** Of functions/shared/registry/pom.xml below functions. */
    private static final int MODULE_DEPTH = 3;

    private static final String EXAMPLE_KEY = "LTAI5tExample";

    @TempDir
    Path directory;

    @BeforeEach
    void writeTheManifest() throws IOException {
        writeTheManifestOf("docs/manifest.md");
    }

    private void writeTheManifestOf(String page) throws IOException {
        Files.writeString(directory.resolve("manifest.yaml"), Documents.manifest(page));
    }

    @Test
    void theManifestIsAppliedAndThenNothingIsLeftToDo() throws IOException {
        PackagedGateway.Result first = PackagedGateway.run(command("apply"));
        assertThat(first.errors()).isEmpty();
        assertThat(first.exit()).isZero();
        assertThat(first.out()).contains("access keys made: 2");
        PackagedGateway.Result second = PackagedGateway.run(command("apply"));
        assertThat(second.exit()).isZero();
        assertThat(second.out()).contains(" 0 created, 0 updated").doesNotContain("made");
        assertThat(quiet("sessions revoke")).startsWith("revoked: sessions of the role");
        assertThat(quiet("sessions list")).endsWith("revocations in force: 1\n");
    }

    @Test
    void theServerAnswersTheCurlLines() throws Exception {
        List<String> lines = here(Documents.commands("curl "), false);
        assertThat(lines).hasSize(2);
        try (PackagedGateway gateway = PackagedGateway.serve(command("serve"))) {
            assertThat(curl(lines.get(0), gateway)).isEqualTo("{\"status\":\"UP\"}");
            assertThat(curl(lines.get(1), gateway)).contains("\"allowed\":true", "object-acl");
        }
    }

    @Test
    void inFrontOfOssTheUrlIsOfOss() throws Exception {
        writeTheManifestOf("docs/quickstart-oss.md");
        List<String> lines = here(Documents.commands("curl "), true);
        assertThat(lines).hasSize(1);
        PackagedGateway.Result applied = PackagedGateway.run(command("apply"));
        assertThat(applied.errors()).isEmpty();
        assertThat(applied.out()).contains("created").doesNotContain("access keys made");
        try (PackagedGateway gateway = PackagedGateway.serve(command("serve"))) {
            assertThat(curl(lines.getFirst(), gateway))
                    .contains("\"url\":\"https://examplebucket.oss-cn-hangzhou.aliyuncs.com/users/alice/photo.jpg?");
        }
    }

    @Test
    void inFrontOfAStoreTheUrlIsOfItsPort() throws Exception {
        writeTheManifestOf("docs/quickstart-own-storage.md");
        assertThat(quiet("apply")).contains("access keys made: 2");
        assertThat(quiet("presign")).startsWith("http://127.0.0.1:9000/examplebucket/public/readme.txt?");
        String line = here(Documents.commands("curl "), true).getFirst();
        try (PackagedGateway gateway = PackagedGateway.serve(command("serve"))) {
            assertThat(curl(line, gateway))
                    .contains("\"url\":\"http://127.0.0.1:9000/examplebucket/users/alice/photo.jpg?");
        }
    }

    /** Lines that ask the gateway on this machine. */
    private static List<String> here(List<String> lines, boolean withVariables) {
        return lines.stream()
                .filter(line -> line.contains("http://127.0.0.1:") && line.contains("$") == withVariables)
                .toList();
    }

    @Test
    void theWalkEndsWithATokenAUrlAndARotation() throws Exception {
        List<String> lines = Documents.commands("curl ").stream()
                .filter(line -> line.contains("\"$") && !line.contains("http://127.0.0.1:"))
                .toList();
        assertThat(lines).hasSize(3);
        try (PackagedGateway gateway = PackagedGateway.serve(command("serve"))) {
            Map<String, String> variables = Map.of(
                    "TOKEN_URL",
                    gateway.url() + "/",
                    "PRESIGN_URL",
                    gateway.url() + "/",
                    "GATEWAY",
                    gateway.url(),
                    "APP_TOKEN",
                    AppToken.make());
            assertThat(shell("curl " + lines.get(0), variables)).contains("\"StatusCode\":200", "\"SecurityToken\"");
            assertThat(shell("curl " + lines.get(1), variables))
                    .contains("\"url\":\"https://examplebucket.oss-cn-hangzhou.aliyuncs.com/users/alice/photo.jpg?");
            assertThat(shell("curl " + lines.get(2), variables)).contains("TokenKeyRotated");
        }
    }

    @Test
    void keysAreListedAndMovedToANewRootKey() throws IOException {
        assertThat(PackagedGateway.run(command("apply")).exit()).isZero();
        PackagedGateway.Result listed = PackagedGateway.run(command("keys"));
        assertThat(listed.errors()).isEmpty();
        assertThat(listed.out()).contains("user/1234567890123456/app-signer  Active since", "access keys: 2");
        PackagedGateway.Result resealed = PackagedGateway.run(command("reseal"));
        assertThat(resealed.errors()).isEmpty();
        assertThat(resealed.out()).contains(", made now", "resealed: 3 secrets");
        assertThat(directory.resolve("data").resolve("root.key.2")).exists();
        assertThat(PackagedGateway.run(command("apply")).out()).contains(" 0 created, 0 updated");
    }

    @Test
    void aRefusedRequestIsExplained() throws IOException {
        assertThat(PackagedGateway.run(command("apply")).exit()).isZero();
        PackagedGateway.Result explained = PackagedGateway.run(command("explain"));
        assertThat(explained.errors()).isEmpty();
        assertThat(explained.out())
                .contains("verdict: refused (AccessDenied)", "cause: NotSigned: The request is not signed");
    }

    @Test
    void rotatesDueKeysAndReportsThem() throws IOException {
        quiet("apply");
        assertThat(quiet("rotate --due")).isEqualTo("done: 0, events sent: 0\n");
        assertThat(quiet("events list")).isEqualTo("events waiting: 0\n");
        assertThat(quiet("audit")).contains("ManifestApplied  bucket examplebucket  created");
    }

    @Test
    void aCompromisedKeyIsOutOfUseAtOnce() throws IOException {
        quiet("apply");
        String id = keyOfTheSigner();
        assertThat(PackagedGateway.run(withKey("rotate --compromised", id)).out())
                .contains("AccessKeyDeactivated", "AccessKeyCreated");
        assertThat(quiet("keys")).containsPattern(id + "  user/1234567890123456/app-signer  Inactive");
    }

    @Test
    void aUrlAndARequestAreSigned() throws IOException {
        quiet("apply");
        assertThat(quiet("presign"))
                .startsWith("https://examplebucket.oss-cn-hangzhou.aliyuncs.com/public/readme.txt?")
                .contains("x-oss-expires=600");
        String id = keyOfTheSigner();
        PackagedGateway.Result signed = PackagedGateway.run(withKey("sign request", id));
        assertThat(signed.errors()).isEmpty();
        assertThat(signed.out()).contains("authorization: OSS4-HMAC-SHA256 Credential=" + id, "string to sign:");
    }

    private String keyOfTheSigner() throws IOException {
        Matcher id = Pattern.compile("(LTAI5t\\w{18})  user/1234567890123456/app-signer")
                .matcher(quiet("keys"));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private String[] withKey(String name, String id) throws IOException {
        String[] line = command(name);
        line[List.of(line).indexOf(EXAMPLE_KEY)] = id;
        return line;
    }

    @Test
    void noOtherCommandIsNamed() throws IOException {
        assertThat(Documents.commands(GATEWAY))
                .containsExactlyInAnyOrder(
                        "apply --manifest manifest.yaml --data data",
                        "serve --manifest manifest.yaml --data data --port 8080",
                        "serve --manifest manifest.yaml --data data --port 8080 --store-port 9000",
                        "demo --store",
                        "explain http://127.0.0.1:8080/examplebucket/users/alice/photo.jpg --data data",
                        "sessions revoke --role acs:ram::1234567890123456:role/mobile-app --data data",
                        "sessions list --data data",
                        "keys --data data",
                        "rotate --due --data data",
                        "rotate --compromised LTAI5tExample --data data",
                        "events list --data data",
                        "audit --data data",
                        "presign --bucket examplebucket --key public/readme.txt --expires-in 600 --data data",
                        "sign request --access-key LTAI5tExample --bucket examplebucket --key public/readme.txt --data data",
                        "reseal --data data",
                        "registry copy --from sqlite:data --to postgresql");
    }

    @Test
    void theBuildKnowsEveryProfileAndModule() throws IOException {
        List<String> builds = new ArrayList<>(Documents.commands("./mvnw "));
        builds.addAll(Documents.inlineCommands("./mvnw "));
        assertThat(builds)
                .contains(
                        "-Pdemo",
                        "verify",
                        "-T2 -Pnode,nginx,infra verify",
                        "-q -Pchromium -pl functions/gateway -am verify",
                        "-Pnative -DskipTests -pl functions/token,functions/presign,functions/sign-content,functions/verify,functions/rotate -am package",
                        "-q -Pinfra -DskipTests -pl infra/aws package",
                        "-q -Pbenchmarks -pl functions/shared/signing,functions/shared/policy,functions/shared/identity,functions/sign-content,functions/verify -am verify",
                        "-q -Pcosts -DskipTests -pl functions/shared/registry -am verify");
        String poms = poms();
        for (String build : builds) {
            names(PROFILES, build).forEach(profile -> assertThat(poms).as(build).contains("<id>" + profile + "</id>"));
            names(MODULES, build)
                    .forEach(module -> assertThat(
                                    Documents.REPOSITORY.resolve(module).resolve("pom.xml"))
                            .as(build)
                            .exists());
        }
    }

    private static List<String> names(Pattern option, String build) {
        return option.matcher(build)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(",")))
                .toList();
    }

    private static String poms() throws IOException {
        StringBuilder poms = new StringBuilder(Documents.text("pom.xml"));
        try (Stream<Path> files = Files.walk(Documents.REPOSITORY.resolve("functions"), MODULE_DEPTH)) {
            for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
                poms.append(Files.readString(pom));
            }
        }
        return poms.toString();
    }

    /** The output of the pages' command of that name, which must succeed. */
    private String quiet(String name) throws IOException {
        PackagedGateway.Result result = PackagedGateway.run(command(name));
        assertThat(result.errors()).isEmpty();
        assertThat(result.exit()).isZero();
        return result.out();
    }

    /** The tests of the profile "nginx" run the first script, on places and ports of their own. */
    @Test
    void theScriptsOfTheStoreOfFilesAreThere() throws Exception {
        assertThat(Documents.commands("infra/nginx/"))
                .containsExactlyInAnyOrder(
                        "run.sh store 8090 127.0.0.1:8080",
                        "run.sh DIRECTORY 8090 unix:/run/countersign/socket https",
                        "wrk.sh");
        isScript(Path.of("..", "..", "infra", "nginx", "run.sh"));
        isScript(Path.of("..", "..", "infra", "nginx", "wrk.sh"));
    }

    /** Running them needs wrk and minutes; here only that the shell can read them. */
    @Test
    void theScriptsThatMeasureTheFacesAreThere() throws Exception {
        assertThat(Documents.commands("functions/gateway/bench/")).containsExactly("wrk.sh", "store.sh", "start.sh");
        for (String script : List.of("wrk.sh", "store.sh", "start.sh", "signatures.sh")) {
            isScript(Path.of("bench", script));
        }
    }

    private static void isScript(Path script) throws Exception {
        assertThat(script).isExecutable();
        Process shell = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(shell.waitFor()).isZero();
    }

    private static String curl(String line, PackagedGateway gateway) throws Exception {
        String here = line.replace("http://127.0.0.1:" + PORT, gateway.url());
        assertThat(here).isNotEqualTo(line);
        return shell("curl " + here, Map.of("APP_TOKEN", AppToken.make()));
    }

    /** In the repository's folder, as the pages are read. */
    private static String shell(String command, Map<String, String> variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(Documents.REPOSITORY.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process shell = builder.start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(answer).isZero();
        return answer;
    }

    /** The pages' command of that name, with a free port and with its files in the test's directory. */
    private String[] command(String name) throws IOException {
        String line = Documents.commands(GATEWAY + name + " ").getFirst();
        return Arrays.stream((name + " " + line).split(" "))
                .map(word -> switch (word) {
                    case "manifest.yaml", "data" -> directory.resolve(word).toString();
                    case PORT -> "0";
                    default -> word;
                })
                .toArray(String[]::new);
    }
}
