package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.oss.common.comm.SignVersion;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.storage.FirstSdk;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.OssStore;
import io.countersign.gateway.storage.RefusedByStorage;
import io.countersign.gateway.storage.StorageClient;
import io.countersign.testkit.FileTree;
import io.countersign.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * nginx with upstream.conf between the official SDK and a store that speaks OSS. The store takes only what one key signed,
 * by the check of the other official SDK.
 */
@Tag("nginx")
class NginxUpstreamIT {
    private static final String BUCKET = "examplebucket";
    private static final String MISTAKEN = "mistakenbucket";
    private static final Login ROOT = new Login("LTAI5tRootRootRoot", "rootSecret", Optional.empty());
    private static final Login STRANGER = new Login("LTAI5tStranger", "strangerSecret", Optional.empty());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Path directory;
    private static OssStore store;
    private static LiveGateway gateway;
    private static Nginx nginx;
    private static StorageClient client;

    @BeforeAll
    static void start() throws Exception {
        int port = Ports.free();
        store = OssStore.start("cn-shanghai", "STOREKEY", "storeSecret");
        store.create(BUCKET);
        store.create(MISTAKEN);
        directory = Files.createTempDirectory("countersign-upstream");
        // For nginx's workers, which are not root where this is.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Path manifest = owners("manifest.yaml", """
                accounts:
                  - id: "1234567890123456"
                    accessKeys: [{id: LTAI5tRootRootRoot, secret: rootSecret}]
                    users: [{name: stranger, accessKeys: [{id: LTAI5tStranger, secret: strangerSecret}]}]
                    buckets:
                      - name: examplebucket
                        region: cn-hangzhou
                        upstream: {protocol: oss, endpoint: "%1$s", region: cn-shanghai, bucket: examplebucket, pathStyle: true, accessKey: {id: STOREKEY, secret: storeSecret}}
                      - name: mistakenbucket
                        region: cn-hangzhou
                        upstream: {protocol: oss, endpoint: "%1$s", region: cn-shanghai, bucket: mistakenbucket, pathStyle: true, accessKey: {id: STOREKEY, secret: anotherSecret}}
                      - {name: plainbucket, region: cn-hangzhou}
                """.formatted(store.endpoint()));
        Path token = owners("token", FileStore.TOKEN + "\n");
        Path programs = owners("programs", "nginx /auth " + PrivateTokens.sha256(FileStore.TOKEN) + "\n");
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.private.tokens", programs.toString());
            settings.set("countersign.auth.keys", "object");
            gateway = new LiveGateway(manifest, directory.resolve("data"), InstantSource.system());
        }
        nginx = Nginx.inFrontOfStores(directory, gateway.authority(), port, token);
        client = new FirstSdk(nginx.endpoint(), ROOT, SignVersion.V4);
    }

    @AfterAll
    static void stop() throws IOException {
        nginx.close();
        gateway.close();
        store.close();
        FileTree.delete(directory);
    }

    @BeforeEach
    void forget() throws Exception {
        store.empty();
    }

    private static Path owners(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void anUnmodifiedSdkKeepsObjectsInTheStore() throws Exception {
        for (String key : List.of("a.txt", "b/c d+e%2F.txt", "\u4e2d\u6587/\u00e9", "q?x=1&y#z")) {
            client.put(BUCKET, key, "content of " + key);
            assertThat(client.get(BUCKET, key)).isEqualTo("content of " + key);
            assertThat(client.size(BUCKET, key)).isPositive();
            assertThat(store.keys(BUCKET)).contains(key);
        }
        assertThat(client.list(BUCKET, "b/")).containsExactly("b/c d+e%2F.txt");
        assertThat(client.listAgain(BUCKET, "")).hasSize(4);
        client.copy(BUCKET, "a.txt", BUCKET, "copy+of a.txt");
        assertThat(client.get(BUCKET, "copy+of a.txt")).isEqualTo("content of a.txt");
        client.delete(BUCKET, "a.txt");
        assertThat(store.keys(BUCKET)).doesNotContain("a.txt");
        allWasSigned();
    }

    @Test
    void partsMakeAnObject() throws Exception {
        client.putInParts(BUCKET, "large.txt", List.of("first ", "second ", "third"));
        assertThat(new String(store.content(BUCKET, "large.txt"))).isEqualTo("first second third");
        allWasSigned();
    }

    @Test
    void whatIsRefusedNeverArrives() {
        StorageClient stranger = new FirstSdk(nginx.endpoint(), STRANGER, SignVersion.V4);
        assertThatThrownBy(() -> stranger.put(BUCKET, "k", "x"))
                .isInstanceOfSatisfying(
                        RefusedByStorage.class,
                        refused -> assertThat(refused.code()).isEqualTo("AccessDenied"));
        StorageClient forger =
                new FirstSdk(nginx.endpoint(), new Login(ROOT.id(), "anotherSecret", Optional.empty()), SignVersion.V4);
        assertThatThrownBy(() -> forger.get(BUCKET, "k"))
                .isInstanceOfSatisfying(
                        RefusedByStorage.class,
                        refused -> assertThat(refused.code()).isEqualTo("SignatureDoesNotMatch"));
        assertThat(store.received()).isEmpty();
    }

    /** Its refusal holds the string to sign, and our key's id. */
    @Test
    void aSignatureThatTheStoreRefusesIsOurOwnTrouble() {
        assertThatThrownBy(() -> client.put(MISTAKEN, "k", "x"))
                .isInstanceOfSatisfying(RefusedByStorage.class, refused -> {
                    assertThat(refused.code()).isEqualTo("ServiceUnavailable");
                    assertThat(refused.toString()).doesNotContain("STOREKEY", "OSS4");
                });
        assertThat(store.received()).hasSize(1);
    }

    @Test
    void noSignatureOfOursReachesAClient() throws Exception {
        store.seed(BUCKET, "k", "x");
        HttpResponse<String> answer = send("GET", url(BUCKET, "k"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().toString())
                .doesNotContainIgnoringCase("x-countersign")
                .doesNotContain("OSS4", "STOREKEY");
        HttpResponse<String> missing = send("GET", url(BUCKET, "missing"));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("NoSuchKey");
    }

    /** The client's own headers of these names are replaced, and its query is not appended to the store's URL. */
    @Test
    void aClientAddsNothing() throws Exception {
        store.seed(BUCKET, "k", "0123456789");
        HttpResponse<String> answer = send(
                "GET",
                url(BUCKET, "k"),
                "X-Countersign-Upstream-Uri",
                "/examplebucket/other",
                "X-Countersign-Upstream-Host",
                "127.0.0.1:1",
                "Cookie",
                "a=b");
        assertThat(answer.body()).isEqualTo("0123456789");
        OssStore.Received received = store.received().getLast();
        assertThat(received.target()).isEqualTo("/examplebucket/k");
        assertThat(received.headers().has("cookie")).isFalse();
        allWasSigned();
    }

    @ParameterizedTest
    @CsvSource({"x-amz-meta-a", "X-Amz-Copy-Source", "x-goog-meta-a", "x-oss-callback", "x-oss-unheard-of"})
    void aHeaderThatStoresObeyStopsHere(String name) throws Exception {
        store.seed(BUCKET, "k", "x");
        HttpResponse<String> answer = send("GET", url(BUCKET, "k"), name, "1");
        assertThat(answer.statusCode()).isIn(400, 403, 501);
        assertThat(store.received()).isEmpty();
    }

    @Test
    void aBucketWithoutAStoreIsNotServed() throws Exception {
        assertThat(send("GET", url("plainbucket", "k")).statusCode()).isEqualTo(501);
        assertThat(store.received()).isEmpty();
    }

    private static String url(String bucket, String key) {
        return client.presign(bucket, key, Instant.now().plusSeconds(600));
    }

    private static void allWasSigned() {
        assertThat(store.received())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.objection()).isEmpty());
    }

    private static HttpResponse<String> send(String method, String url, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
