package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.RefusedByStorage;
import io.countersign.gateway.storage.StorageClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Operations of an SDK on a store of plain files, and the refusals of those that files lack. */
abstract class NginxContract {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final String ODD = "a b+c&d=e?f#g%h/\u4e2d\u6587 \u00e9'(x)*~;,:@$!/..x";

    final FileStore store;

    NginxContract(FileStore store) {
        this.store = store;
    }

    abstract String name();

    abstract StorageClient client(Login login);

    private String folder() {
        return "users/alice/" + name() + "/";
    }

    static void refused(String code, ThrowingCallable asked) {
        assertThatExceptionOfType(RefusedByStorage.class)
                .isThrownBy(asked)
                .satisfies(refusal -> assertThat(refusal.code())
                        .as(String.valueOf(refusal.getMessage()))
                        .isEqualTo(code));
    }

    @Test
    void anObjectIsPutReadReplacedAndDeleted() {
        String key = folder() + "a.txt";
        try (StorageClient client = client(Login.ALICE)) {
            client.put(BUCKET, key, "hello");
            assertThat(store.file(BUCKET, key)).hasContent("hello");
            client.put(BUCKET, key, "hello again");
            assertThat(client.get(BUCKET, key)).isEqualTo("hello again");
            assertThat(client.size(BUCKET, key)).isEqualTo(11);
            client.delete(BUCKET, key);
            assertThat(store.file(BUCKET, key)).doesNotExist();
            refused("NoSuchKey", () -> client.get(BUCKET, key));
            client.delete(BUCKET, key);
        }
    }

    @Test
    void aKeyIsAFileOfThatName() {
        try (StorageClient client = client(Login.ALICE)) {
            client.put(BUCKET, folder() + ODD, "odd");
            assertThat(client.get(BUCKET, folder() + ODD)).isEqualTo("odd");
            assertThat(store.file(BUCKET, folder() + ODD)).hasContent("odd");
        }
    }

    @Test
    void refusesAForbiddenRequestWithoutAChange() throws Exception {
        store.place(BUCKET, "users/bob/b.txt", "bob's");
        store.place(BUCKET, "users/alice/keep/k.txt", "kept");
        try (StorageClient client = client(Login.ALICE)) {
            refused("AccessDenied", () -> client.get(BUCKET, "users/bob/b.txt"));
            refused("AccessDenied", () -> client.put(BUCKET, "users/bob/b.txt", "mine"));
            refused("AccessDenied", () -> client.delete(BUCKET, "users/bob/b.txt"));
            refused("AccessDenied", () -> client.delete(BUCKET, "users/alice/keep/k.txt"));
        }
        assertThat(Files.readString(store.file(BUCKET, "users/bob/b.txt"))).isEqualTo("bob's");
        assertThat(Files.readString(store.file(BUCKET, "users/alice/keep/k.txt")))
                .isEqualTo("kept");
    }

    @Test
    void aClientLearnsTheTrueReason() {
        String key = folder() + "never.txt";
        Login forger = new Login(Login.ALICE.id(), "another-secret-0123456789abcde");
        try (StorageClient client = client(forger)) {
            refused("SignatureDoesNotMatch", () -> client.put(BUCKET, key, "x"));
        }
        try (StorageClient client = client(Login.NOBODY)) {
            refused("InvalidAccessKeyId", () -> client.get(BUCKET, key));
        }
        try (StorageClient client = client(Login.SLEEPER)) {
            refused("InvalidAccessKeyId", () -> client.get(BUCKET, key));
        }
        assertThat(store.file(BUCKET, key)).doesNotExist();
    }

    @Test
    void refusesAnOperationThatFilesLackWithoutAChange() throws Exception {
        String key = folder() + "whole.txt";
        store.place(BUCKET, key, "whole");
        try (StorageClient client = client(Login.ACCOUNT)) {
            refused("NotImplemented", () -> client.list(BUCKET, folder()));
            refused("NotImplemented", () -> client.putInParts(BUCKET, key, List.of("a", "b")));
            refused("NotImplemented", () -> client.copy(BUCKET, key, BUCKET, folder() + "copy.txt"));
        }
        assertThat(Files.readString(store.file(BUCKET, key))).isEqualTo("whole");
        assertThat(store.file(BUCKET, folder() + "copy.txt")).doesNotExist();
    }

    @Test
    void aUrlOfTheSdksOwnMakingIsGoodUntilItExpires() throws Exception {
        String key = folder() + "b.txt";
        store.place(BUCKET, key, "by URL");
        try (StorageClient client = client(Login.ALICE)) {
            URI url = URI.create(client.presign(BUCKET, key, Instant.now().plusSeconds(300)));
            assertThat(get(url).body()).isEqualTo("by URL");
            HttpResponse<String> tampered = get(URI.create(url.toString().replace("b.txt", "c.txt")));
            assertThat(tampered.statusCode()).isEqualTo(403);
            assertThat(tampered.body()).contains("<Code>SignatureDoesNotMatch</Code>", "<StringToSign>");
        }
    }

    private static HttpResponse<String> get(URI url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        }
    }
}
