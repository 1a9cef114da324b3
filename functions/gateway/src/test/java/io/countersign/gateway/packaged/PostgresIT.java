package io.countersign.gateway.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.gateway.documents.Documents;
import io.countersign.gateway.packaged.PackagedGateway.Result;
import io.countersign.registry.postgresql.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway with its registry in PostgreSQL, by configuration alone, and moved there as the documents say. */
@Tag("postgresql")
class PostgresIT {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                    policies:
                      - {Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:photos/*"}]}
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: app}
            """;

    @TempDir
    private Path directory;

    @Test
    void movesFromAFileToADatabaseAndServesThere() throws Exception {
        PostgresServer server = PostgresServer.running();
        String url = server.newDatabase();
        server.execute(
                "postgres",
                "DO $$ BEGIN CREATE ROLE with_password LOGIN SUPERUSER; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "ALTER ROLE with_password PASSWORD 'PasswordOfTheTest'");
        List<String> settings = List.of(
                "-Dcountersign.postgresql.url=" + url,
                "-Dcountersign.postgresql.user=with_password",
                "-Dcountersign.postgresql.password-file=" + password(),
                "-Dcountersign.aws.api-call-timeout=PT1M");
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        assertThat(PackagedGateway.run("apply", "--manifest", manifest.toString(), "--data", data())
                        .errors())
                .isEmpty();

        Result copied = PackagedGateway.run(settings, documented());
        assertThat(copied.errors()).isEmpty();
        assertThat(copied.out()).startsWith("copied: ").contains("\nsha256: ");

        Files.delete(directory.resolve("data").resolve("registry.db"));
        List<String> options = new ArrayList<>(settings);
        options.add("-Dcountersign.store=postgresql");
        Result presigned = PackagedGateway.run(
                options, "presign", "--bucket", "photos", "--key", "a.jpg", "--expires-in", "600", "--data", data());
        assertThat(presigned.errors()).isEmpty();
        try (PackagedGateway gateway = PackagedGateway.serve(options, "serve", "--data", data(), "--port", "0")) {
            given().get(gateway.url() + "/health").then().statusCode(200);
            given().contentType("application/json")
                    .body("{\"method\":\"GET\",\"url\":\""
                            + presigned.out().lines().findFirst().orElseThrow() + "\",\"headers\":{}}")
                    .post(gateway.url() + "/verify")
                    .then()
                    .statusCode(200)
                    .body("allowed", equalTo(true));
            assertThat(gateway.output()).doesNotContain("PasswordOfTheTest");
        }
        assertThat(directory.resolve("data").resolve("registry.db")).doesNotExist();
    }

    @Test
    void aServerBeyondLoopbackWithoutVerifiedEncryptionIsRefusedAtTheStart() throws IOException {
        Result refused = PackagedGateway.run(
                List.of(
                        "-Dcountersign.store=postgresql",
                        "-Dcountersign.postgresql.password-file=" + password(),
                        "-Dcountersign.postgresql.url=jdbc:postgresql://db.example.com/db?sslmode=require"),
                "keys",
                "--data",
                data());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.errors())
                .singleElement()
                .asString()
                .contains("InvalidSetting", "countersign.postgresql.url", "verify-full");
    }

    /** The line of docs/operations.md, with this test's directory. */
    private String[] documented() throws IOException {
        String line = Documents.commands("./countersign ").stream()
                .filter(command -> command.startsWith("registry copy "))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(line.split(" "))
                .map(word -> word.equals("sqlite:data") ? "sqlite:" + data() : word)
                .toArray(String[]::new);
    }

    private Path password() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "PasswordOfTheTest\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String data() {
        return directory.resolve("data").toString();
    }
}
