package io.countersign.verify.transcript;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.verify.explain.ClientForm;
import io.countersign.verify.explain.ServerError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A server's error document: OSS's XML, STS's XML or JSON, or what a client's exception tells of it.
 *
 * @param elements by name, those of AccessDeniedDetail among them; what is no text is left out
 * @param json whether it is JSON, which STS writes and OSS does not
 */
public record ErrorBody(Map<String, String> elements, boolean json) {
    private static final String IN_HEADER = "x-oss-err";
    private static final String EC_IN_HEADER = "x-oss-ec";
    private static final String EC = "EC";
    private static final String DETAIL = "AccessDeniedDetail";

    public ErrorBody {
        elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
    }

    static Optional<ErrorBody> of(Answer answer) {
        return of(answer.body())
                .or(() -> answer.headers().first(IN_HEADER).flatMap(ErrorBody::decoded))
                .or(() -> answer.status().isEmpty() ? ofClient(answer.body()) : Optional.empty())
                .map(body -> body.withEc(answer.headers().first(EC_IN_HEADER)));
    }

    private static Optional<ErrorBody> of(String body) {
        String text = body.strip();
        boolean json = text.startsWith("{");
        Map<String, String> elements = json ? json(text) : XmlError.elements(text);
        return elements.containsKey("Code") ? Optional.of(new ErrorBody(elements, json)) : Optional.empty();
    }

    private static Optional<ErrorBody> ofClient(String text) {
        Map<String, String> elements = ClientError.elements(text);
        return elements.isEmpty() ? Optional.empty() : Optional.of(new ErrorBody(elements, false));
    }

    private static Optional<ErrorBody> decoded(String base64) {
        try {
            return of(new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> json(String text) {
        Map<String, String> elements = new LinkedHashMap<>();
        try {
            if (Values.parse(text) instanceof Value.ObjectValue object) {
                addTexts(object, elements);
                if (object.members().get(DETAIL) instanceof Value.ObjectValue detail) {
                    addTexts(detail, elements);
                }
            }
            return elements;
        } catch (InvalidDocumentException e) {
            return Map.of();
        }
    }

    private static void addTexts(Value.ObjectValue object, Map<String, String> elements) {
        object.members().forEach((name, value) -> {
            if (value instanceof Value.StringValue string) {
                elements.putIfAbsent(name, string.text());
            }
        });
    }

    private ErrorBody withEc(Optional<String> ofHeader) {
        if (elements.containsKey(EC) || ofHeader.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(elements);
        all.put(EC, ofHeader.get().strip());
        return new ErrorBody(all, json);
    }

    /** Whether STS tells it: in JSON, which OSS does not write, or by its host. */
    public boolean isOfSts() {
        return json || elements.getOrDefault("HostId", "").startsWith("sts.");
    }

    public String code() {
        return elements.getOrDefault("Code", "");
    }

    public String message() {
        return elements.getOrDefault("Message", "");
    }

    /** The same to be explained. */
    public ServerError error() {
        return new ServerError(code(), Optional.ofNullable(elements.get(EC)).map(String::strip), message(), elements);
    }

    /** What the server made of the request, where it says so. */
    public ClientForm form() {
        return new ClientForm(bounded("StringToSign"), bounded("CanonicalRequest"));
    }

    private Optional<String> bounded(String name) {
        return Optional.ofNullable(elements.get(name)).filter(text -> text.length() <= ClientForm.MAX_LENGTH);
    }
}
