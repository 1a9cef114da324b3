package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    record Form(String url, Map<String, String> fields) {}

    private Form form(String version) throws Exception {
        String wanted = JsonText.object(json -> json.put("bucket", GuardedStorageManifest.PRIVATE)
                .put("keyPrefix", "users/alice/curl/" + version + "/")
                .put("version", version)
                .put("successActionStatus", 201)
                .put("contentTypes", List.of("image/png", "text/plain"))
                .array("contentLengthRange", range -> {
                    range.add(1);
                    range.add(16);
                }));
        HttpResponse<String> answer =
                guarded.postJson("/post-policy", wanted, "Authorization", "Bearer " + guarded.tokens.of("alice"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Members members = Members.of(Values.parse(answer.body()));
        Map<String, String> fields = new LinkedHashMap<>();
        for (var field :
                ((Value.ObjectValue) members.required("fields")).members().entrySet()) {
            fields.put(field.getKey(), Members.string(field.getValue()));
        }
        return new Form(members.string("url"), fields);
    }

    /** The body and, on a line of its own, the status. */
    private String post(Form form, Path file) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-s", "-w", "\n%{http_code}"));
        form.fields().forEach((name, value) -> {
            arguments.add("--form-string");
            arguments.add(name + "=" + value);
        });
        arguments.add("-F");
        arguments.add("file=@" + file);
        arguments.add(form.url());
        return curl(arguments);
    }

    private static String curl(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(arguments);
        command.addFirst("curl");
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(answer).isZero();
        return answer;
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V4", "V1"})
    void aFormUploadsAFile(String version) throws Exception {
        assertThat(post(form(version), file("a b.txt", "from curl")))
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
                        "success_action_status", "200",
                        "x-oss-object-acl", "public-read",
                        "x-oss-tagging", "a=b")
                .entrySet()) {
            Form form = form(version);
            form.fields().put(change.getKey(), change.getValue());
            assertThat(post(form, file))
                    .as(change.getKey())
                    .contains("<Code>AccessDenied</Code>", "<EC>0006-00000227</EC>")
                    .endsWith("\n403");
        }
        assertThat(post(form(version), file("long.txt", "seventeen bytes!!")))
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
        assertThat(curl(arguments)).isEqualTo("200");
        StoredObject stored = guarded.storage.object(GuardedStorageManifest.PRIVATE, "users/alice/curl/put.txt");
        assertThat(new String(stored.content(), StandardCharsets.UTF_8)).isEqualTo("put by curl");
    }
}
