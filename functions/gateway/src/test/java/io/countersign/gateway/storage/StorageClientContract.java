package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract of every SDK with a storage that asks the gateway about each request. */
public abstract class StorageClientContract {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final String ODD = "users/alice/a b+c%2B/中?&=#~!'()*.txt";

    private final HttpClient http = HttpClient.newHttpClient();

    /** Names what the test leaves behind, so that the SDKs do not meet. */
    protected abstract String name();

    /** Puts an object there, whoever the test's client is. */
    protected abstract void seed(String bucket, String key, String content) throws Exception;

    protected abstract StorageClient client(Login login);

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    /** The parts of an upload, of sizes that the store behind takes. */
    protected List<String> parts() {
        return StoreKind.OSS.parts();
    }

    static void refused(String code, ThrowingCallable call) {
        RefusedByStorage refusal = catchThrowableOfType(RefusedByStorage.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    @Test
    void theAccountsOwnKeyDoesWhatItWantsWithItsBucket() {
        everyOperationWorks(Login.ACCOUNT, "owned/" + name() + "/");
    }

    @Test
    void aRamUserWorksInItsPrefix() {
        everyOperationWorks(Login.ALICE, "users/alice/" + name() + "/");
    }

    private void everyOperationWorks(Login login, String prefix) {
        try (StorageClient client = client(login)) {
            client.put(BUCKET, prefix + "a.txt", "hello");
            assertThat(client.get(BUCKET, prefix + "a.txt")).isEqualTo("hello");
            assertThat(client.size(BUCKET, prefix + "a.txt")).isEqualTo(5);
            client.copy(BUCKET, prefix + "a.txt", BUCKET, prefix + "b.txt");
            client.putInParts(BUCKET, prefix + "c.txt", parts());
            assertThat(client.get(BUCKET, prefix + "c.txt")).isEqualTo(String.join("", parts()));
            if (client.copiesInParts()) {
                client.copyInParts(BUCKET, prefix + "c.txt", BUCKET, prefix + "a.txt");
                assertThat(client.get(BUCKET, prefix + "a.txt")).isEqualTo(String.join("", parts()));
            }
            client.abort(BUCKET, prefix + "d.txt");
            assertThat(client.list(BUCKET, prefix))
                    .containsExactly(prefix + "a.txt", prefix + "b.txt", prefix + "c.txt");
            client.delete(BUCKET, prefix + "a.txt");
            assertThat(client.listAgain(BUCKET, prefix)).containsExactly(prefix + "b.txt", prefix + "c.txt");
            client.deleteAll(BUCKET, List.of(prefix + "b.txt", prefix + "c.txt"));
            assertThat(client.list(BUCKET, prefix)).isEmpty();
        }
    }

    @Test
    void keysOfEveryKindSurvive() {
        try (StorageClient client = client(Login.ALICE)) {
            client.put(BUCKET, ODD, "odd");
            assertThat(client.get(BUCKET, ODD)).isEqualTo("odd");
            client.copy(BUCKET, ODD, BUCKET, ODD + "2");
            assertThat(client.get(BUCKET, ODD + "2")).isEqualTo("odd");
            client.deleteAll(BUCKET, List.of(ODD, ODD + "2"));
            refused("NoSuchKey", () -> client.get(BUCKET, ODD));
        }
    }

    @Test
    void anotherUsersPrefixIsRefused() throws Exception {
        seed(BUCKET, "users/bob/a.txt", "bob's");
        try (StorageClient client = client(Login.ALICE)) {
            refused("AccessDenied", () -> client.get(BUCKET, "users/bob/a.txt"));
            refused(client.refusalOfHead("AccessDenied"), () -> client.size(BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.put(BUCKET, "users/bob/a.txt", "mine"));
            refused("AccessDenied", () -> client.delete(BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.copy(BUCKET, "users/bob/a.txt", BUCKET, "users/alice/stolen"));
            if (client.copiesInParts()) {
                refused(
                        "AccessDenied",
                        () -> client.copyInParts(BUCKET, "users/bob/a.txt", BUCKET, "users/alice/stolen"));
            }
            refused("AccessDenied", () -> client.copy(BUCKET, "users/alice/x", BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.abort(BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.list(BUCKET, "users/bob/"));
            refused("AccessDenied", () -> client.listAgain(BUCKET, ""));
        }
    }

    @Test
    void oneForbiddenKeyForbidsTheWholeDelete() throws Exception {
        seed(BUCKET, "users/alice/mine", "m");
        seed(BUCKET, "users/alice/keep/this", "k");
        try (StorageClient client = client(Login.ALICE)) {
            refused(
                    "AccessDenied",
                    () -> client.deleteAll(BUCKET, List.of("users/alice/mine", "users/alice/keep/this")));
            refused("AccessDenied", () -> client.delete(BUCKET, "users/alice/keep/this"));
            assertThat(client.get(BUCKET, "users/alice/mine")).isEqualTo("m");
            assertThat(client.get(BUCKET, "users/alice/keep/this")).isEqualTo("k");
        }
    }

    @Test
    void anotherAccountsBucketIsRefused() throws Exception {
        seed(GuardedStorageManifest.FOREIGN, "a.txt", "foreign");
        try (StorageClient client = client(Login.ACCOUNT)) {
            refused("AccessDenied", () -> client.get(GuardedStorageManifest.FOREIGN, "a.txt"));
            refused("AccessDenied", () -> client.list(GuardedStorageManifest.FOREIGN, ""));
            refused("AccessDenied", () -> client.copy(GuardedStorageManifest.FOREIGN, "a.txt", BUCKET, "stolen.txt"));
        }
        try (StorageClient client = client(Login.STRANGER)) {
            assertThat(client.get(GuardedStorageManifest.FOREIGN, "a.txt")).isEqualTo("foreign");
            refused("AccessDenied", () -> client.put(BUCKET, "a.txt", "x"));
        }
    }

    @Test
    void aBucketThatIsNotThereIsNotThere() {
        try (StorageClient client = client(Login.ACCOUNT)) {
            refused("NoSuchBucket", () -> client.get("no-such-bucket", "a.txt"));
        }
    }

    @Test
    void anUnknownKeyIsRefused() {
        try (StorageClient client = client(Login.NOBODY)) {
            refused("InvalidAccessKeyId", () -> client.get(BUCKET, "users/alice/a.txt"));
            refused("InvalidAccessKeyId", () -> client.get(GuardedStorageManifest.PUBLIC, "a.txt"));
        }
    }

    @Test
    void anInactiveKeyIsRefused() {
        try (StorageClient client = client(Login.SLEEPER)) {
            refused("InvalidAccessKeyId", () -> client.get(BUCKET, "users/alice/a.txt"));
        }
    }

    @Test
    void aWrongSecretIsRefusedEvenForWhatIsPublic() throws Exception {
        seed(GuardedStorageManifest.PUBLIC, "a.txt", "public");
        try (StorageClient client = client(Login.ALICE.withSecret("another-secret-0123456789abcde"))) {
            refused("SignatureDoesNotMatch", () -> client.get(BUCKET, "users/alice/a.txt"));
            refused("SignatureDoesNotMatch", () -> client.put(BUCKET, "users/alice/a.txt", "x"));
            refused(client.refusalOfHead("SignatureDoesNotMatch"), () -> client.size(BUCKET, "users/alice/a.txt"));
            refused("SignatureDoesNotMatch", () -> client.get(GuardedStorageManifest.PUBLIC, "a.txt"));
        }
    }

    @Test
    void urlsThatTheSdkPresignsWork() throws Exception {
        seed(BUCKET, ODD, "odd");
        try (StorageClient client = client(Login.ALICE)) {
            String url = client.presign(BUCKET, ODD, Instant.now().plus(Duration.ofMinutes(5)));
            assertThat(get(url).body()).isEqualTo("odd");
            String tampered = url.replace("/users/alice/", "/users/alicf/");
            assertThat(get(tampered).statusCode()).isEqualTo(403);
            assertThat(get(tampered).body()).contains("<Code>SignatureDoesNotMatch</Code>");
            assertThat(get(url + "&x-oss-process=image/info").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void urlsThatTheSdkPresignsForOthersAreJudgedWhenTheyAreUsed() throws Exception {
        try (StorageClient client = client(Login.ALICE)) {
            String url = client.presign(BUCKET, "users/bob/a.txt", Instant.now().plus(Duration.ofMinutes(5)));
            assertThat(get(url).statusCode()).isEqualTo(403);
            assertThat(get(url).body()).contains("<Code>AccessDenied</Code>");
        }
    }
}
