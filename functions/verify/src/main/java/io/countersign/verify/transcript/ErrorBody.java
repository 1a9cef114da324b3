package io.countersign.verify.transcript;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.verify.explain.ClientForm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A server's error document: OSS's XML, STS's XML or JSON.
 *
 * @param elements by name; what is no text is left out
 */
public record ErrorBody(Map<String, String> elements) {
    private static final String IN_HEADER = "x-oss-err";

    public ErrorBody {
        elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
    }

    static Optional<ErrorBody> of(Answer answer) {
        Optional<ErrorBody> inBody = of(answer.body());
        return inBody.isPresent() ? inBody : answer.headers().first(IN_HEADER).flatMap(ErrorBody::decoded);
    }

    private static Optional<ErrorBody> of(String body) {
        String text = body.strip();
        Map<String, String> elements = text.startsWith("{") ? json(text) : XmlError.elements(text);
        return elements.containsKey("Code") ? Optional.of(new ErrorBody(elements)) : Optional.empty();
    }

    private static Optional<ErrorBody> decoded(String base64) {
        try {
            return of(new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> json(String text) {
        try {
            Map<String, String> elements = new LinkedHashMap<>();
            if (Values.parse(text) instanceof Value.ObjectValue object) {
                object.members().forEach((name, value) -> {
                    if (value instanceof Value.StringValue string) {
                        elements.put(name, string.text());
                    }
                });
            }
            return elements;
        } catch (InvalidDocumentException e) {
            return Map.of();
        }
    }

    public String code() {
        return elements.getOrDefault("Code", "");
    }

    public String message() {
        return elements.getOrDefault("Message", "");
    }

    /** What the server made of the request, where it says so. */
    public ClientForm form() {
        return new ClientForm(bounded("StringToSign"), bounded("CanonicalRequest"));
    }

    private Optional<String> bounded(String name) {
        return Optional.ofNullable(elements.get(name)).filter(text -> text.length() <= ClientForm.MAX_LENGTH);
    }
}
