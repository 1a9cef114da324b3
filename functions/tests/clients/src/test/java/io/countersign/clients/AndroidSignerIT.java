package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.sdk.android.oss.common.auth.OSSCustomSignerCredentialProvider;
import com.alibaba.sdk.android.oss.signer.SignVersion;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.StorageClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Android SDK in self-signed mode: it holds no key, and {@code /sign-content} signs each of its requests (docs/protocol.md 5.3). */
@ExtendWith(ClientStorageParameter.class)
class AndroidSignerIT {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;

    private final ClientStorage guarded;

    AndroidSignerIT(ClientStorage guarded) {
        this.guarded = guarded;
    }

    private StorageClient client(String subject, SignVersion version) {
        Phone phone = Phone.of(guarded, subject);
        return new AndroidSdk(
                guarded.storage.endpoint(),
                new OSSCustomSignerCredentialProvider() {
                    @Override
                    public String signContent(String content) {
                        HttpResponse<String> answer = phone.sign(content);
                        if (answer.statusCode() != 200) {
                            throw new IllegalStateException(answer.body());
                        }
                        return answer.body();
                    }
                },
                version);
    }

    @Test
    void usersWorkBelowTheirPrefix() {
        try (StorageClient client = client("frank", SignVersion.V1)) {
            client.put(BUCKET, "users/frank/a b+c中.txt", "hello");
            assertThat(client.get(BUCKET, "users/frank/a b+c中.txt")).isEqualTo("hello");
            assertThat(client.size(BUCKET, "users/frank/a b+c中.txt")).isEqualTo(5);
            client.putInParts(BUCKET, "users/frank/parts", List.of("one ", "two"));
            assertThat(client.get(BUCKET, "users/frank/parts")).isEqualTo("one two");
        }
    }

    @Test
    void refusesToSignWhatTheRoleDoesNotAllow() throws Exception {
        guarded.storage.seed(BUCKET, "users/carol/a.txt", "carol's");
        try (StorageClient client = client("frank", SignVersion.V1)) {
            assertThatThrownBy(() -> client.get(BUCKET, "users/carol/a.txt")).hasStackTraceContaining("AccessDenied");
            assertThatThrownBy(() -> client.put(BUCKET, "users/carol/a.txt", "mine"))
                    .hasStackTraceContaining("AccessDenied");
            assertThatThrownBy(() -> client.delete(BUCKET, "users/frank/a.txt"))
                    .hasStackTraceContaining("AccessDenied");
            assertThatThrownBy(() -> client.list(BUCKET, "users/frank/"))
                    .hasStackTraceContaining("ListObjectsNotSignable");
        }
    }

    @Test
    void urlsThatItPresignsWork() throws Exception {
        guarded.storage.seed(BUCKET, "users/frank/shown.txt", "shown");
        try (StorageClient client = client("frank", SignVersion.V1);
                HttpClient http = HttpClient.newHttpClient()) {
            String url = client.presign(
                    BUCKET, "users/frank/shown.txt", Instant.now().plus(Duration.ofMinutes(5)));
            assertThat(http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("shown");
            assertThatThrownBy(() -> client.presign(
                            BUCKET, "users/carol/a.txt", Instant.now().plus(Duration.ofMinutes(5))))
                    .hasStackTraceContaining("AccessDenied");
        }
    }

    @Test
    void theSdkHasNoSuchModeForV4() {
        try (StorageClient client = client("frank", SignVersion.V4)) {
            assertThatThrownBy(() -> client.put(BUCKET, "users/frank/a.txt", "hello"))
                    .hasMessageContaining("V4 signature does not support OSSCustomSignerCredentialProvider");
        }
    }
}
