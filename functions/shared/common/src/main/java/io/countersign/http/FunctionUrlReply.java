package io.countersign.http;

import io.countersign.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes replies for the URL of a Lambda function: payload format 2.0. */
public final class FunctionUrlReply {
    private static final String COOKIE = "set-cookie";

    private FunctionUrlReply() {}

    /** Text goes as it is, bytes that are no UTF-8 in Base64. Lines of one name are joined, as HTTP allows; cookies, of which it does not, stand apart. */
    public static String json(Reply reply) {
        Optional<String> text = text(reply.body());
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> cookies = new ArrayList<>();
        for (Header header : reply.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.equals(COOKIE)) {
                cookies.add(header.value());
            } else {
                headers.merge(name, header.value(), (first, next) -> first + ", " + next);
            }
        }
        return JsonText.object(json -> {
            json.put("statusCode", reply.status()).object("headers", lines -> headers.forEach(lines::put));
            if (!cookies.isEmpty()) {
                json.put("cookies", cookies);
            }
            json.put(
                            "body",
                            text.orElseGet(() -> Base64.getEncoder()
                                    .encodeToString(reply.body().toArray())))
                    .put("isBase64Encoded", text.isEmpty());
        });
    }

    private static Optional<String> text(Bytes body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
