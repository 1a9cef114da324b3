package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** What an app's users have uploaded, seen through the store port. */
record UploadedFiles(BackedStorage<?> backed) {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;

    /** The keys that begin so. */
    List<String> keys(String prefix) {
        try (StorageClient client = ClientKind.SDK_V4.client(backed.endpoint, Login.ACCOUNT)) {
            return client.list(BUCKET, prefix);
        }
    }

    /** Has the user read the file of {@link UploadPage#choose} back by a presigned URL. */
    void isWhole(String subject, String key, int bytes, String type) throws Exception {
        HttpRequest presign = HttpRequest.newBuilder(URI.create(backed.gateway.url() + "/presign"))
                .header("Authorization", "Bearer " + backed.tokens.of(subject))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonText.object(
                        json -> json.put("method", "GET").put("bucket", BUCKET).put("key", key))))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Presigned read = Presigned.read(http.send(presign, BodyHandlers.ofString()));
            HttpResponse<byte[]> object = http.send(read.request(""), BodyHandlers.ofByteArray());
            assertThat(object.statusCode()).isEqualTo(200);
            assertThat(object.headers().firstValue("Content-Type")).contains(type);
            byte[] content = object.body();
            assertThat(content).hasSize(bytes);
            for (int i = 0; i < bytes; i++) {
                if ((content[i] & 0xFF) != i % 251) {
                    throw new AssertionError("another byte at " + i);
                }
            }
        }
    }
}
