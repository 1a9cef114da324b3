package io.countersign.http;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.NullValue;
import io.countersign.json.Value.ObjectValue;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A call through the URL of a Lambda function: payload format 2.0 (AWS Lambda Developer Guide, "Invoking Lambda function URLs").
 *
 * <p>Path and query are percent-encoded as they were sent. Lambda joins the header lines of one name with commas, under the name in lower case. They are not split
 * again, because a date and an OSS4 Authorization contain commas. HTTP APIs of API Gateway use the same format but decode the path, so their payloads are refused. A
 * payload without a domain, or with a loopback one, comes from a direct invocation: from an emulator, or from a program with the IAM permission to invoke.
 *
 * @param requestId the id that Lambda assigned
 * @param caller the ARN of the IAM principal that signed the request; {@code invoker} for a direct invocation; empty when the URL requires no IAM signature
 */
public record FunctionUrl(Call call, String requestId, Optional<String> caller) {
    private static final String DOMAIN = ".lambda-url.";
    private static final String INVOKER = "invoker";
    private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?");

    /** @throws InvalidDocumentException when it is not such a payload; unknown members are ignored, because AWS may add some */
    public static FunctionUrl read(Value payload) throws InvalidDocumentException {
        Members members = Members.of(payload);
        if (!members.string("version").equals("2.0")) {
            throw new InvalidDocumentException(members.required("version").at(), "expected payload format 2.0");
        }
        Members context = Members.of(members.required("requestContext"));
        boolean invoked = isInvoked(context);
        Members http = Members.of(context.required("http"));
        String query = members.optionalString("rawQueryString").orElse("");
        Call call = new Call(
                http.string("method"),
                path(members.required("rawPath")),
                query.isEmpty() ? Optional.empty() : Optional.of(query),
                headers(members),
                body(members),
                http.string("sourceIp"),
                // Function URLs support TLS only.
                true);
        return new FunctionUrl(call, context.string("requestId"), invoked ? Optional.of(INVOKER) : caller(context));
    }

    /** Whether the payload is a direct invocation. API Gateway always sends its own domain. */
    private static boolean isInvoked(Members context) throws InvalidDocumentException {
        Optional<Value> domain = given(context, "domainName");
        if (domain.isEmpty()) {
            return true;
        }
        String name = Members.string(domain.get());
        if (THIS_MACHINE.matcher(name).matches()) {
            return true;
        }
        if (name.contains(DOMAIN)) {
            return false;
        }
        throw new InvalidDocumentException(
                domain.get().at(), "expected the domain of a function URL; others decode paths");
    }

    private static String path(Value value) throws InvalidDocumentException {
        String path = Members.string(value);
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c >= 0x7F || c == '?' || c == '#')) {
            throw new InvalidDocumentException(value.at(), "expected a path as it was sent, percent-encoded");
        }
        return path;
    }

    private static List<Header> headers(Members members) throws InvalidDocumentException {
        List<Header> headers = new ArrayList<>();
        Optional<Value> value = given(members, "headers");
        if (value.isPresent()) {
            if (!(value.get() instanceof ObjectValue lines)) {
                throw new InvalidDocumentException(value.get().at(), "expected an object of header names");
            }
            for (var line : lines.members().entrySet()) {
                headers.add(new Header(line.getKey(), Members.string(line.getValue())));
            }
        }
        // AWS splits the cookies; if it omits the header, they are joined again.
        List<String> cookies = new ArrayList<>();
        for (Value cookie : given(members, "cookies").isPresent() ? members.list("cookies") : List.<Value>of()) {
            cookies.add(Members.string(cookie));
        }
        if (!cookies.isEmpty() && Header.first(headers, "cookie").isEmpty()) {
            headers.add(new Header("cookie", cookies.stream().collect(Collectors.joining("; "))));
        }
        return headers;
    }

    private static Bytes body(Members members) throws InvalidDocumentException {
        boolean encoded = members.optionalBoolean("isBase64Encoded").orElse(false);
        Optional<Value> value = given(members, "body");
        if (value.isEmpty()) {
            return Bytes.EMPTY;
        }
        String text = Members.string(value.get());
        if (!encoded) {
            return Bytes.utf8(text);
        }
        try {
            return Bytes.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(value.get().at(), "expected Base64, as isBase64Encoded says");
        }
    }

    private static Optional<String> caller(Members context) throws InvalidDocumentException {
        Optional<Value> authorizer = given(context, "authorizer");
        if (authorizer.isEmpty()) {
            return Optional.empty();
        }
        Optional<Value> iam = given(Members.of(authorizer.get()), "iam");
        return iam.isEmpty()
                ? Optional.empty()
                : Members.of(iam.get()).optionalString("userArn").filter(arn -> !arn.isEmpty());
    }

    /** AWS writes {@code null} for an unknown value. */
    private static Optional<Value> given(Members members, String name) {
        return members.optional(name).filter(value -> !(value instanceof NullValue));
    }

    /** Writes replies in payload format 2.0. */
    public static final class Response {
        private static final String COOKIE = "set-cookie";

        private Response() {}

        /** Writes a body in UTF-8 as text, any other in Base64. Header lines of one name are joined, except cookies, which HTTP does not allow to be joined. */
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
}
