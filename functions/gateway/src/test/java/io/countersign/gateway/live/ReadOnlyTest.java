package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.cli.CommandFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --read-only} on a backup in a directory that cannot be written. */
class ReadOnlyTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T03:00:00Z"));
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                buckets: [{name: photos, region: cn-hangzhou, acl: public-read}]
            """;

    @TempDir
    Path directory;

    private Path data = Path.of("data");

    @BeforeEach
    void make() throws Exception {
        data = directory.resolve("data");
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        new LiveGateway(manifest, data, CLOCK).close();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-x------"));
    }

    @AfterEach
    void permit() throws Exception {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void answersReadsAndRefusesWrites() throws Exception {
        Map<String, byte[]> before = files();
        try (LiveGateway gateway = LiveGateway.readOnly(data, CLOCK)) {
            assertThat(send(gateway, "GET", "/health", "").statusCode()).isEqualTo(200);
            String request = "{\"method\":\"GET\",\"url\":\"http://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg\"}";
            assertThat(send(gateway, "POST", "/verify", request).body()).contains("\"allowed\":true");
            String acl = "{\"bucket\":\"photos\",\"acl\":\"private\"}";
            refused(send(gateway, "PUT", "/acl", acl));
            refused(send(gateway, "POST", "/events", "{}"));
            refused(send(gateway, "POST", "/sessions/revoke", "{}"));
            refused(send(gateway, "POST", "/callbacks/oss", ""));
            assertThat(send(gateway, "POST", "/verify", request).body()).contains("\"allowed\":true");
        }
        assertThat(files()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void createsNoRegistry() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> LiveGateway.readOnly(missing, CLOCK))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("NoRegistry");
        assertThat(missing).doesNotExist();
    }

    @Test
    void aLostRootKeyIsNotMadeAnew() throws Exception {
        permit();
        Files.delete(data.resolve("root.key"));
        assertThatThrownBy(() -> LiveGateway.readOnly(data, CLOCK))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("RootKeyUnusable");
        assertThat(data.resolve("root.key")).doesNotExist();
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"RegistryReadOnly\"");
    }

    private static HttpResponse<String> send(LiveGateway gateway, String method, String path, String body)
            throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private Map<String, byte[]> files() throws Exception {
        Map<String, byte[]> all = new TreeMap<>();
        try (var files = Files.list(data)) {
            for (Path file : files.toList()) {
                all.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }
}
