package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README as they stand there; only the directory and the port are the test's own. */
class ReadmeIT {
    private static final Pattern MANIFEST = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final String GATEWAY = "    ./countersign ";
    private static final String PORT = "8080";

    @TempDir
    Path directory;

    private String readme = "";

    @BeforeEach
    void writeTheManifest() throws IOException {
        readme = Files.readString(Path.of("..", "..", "README.md"));
        Matcher manifest = MANIFEST.matcher(readme);
        assertThat(manifest.find()).isTrue();
        Files.writeString(directory.resolve("manifest.yaml"), manifest.group(1));
    }

    @Test
    void theManifestIsAppliedAndThenNothingIsLeftToDo() {
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
        List<String> lines = commands("    curl ").stream()
                .filter(line -> line.contains("http://127.0.0.1:"))
                .toList();
        assertThat(lines).hasSize(2);
        try (PackagedGateway gateway = PackagedGateway.serve(command("serve"))) {
            assertThat(curl(lines.get(0), gateway)).isEqualTo("{\"status\":\"UP\"}");
            assertThat(curl(lines.get(1), gateway)).contains("\"allowed\":true", "object-acl");
        }
    }

    @Test
    void theWalkEndsWithATokenAUrlAndARotation() throws Exception {
        List<String> lines = commands("    curl ").stream()
                .filter(line -> line.contains("\"$"))
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
                    appToken());
            assertThat(shell("curl " + lines.get(0), variables)).contains("\"StatusCode\":200", "\"SecurityToken\"");
            assertThat(shell("curl " + lines.get(1), variables))
                    .contains("\"url\":\"https://examplebucket.oss-cn-hangzhou.aliyuncs.com/users/alice/photo.jpg?");
            assertThat(shell("curl " + lines.get(2), variables)).contains("TokenKeyRotated");
        }
    }

    /** The identity provider of the README's manifest has the key of RFC 8037, appendix A, whose private half stands there too. */
    private static String appToken() throws Exception {
        byte[] secret = Base64.getUrlDecoder().decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        long now = Instant.now().getEpochSecond();
        String content = base64url("{\"alg\":\"EdDSA\",\"kid\":\"1\"}") + "."
                + base64url("{\"iss\":\"https://login.example\",\"aud\":\"my-app\",\"sub\":\"alice\",\"iat\":" + now
                        + ",\"exp\":" + (now + 600) + "}");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret)),
                Seeds.secure());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keysAreListedAndMovedToANewRootKey() {
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
    void aRefusedRequestIsExplained() {
        assertThat(PackagedGateway.run(command("apply")).exit()).isZero();
        PackagedGateway.Result explained = PackagedGateway.run(command("explain"));
        assertThat(explained.errors()).isEmpty();
        assertThat(explained.out())
                .contains("verdict: refused (AccessDenied)", "cause: NotSigned: The request is not signed");
    }

    @Test
    void whatIsDueIsRotatedAndTold() {
        quiet("apply");
        assertThat(quiet("rotate")).isEqualTo("done: 0, events sent: 0\n");
        assertThat(quiet("events list")).isEqualTo("events waiting: 0\n");
        assertThat(quiet("audit")).contains("ManifestApplied  bucket examplebucket  created");
    }

    @Test
    void aUrlAndARequestAreSigned() {
        quiet("apply");
        assertThat(quiet("presign"))
                .startsWith("https://examplebucket.oss-cn-hangzhou.aliyuncs.com/public/readme.txt?")
                .contains("x-oss-expires=600");
        Matcher id = Pattern.compile("(LTAI5t\\w{18})  user/1234567890123456/app-signer")
                .matcher(quiet("keys"));
        assertThat(id.find()).isTrue();
        String[] line = command("sign request");
        line[List.of(line).indexOf("LTAI5tExample")] = id.group(1);
        PackagedGateway.Result signed = PackagedGateway.run(line);
        assertThat(signed.errors()).isEmpty();
        assertThat(signed.out())
                .contains("authorization: OSS4-HMAC-SHA256 Credential=" + id.group(1), "string to sign:");
    }

    @Test
    void everyOtherCommandIsOneThatTheBuildKnows() {
        assertThat(commands("    ./mvnw "))
                .containsExactly(
                        "-Pdemo",
                        "verify",
                        "-Pnode,nginx,infra verify",
                        "-q -Pchromium -pl functions/gateway -am verify",
                        "-Pnative -DskipTests -pl functions/token,functions/presign,functions/sign-content,functions/verify,functions/rotate -am package",
                        "-q -Pinfra -DskipTests -pl infra/aws package",
                        "-q -Pbenchmarks -pl functions/shared/signing,functions/shared/policy,functions/shared/identity,functions/sign-content,functions/verify -am verify",
                        "-q -Pcosts -DskipTests -pl functions/shared/registry -am verify");
        assertThat(commands(GATEWAY)).hasSize(12);
    }

    /** What the README's command of that name prints, and nothing went wrong. */
    private String quiet(String name) {
        PackagedGateway.Result result = PackagedGateway.run(command(name));
        assertThat(result.errors()).isEmpty();
        assertThat(result.exit()).isZero();
        return result.out();
    }

    /** The tests of the profile "nginx" run the first one, on places and ports of their own. */
    @Test
    void theScriptsOfTheStoreOfFilesAreThere() throws Exception {
        assertThat(commands("    infra/nginx/")).containsExactly("run.sh store 8090 127.0.0.1:8080", "wrk.sh");
        isScript(Path.of("..", "..", "infra", "nginx", "run.sh"));
        isScript(Path.of("..", "..", "infra", "nginx", "wrk.sh"));
    }

    /** Running it needs wrk and half a minute; here only that the shell can read it. */
    @Test
    void theScriptThatMeasuresTheFacesIsThere() throws Exception {
        assertThat(commands("    functions/gateway/bench/")).containsExactly("wrk.sh");
        isScript(Path.of("bench", "wrk.sh"));
        isScript(Path.of("bench", "signatures.sh"));
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
        return shell("curl " + here, Map.of());
    }

    /** In the repository's folder, as the README is read. */
    private static String shell(String command, Map<String, String> variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(Path.of("..", "..").toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process shell = builder.start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(answer).isZero();
        return answer;
    }

    /** The README's command of that name, with a free port and with its files in the test's directory. */
    private String[] command(String name) {
        String line = commands(GATEWAY + name + " ").getFirst();
        return Arrays.stream((name + " " + line).split(" "))
                .map(word -> switch (word) {
                    case "manifest.yaml", "data" -> directory.resolve(word).toString();
                    case PORT -> "0";
                    default -> word;
                })
                .toArray(String[]::new);
    }

    private List<String> commands(String start) {
        return readme.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }
}
