package io.countersign.gateway.dist;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.countersign.gateway.dist.Unpacked.Result;
import io.countersign.gateway.dist.Unpacked.Server;
import io.countersign.testkit.BuildMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive in an empty directory, without a Java and without any tool on the PATH. */
@Tag("dist")
class ArchiveIT {
    private static final String BUCKET = "https://examplebucket.oss-cn-hangzhou.aliyuncs.com";
    private static final Path S3PROXY = Path.of("target", "store", "s3proxy-jar-with-dependencies.jar");

    @TempDir
    static Path elsewhere;

    @TempDir
    Path directory;

    private static Unpacked unpacked;

    @BeforeAll
    static void unpack() throws Exception {
        unpacked = Unpacked.into(Files.createDirectory(elsewhere.resolve("a place")));
    }

    @Test
    void itSaysItsVersionAndNothingElse() throws Exception {
        Result version = unpacked.run("--version");
        assertThat(version.err()).isEmpty();
        assertThat(version.exit()).isZero();
        assertThat(version.out()).isEqualTo("countersign " + version() + "\n");
    }

    @Test
    void theDemoRuns() throws Exception {
        try (Server demo = unpacked.serve(Map.of(), "demo", "--port", "0")) {
            given().baseUri(demo.url()).get("/health").then().statusCode(200);
        }
    }

    @Test
    void theDemoBringsItsStore() throws Exception {
        try (Server demo = unpacked.serve(Map.of(), "demo", "--store", "--port", "0")) {
            given().baseUri(demo.url()).get("/health").then().statusCode(200);
        }
        assertThat(Files.readString(unpacked.file("licenses/THIRD-PARTY.txt"))).contains("org.gaul:s3proxy:");
    }

    @Test
    void itAppliesItsExampleServesItAndExplainsARefusal() throws Exception {
        String data = directory.resolve("data").toString();
        Result applied = unpacked.run(
                "apply", "--manifest", unpacked.file("share/manifest.yaml").toString(), "--data", data);
        assertThat(applied.err()).isEmpty();
        assertThat(applied.out()).contains("created: ", "examplebucket");
        try (Server server = unpacked.serve(Map.of(), "serve", "--data", data, "--port", "0")) {
            given().baseUri(server.url()).get("/health").then().statusCode(200);
            given().baseUri(server.url())
                    .contentType("application/json")
                    .body("{\"method\":\"GET\",\"url\":\"" + BUCKET + "/public/readme.txt\"}")
                    .post("/verify")
                    .then()
                    .statusCode(200)
                    .body("allowed", is(true));
        }
        Result explained = unpacked.run("explain", BUCKET + "/users/ada/photo.jpg", "--data", data);
        assertThat(explained.out()).as(explained.err()).contains("AccessDenied");
    }

    @Test
    void itHasWhatTheDocumentsHaveInInfra() {
        Path infra = Path.of("..", "..", "infra");
        for (String file : List.of(
                "postgresql/schema.sql",
                "systemd/countersign.service",
                "nginx/countersign.conf",
                "caddy/Caddyfile",
                "observability/alerts.yaml",
                "kubernetes/kustomization.yaml",
                "container/Containerfile",
                "haproxy/haproxy.cfg")) {
            assertThat(unpacked.file("share/" + file)).hasSameTextualContentAs(infra.resolve(file));
        }
        assertThat(unpacked.file("share/nginx/wrk.sh")).doesNotExist();
    }

    @Test
    void theClassesComeFromItsCache() throws Exception {
        Path log = directory.resolve("classes");
        String data = directory.resolve("data").toString();
        unpacked.run("apply", "--manifest", unpacked.file("share/manifest.yaml").toString(), "--data", data);
        Map<String, String> options = Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xlog:class+load:file=" + log);
        try (Server server = unpacked.serve(options, "serve", "--data", data, "--port", "0")) {
            given().baseUri(server.url()).get("/health").then().statusCode(200);
        }
        List<String> own = Files.readAllLines(log).stream()
                .filter(line ->
                        (line.contains(" io.countersign.") || line.contains(" picocli.")) && !line.contains("$$"))
                .toList();
        assertThat(own)
                .anyMatch(line -> line.contains(" io.countersign.gateway.server.GatewayServer "))
                .anyMatch(line -> line.contains(" picocli.CommandLine "));
        assertThat(own.stream()
                        .filter(line -> line.contains("source: shared objects file"))
                        .count())
                .as("of " + own.size())
                .isGreaterThan(own.size() * 9L / 10);
    }

    @Test
    void nothingInItTellsOfTheMachineThatBuiltIt() throws Exception {
        try (Stream<Path> files = Files.walk(unpacked.file(""))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(one -> !isPublished(one))
                    .toList()) {
                assertThat(BuildMachine.namedIn(file)).as(file.toString()).isEmpty();
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file + ": how the bearer tokens begin of the run that made the cache")
                        .doesNotContain("eyJhbGciOiJFZERTQSIsImtpZCI6IjEifQ");
            }
        }
    }

    /** Whether the file is S3Proxy's jar as its project publishes it: that names paths of the machine that built it. */
    private static boolean isPublished(Path file) {
        try {
            return file.getFileName().equals(S3PROXY.getFileName()) && Files.mismatch(file, S3PROXY) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itsFilesAreRootsAndNoOneElseWritesThem() throws Exception {
        Process tar = new ProcessBuilder(
                        "tar",
                        "--list",
                        "--verbose",
                        "--numeric-owner",
                        "--gzip",
                        "--file",
                        Unpacked.archive().toString())
                .start();
        List<String> lines = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(tar.waitFor()).isZero();
        assertThat(lines)
                .hasSizeGreaterThan(100)
                .allMatch(line -> line.matches("(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--|lrwxrwxrwx) 0/0 .*"));
        assertThat(lines)
                .noneMatch(line -> line.startsWith("-") && line.matches(".*/(data|root\\.key[^/]*|made-keys[^/]*)$"));
    }

    @Test
    void eachLibraryIsInTheBillOfMaterialsAndNamesItsLicence() throws IOException {
        String licences = Files.readString(unpacked.file("licenses/THIRD-PARTY.txt"));
        // They are one jar in the archive.
        try (Stream<Path> jars = Files.list(Path.of("target", "quarkus-app", "lib", "main"))) {
            List<String> libraries = jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> !name.startsWith("io.countersign."))
                    .toList();
            // GROUP.ARTIFACT-VERSION.jar is GROUP:ARTIFACT:VERSION there.
            assertThat(libraries)
                    .hasSizeGreaterThan(50)
                    .allMatch(jar -> licences.lines().anyMatch(line -> names(line, jar)));
        }
        assertThat(unpacked.file("LICENSE")).hasSameTextualContentAs(Path.of("..", "..", "LICENSE"));
        assertThat(Files.readString(unpacked.file("countersign.cdx.json"))).contains("\"bomFormat\" : \"CycloneDX\"");
        assertThat(unpacked.file("lib/runtime/legal/java.base/LICENSE")).exists();
    }

    @Test
    void theCompletionIsThatOfTheseCommands() throws Exception {
        assertThat(unpacked.file("share/completion/countersign.bash"))
                .hasContent(unpacked.run("completion", "bash").out());
    }

    private static boolean names(String line, String jar) {
        String[] name = line.split(" {2}", 2)[0].split(":", -1);
        return name.length == 3 && jar.equals(name[0] + "." + name[1] + "-" + name[2] + ".jar");
    }

    private static String version() throws IOException {
        String name = Unpacked.archive().getFileName().toString();
        return name.substring("countersign-".length(), name.indexOf("-linux-"));
    }
}
