package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form that {@code /post-policy} made for small pictures and texts.
 *
 * @param fields may be changed, as a page may
 */
record UploadForm(String url, Map<String, String> fields) {
    /**
     * Asks the gateway for a form of the private bucket.
     *
     * @param folder of its keys, without the slash at its end
     */
    static UploadForm ask(String gateway, String bearer, String version, String folder) throws Exception {
        String wanted = JsonText.object(json -> json.put("bucket", GuardedStorageManifest.PRIVATE)
                .put("keyPrefix", folder + "/")
                .put("version", version)
                .put("successActionStatus", 201)
                .put("contentTypes", List.of("image/png", "text/plain"))
                .array("contentLengthRange", range -> {
                    range.add(1);
                    range.add(16);
                }));
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/post-policy"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + bearer)
                .POST(HttpRequest.BodyPublishers.ofString(wanted))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            Members members = Members.of(Values.parse(answer.body()));
            Map<String, String> fields = new LinkedHashMap<>();
            for (var field :
                    ((Value.ObjectValue) members.required("fields")).members().entrySet()) {
                fields.put(field.getKey(), Members.string(field.getValue()));
            }
            return new UploadForm(members.string("url"), fields);
        }
    }
}
