package io.countersign.gateway.storage;

import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of {@code /presign}.
 *
 * @param url empty when it refused
 * @param code the refusal's code, empty when it did not
 */
record Presigned(int status, String url, String method, Map<String, String> headers, String expiration, String code) {
    static Presigned read(HttpResponse<String> answer) throws Exception {
        Members members = Members.of(Values.parse(answer.body()));
        Map<String, String> headers = new LinkedHashMap<>();
        if (members.optional("headers").orElse(null) instanceof Value.ObjectValue object) {
            for (var header : object.members().entrySet()) {
                headers.put(header.getKey(), Members.string(header.getValue()));
            }
        }
        return new Presigned(
                answer.statusCode(),
                members.optionalString("url").orElse(""),
                members.optionalString("method").orElse(""),
                headers,
                members.optionalString("expiration").orElse(""),
                members.optionalString("code").orElse(""));
    }

    /** The request as its user is to send it. */
    HttpRequest request(String body) {
        return request(url, body);
    }

    HttpRequest request(String otherUrl, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(otherUrl))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }
}
