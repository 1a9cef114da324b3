package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.packaged.PackagedGateway.Result;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineIT {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                    policies: []
                  - name: made
                    accessKeys: [{}]
                buckets:
                  - {name: photos, region: cn-hangzhou, acl: public-read, signer: app}
                  - {name: attic, region: cn-hangzhou}
            """;

    @TempDir
    private Path directory;

    private Path manifest;
    private Path data;

    @BeforeEach
    void write() throws IOException {
        manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        data = directory.resolve("data");
    }

    @Test
    void helpAndVersionAreQuietSuccesses() {
        Result help = PackagedGateway.run("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).startsWith("Usage: countersign");
        assertThat(help.err()).isEmpty();
        Result version = PackagedGateway.run("--version");
        assertThat(version.exit()).isZero();
        assertThat(version.out()).matches("countersign \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void aWrongCommandLineIsUsage() {
        for (String[] line :
                new String[][] {{}, {"frobnicate"}, {"serve"}, {"apply", "--data", "x"}, {"serve", "--what"}}) {
            assertRefused(PackagedGateway.run(line), 2, "--help");
        }
    }

    @Test
    void applyReportsWhatItDidAndDoingItAgainChangesNothing() throws IOException {
        Result first = apply();
        assertThat(first.exit()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.out())
                .contains("created: ", "photos", "attic", " 0 updated, 0 unchanged, 0 removed, 0 not named");
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));

        Result second = apply();
        assertThat(second.exit()).isZero();
        assertThat(second.out()).startsWith("manifest: 0 created, 0 updated, ").endsWith(" 0 removed, 0 not named\n");
    }

    @Test
    void secretsThatWereMadeGoToAFileOfTheirOwn() throws IOException {
        Result result = apply();
        Matcher path = Pattern.compile("in (\\S+\\.json)").matcher(result.out());
        assertThat(path.find()).isTrue();
        Path file = Path.of(path.group(1));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Matcher secret = Pattern.compile("\"accessKeySecret\":\"([^\"]{30})\"").matcher(Files.readString(file));
        assertThat(secret.find()).isTrue();
        assertThat(result.out()).doesNotContain(secret.group(1), "ExampleSecret");
        try (Stream<Path> files = Files.list(data)) {
            for (Path other : files.filter(one -> !one.equals(file)).toList()) {
                assertThat(Files.readString(other, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret.group(1), "ExampleSecret");
            }
        }
    }

    @Test
    void removesAnUnnamedRecordOnlyWithPrune() throws IOException {
        apply();
        Files.writeString(
                manifest,
                MANIFEST.lines().filter(line -> !line.contains("attic")).reduce("", (a, b) -> a + b + "\n"));
        Result kept = apply();
        assertThat(kept.out()).contains("not named: ").contains("attic", " 0 removed, 1 not named", "--prune");
        Result pruned =
                PackagedGateway.run("apply", "--manifest", manifest.toString(), "--data", data.toString(), "--prune");
        assertThat(pruned.exit()).isZero();
        assertThat(pruned.out()).contains("removed: ").contains("attic", " 1 removed");
    }

    @Test
    void aBadManifestIsRefusedByLineAndMember() throws IOException {
        Files.writeString(manifest, MANIFEST.replace("cn-hangzhou, acl: public-read", "cn-hangzhou, acl: everybody"));
        assertRefused(apply(), 1, "InvalidManifest", "line 10", "accounts[0].buckets[0].acl");
        Files.writeString(manifest, "accounts: [}\nsecret: hunter2\n");
        assertThat(assertRefused(apply(), 1, "InvalidManifest", "line 1")).doesNotContain("hunter2");
        Files.writeString(manifest, "");
        assertRefused(apply(), 1, "InvalidManifest");
        Files.write(manifest, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertRefused(apply(), 1, "InvalidManifest", "UTF-8");
        Files.delete(manifest);
        assertRefused(apply(), 1, "ManifestNotFound");
    }

    @Test
    void dataThatCannotBeUsedIsRefused() throws IOException {
        Files.writeString(data, "a file");
        assertRefused(apply(), 1, "DataDirectoryUnusable");
        Files.delete(data);
        apply();
        Files.setPosixFilePermissions(data.resolve("root.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(apply(), 1, "RootKeyUnusable", "chmod 600");
    }

    @Test
    void aBadSettingIsRefusedByName() {
        for (String setting :
                List.of("countersign.cache.ttl=never", "countersign.cache.tll=PT1S", "countersign.base-domains=a..b")) {
            Result result =
                    PackagedGateway.run(List.of("-D" + setting), "serve", "--data", data.toString(), "--port", "0");
            assertRefused(result, 1, "InvalidSetting", setting.substring(0, setting.indexOf('=')));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 199, 200, 383})
    void refusesToServeWithTooFewOpenFiles(int files) throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + files + "; exec \"$0\" serve --data \"$1\" --port 0",
                        Path.of("../../countersign").toRealPath().toString(),
                        data.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said)
                .startsWith("countersign: TooFewOpenFiles: ")
                .contains(" " + files + " open files", "ulimit -n")
                .hasLineCount(1);
        assertThat(data).doesNotExist();
    }

    @Test
    void aManifestThatIsRefusedLeavesNothingBehind() throws IOException {
        for (String bad : List.of(
                "accounts: [}",
                "# " + "x".repeat(4 << 20),
                MANIFEST.replace("signer: app", "signer: missing"),
                MANIFEST.replace("policies: []", "policies: [{Version: \"2\"}]"))) {
            Files.writeString(manifest, bad);
            assertThat(apply().exit()).isEqualTo(1);
            Result served = PackagedGateway.run(
                    "serve", "--manifest", manifest.toString(), "--data", data.toString(), "--port", "0");
            assertThat(served.exit()).isEqualTo(1);
            assertThat(served.errors()).hasSize(1);
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertRefused(
                    PackagedGateway.run("serve", "--data", data.toString(), "--port", port),
                    1,
                    "PortInUse",
                    port,
                    "--port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsSaid() {
        assertRefused(
                PackagedGateway.run(
                        "serve",
                        "--data",
                        data.toString(),
                        "--host",
                        "192.0.2.1",
                        "--port",
                        "0",
                        "--private-port",
                        "0"),
                1,
                "AddressUnusable");
    }

    @Test
    void offLoopbackThePrivateFacesNeedTheirOwnPort() {
        assertRefused(
                PackagedGateway.run("serve", "--data", data.toString(), "--host", "0.0.0.0", "--port", "0"),
                1,
                "PrivatePortRequired",
                "--private-port");
    }

    @Test
    void thePrivatePortHasThePrivateFacesAndTheOtherHasNone() {
        try (PackagedGateway gateway = PackagedGateway.serve(
                "serve", "--data", data.toString(), "--host", "0.0.0.0", "--port", "0", "--private-port", "0")) {
            Matcher beside = Pattern.compile("private faces on (http://127\\.0\\.0\\.1:\\d+)")
                    .matcher(gateway.output());
            assertThat(beside.find()).isTrue();
            String open = gateway.url().replace("0.0.0.0", "127.0.0.1");
            RestAssured.given().post(open + "/verify").then().statusCode(404);
            RestAssured.get(open + "/health").then().statusCode(200);
            RestAssured.given().post(beside.group(1) + "/verify").then().statusCode(415);
            RestAssured.given().post(beside.group(1) + "/presign").then().statusCode(404);
        }
    }

    @Test
    void serveAppliesItsManifestAndServesTheDataWithoutOneLater() {
        String question = "{\"method\":\"GET\",\"url\":\"https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg\"}";
        try (PackagedGateway gateway = PackagedGateway.serve(
                "serve", "--manifest", manifest.toString(), "--data", data.toString(), "--port", "0")) {
            assertThat(gateway.output()).contains("created: ");
            assertAllowed(gateway, question);
            gateway.stop();
        }
        try (PackagedGateway gateway = PackagedGateway.serve("serve", "--data", data.toString(), "--port", "0")) {
            assertThat(gateway.output()).startsWith("countersign: ready on http://127.0.0.1:");
            assertAllowed(gateway, question);
            assertThat(gateway.errors()).isEmpty();
        }
    }

    private static void assertAllowed(PackagedGateway gateway, String question) {
        boolean allowed = RestAssured.given()
                .contentType("application/json")
                .body(question)
                .post(gateway.url() + "/verify")
                .then()
                .statusCode(200)
                .extract()
                .path("allowed");
        assertThat(allowed).isTrue();
    }

    private Result apply() {
        return PackagedGateway.run("apply", "--manifest", manifest.toString(), "--data", data.toString());
    }

    /** Nothing on standard output, one line on standard error. */
    private static String assertRefused(Result result, int exit, String... parts) {
        assertThat(result.exit()).as(result.err()).isEqualTo(exit);
        assertThat(result.out()).isEmpty();
        assertThat(result.errors()).hasSize(1);
        assertThat(result.err()).startsWith("countersign: ").contains(parts).doesNotContain("Exception");
        return result.err();
    }
}
