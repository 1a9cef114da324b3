package io.countersign.lambda.packaged;

import io.countersign.json.JsonText;
import io.countersign.testkit.Seeds;
import java.util.Map;

/** The payload of a POST to a function's URL, for who measures what the function takes and not what a client does. */
final class Payload {
    private Payload() {}

    static String post(String path, Map<String, String> headers, String body) {
        return JsonText.object(json -> json.put("version", "2.0")
                .put("rawPath", path)
                .put("rawQueryString", "")
                .object("headers", lines -> headers.forEach(lines::put))
                .object(
                        "requestContext",
                        context -> context.put("domainName", "x.lambda-url.us-east-1.on.aws")
                                .put("requestId", Seeds.uuid().toString())
                                .object(
                                        "authorizer",
                                        authorizer -> authorizer.object(
                                                "iam",
                                                iam -> iam.put(
                                                        "userArn",
                                                        CloudRegistry.trustedCaller()
                                                                .orElseThrow())))
                                .object(
                                        "http",
                                        http -> http.put("method", "POST").put("sourceIp", "203.0.113.7")))
                .put("body", body)
                .put("isBase64Encoded", false));
    }
}
