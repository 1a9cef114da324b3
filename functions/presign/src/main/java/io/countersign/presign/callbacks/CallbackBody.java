package io.countersign.presign.callbacks;

import io.countersign.http.Call;
import io.countersign.http.ContentType;
import io.countersign.http.ProblemException;
import io.countersign.json.StrictUtf8;
import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a callback: a form, because OSS's page says for a form alone how values are encoded.
 *
 * @param eTag as OSS writes it in a form, without quotes
 * @param contentType up to 255 printable ASCII characters; may be empty
 */
record CallbackBody(String bucket, String object, String eTag, long size, String contentType, String token) {
    static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private static final Set<String> NAMES = Set.of("bucket", "object", "etag", "size", "mimeType", "token");

    /** The hash of an object, or of its parts with their number. */
    private static final Pattern E_TAG = Pattern.compile("\"?([0-9A-Za-z-]{1,64})\"?");

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,14}");
    private static final Pattern CONTENT_TYPE = Pattern.compile("[ -~]{0,255}");

    /** The body with OSS's variables. A token has no character that a form encodes. */
    static String template(String token) {
        return "bucket=${bucket}&object=${object}&etag=${etag}&size=${size}&mimeType=${mimeType}&token=" + token;
    }

    /** @throws ProblemException 415 for another type, 400 InvalidCallback unless the form has each field of the template once, and no other */
    static CallbackBody read(Call call) throws ProblemException {
        ContentType.requireForm(call);
        Map<String, String> fields = new HashMap<>();
        for (QueryParameter field : parse(call)) {
            if (!NAMES.contains(field.name()) || fields.put(field.name(), field.value()) != null) {
                throw invalid("each of its fields once and no other");
            }
        }
        if (fields.size() != NAMES.size()) {
            throw invalid("each of its fields once and no other");
        }
        return new CallbackBody(
                value(fields, "bucket"),
                value(fields, "object"),
                matched(value(fields, "etag"), E_TAG, 1).orElseThrow(() -> invalid("an ETag")),
                matched(value(fields, "size"), SIZE, 0)
                        .map(Long::parseLong)
                        .orElseThrow(() -> invalid("a size in bytes")),
                matched(value(fields, "mimeType"), CONTENT_TYPE, 0).orElseThrow(() -> invalid("a media type")),
                value(fields, "token"));
    }

    private static List<QueryParameter> parse(Call call) throws ProblemException {
        Optional<String> text = StrictUtf8.decoded(call.body().toArray());
        try {
            return QueryParameters.parse(text.orElseThrow(() -> invalid("a form in UTF-8")), EncodedText.BODY)
                    .list();
        } catch (OssRefusal e) {
            throw invalid("a form in UTF-8");
        }
    }

    private static String value(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).orElseThrow();
    }

    private static Optional<String> matched(String text, Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(group)) : Optional.empty();
    }

    private static ProblemException invalid(String expected) {
        return new ProblemException(new ProblemException.Problem(
                400,
                "InvalidCallback",
                "The call is not one of OSS",
                "The body is not as Countersign has OSS send it: expected " + expected + "."));
    }
}
