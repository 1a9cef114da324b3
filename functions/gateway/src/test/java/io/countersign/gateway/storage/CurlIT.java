package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of {@code /post-policy} and {@code /presign}, used with curl. */
@ExtendWith(AppStorageParameter.class)
class CurlIT {
    private final AppStorage guarded;

    @TempDir
    Path directory;

    CurlIT(AppStorage guarded) {
        this.guarded = guarded;
    }

    private UploadForm form(String version) throws Exception {
        return UploadForm.ask(
                guarded.gateway.url(), guarded.tokens.of("alice"), version, "users/alice/curl/" + version);
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V4", "V1"})
    void aFormUploadsAFile(String version) throws Exception {
        assertThat(Curl.post(form(version), file("a b.txt", "from curl")))
                .contains("<Key>users/alice/curl/" + version + "/a b.txt</Key>")
                .endsWith("\n201");
        StoredObject stored =
                guarded.storage.object(GuardedStorageManifest.PRIVATE, "users/alice/curl/" + version + "/a b.txt");
        assertThat(new String(stored.content(), StandardCharsets.UTF_8)).isEqualTo("from curl");
        assertThat(stored.headers()).containsEntry("content-type", "image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V4", "V1"})
    void aFormThatSaysOtherThanItsPolicyUploadsNothing(String version) throws Exception {
        Path file = file("c.txt", "from curl");
        for (Map.Entry<String, String> change : Map.of(
                        "key", "users/alice/c.txt",
                        "content-type", "text/html",
                        "x-oss-content-type", "text/html",
                        "success_action_status", "200",
                        "x-oss-object-acl", "public-read",
                        "x-oss-tagging", "a=b")
                .entrySet()) {
            UploadForm form = form(version);
            form.fields().put(change.getKey(), change.getValue());
            assertThat(Curl.post(form, file))
                    .as(change.getKey())
                    .contains("<Code>AccessDenied</Code>", "<EC>0006-00000227</EC>")
                    .endsWith("\n403");
        }
        assertThat(Curl.post(form(version), file("long.txt", "seventeen bytes!!")))
                .contains("<Code>EntityTooLarge</Code>")
                .endsWith("\n400");
        assertThat(guarded.storage.keys(GuardedStorageManifest.PRIVATE))
                .noneMatch(key -> key.endsWith("c.txt") || key.endsWith("long.txt"));
    }

    @Test
    void aPresignedUrlTakesAFile() throws Exception {
        Presigned put = guarded.presign(
                "alice",
                Map.of(
                        "method",
                        "PUT",
                        "bucket",
                        GuardedStorageManifest.PRIVATE,
                        "key",
                        "users/alice/curl/put.txt",
                        "contentType",
                        "text/plain"));
        List<String> arguments = new ArrayList<>(List.of("-s", "-w", "%{http_code}", "-T"));
        arguments.add(file("put.txt", "put by curl").toString());
        put.headers().forEach((name, value) -> {
            arguments.add("-H");
            arguments.add(name + ": " + value);
        });
        arguments.add(put.url());
        assertThat(Curl.run(arguments)).isEqualTo("200");
        StoredObject stored = guarded.storage.object(GuardedStorageManifest.PRIVATE, "users/alice/curl/put.txt");
        assertThat(new String(stored.content(), StandardCharsets.UTF_8)).isEqualTo("put by curl");
    }
}
