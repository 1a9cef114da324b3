package io.countersign.presign;

import io.countersign.json.JsonObjectWriter;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A form that is ready to be posted.
 *
 * @param url where to
 * @param fields by name, in the order of the form; the file comes after them
 */
record UploadForm(String url, SequencedMap<String, String> fields, Instant expiration) {
    static final String CONTENT_TYPE = "content-type";

    UploadForm {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    void write(JsonObjectWriter json) {
        json.put("url", url)
                .object("fields", members -> fields.forEach(members::put))
                .put("expiration", expiration.toString());
    }
}
