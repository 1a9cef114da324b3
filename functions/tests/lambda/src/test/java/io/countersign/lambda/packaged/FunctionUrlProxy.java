package io.countersign.lambda.packaged;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Values;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * The URL of a function: HTTP in, payload format 2.0 to the function, and back. As live payloads have it: names in lower case, repeated lines joined by commas without
 * a space, cookies in the header and apart, path and query as they came, bodies in Base64 unless their type is one of text.
 */
final class FunctionUrlProxy implements AutoCloseable {
    private static final String DOMAIN = "2cxn22odiwguak4feg4jtt7cwm0ziblr.lambda-url.us-east-1.on.aws";

    private final HttpServer server;
    private final RuntimeApi api;
    private final Optional<String> caller;

    /** @param caller whom the URL's IAM authorisation let through; empty: it has none */
    FunctionUrlProxy(RuntimeApi api, Optional<String> caller) throws IOException {
        this.api = api;
        this.caller = caller;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("function-url-", 0).factory()));
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Whatever becomes of it, the caller is answered: by nothing but this can a test that waits go on. */
    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (api.invoke(payload(exchange, body))) {
                case RuntimeApi.Answered answered -> answer(exchange, answered.text());
                case RuntimeApi.Failed failed -> fail(exchange, failed.text());
            }
        }
    }

    /** As Lambda does; the reason is for whoever reads the failure of a test. */
    private static void fail(HttpExchange exchange, String reason) throws IOException {
        byte[] body = reason.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(502, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private String payload(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        headers.put("host", DOMAIN);
        headers.put("x-forwarded-proto", "https");
        List<String> cookies = Optional.ofNullable(headers.get("cookie"))
                .map(line -> List.of(line.split("; ")))
                .orElse(List.of());
        boolean text = isText(headers.getOrDefault("content-type", "application/octet-stream"));
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return JsonText.object(json -> {
            json.put("version", "2.0")
                    .put("routeKey", "$default")
                    .put("rawPath", exchange.getRequestURI().getRawPath())
                    .put("rawQueryString", raw)
                    .put("cookies", cookies)
                    .object("headers", lines -> headers.forEach(lines::put))
                    .object("requestContext", context -> context(context, exchange));
            if (body.length > 0) {
                json.put(
                        "body",
                        text
                                ? new String(body, StandardCharsets.UTF_8)
                                : Base64.getEncoder().encodeToString(body));
            }
            json.put("isBase64Encoded", body.length > 0 && !text);
        });
    }

    private void context(io.countersign.json.JsonText.ObjectWriter context, HttpExchange exchange) {
        context.put("accountId", "anonymous")
                .put("domainName", DOMAIN)
                .put("requestId", Seeds.uuid().toString());
        caller.ifPresent(arn ->
                context.object("authorizer", authorizer -> authorizer.object("iam", iam -> iam.put("userArn", arn))));
        context.object(
                "http",
                http -> http.put("method", exchange.getRequestMethod())
                        .put("path", exchange.getRequestURI().getPath())
                        .put("protocol", "HTTP/1.1")
                        .put("sourceIp", "203.0.113.7")
                        .put("userAgent", "test"));
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.startsWith("application/json") || type.startsWith("application/xml");
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try {
            Members reply = Members.of(Values.parse(text));
            if (reply.required("headers") instanceof ObjectValue headers) {
                for (var line : headers.members().entrySet()) {
                    exchange.getResponseHeaders().add(line.getKey(), Members.string(line.getValue()));
                }
            }
            for (Value cookie : reply.list("cookies")) {
                exchange.getResponseHeaders().add("Set-Cookie", Members.string(cookie));
            }
            byte[] body = reply.optionalBoolean("isBase64Encoded").orElse(false)
                    ? Base64.getDecoder().decode(reply.string("body"))
                    : reply.string("body").getBytes(StandardCharsets.UTF_8);
            int status = (int) Members.integer(reply.required("statusCode"), 100, 599);
            boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        } catch (InvalidDocumentException e) {
            fail(exchange, "no answer of a function URL: " + e.getMessage());
        }
    }
}
