package io.countersign.presign;

import io.countersign.json.JsonText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A presigned URL.
 *
 * @param headers the headers that a request by the URL must have, besides those that every HTTP client sends
 */
public record PresignedUrl(String url, HttpMethod method, Headers headers, Instant expiration) {
    /** Writes the members of the answer. */
    public void write(JsonText.ObjectWriter json) {
        json.put("url", url)
                .put("method", method.name())
                .object("headers", members -> {
                    for (Headers.HeaderField field : headers.fields()) {
                        members.put(field.name(), field.value());
                    }
                })
                .put("expiration", expiration.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
