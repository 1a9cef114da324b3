package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.dynamodb.FaultyDynamo;
import io.countersign.signing.SignatureVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The other kinds of event that {@code verify} accepts, each enabled only by its setting. */
class VerifyEventsIT {
    private static final String ARN = "arn:aws:execute-api:us-east-1:111122223333:abcdef1234/live/GET/any";
    private static final String KEY = "users/a b+c%/größe.jpg";
    private static final String RAW = "/users/a%20b%2Bc%25/gr%C3%B6%C3%9Fe.jpg";

    private static CloudRegistry registry;
    private static Function direct;
    private static Function authorizer;

    @BeforeAll
    static void start() throws Exception {
        registry = new CloudRegistry();
        direct = start("direct");
        authorizer = start("authorizer");
    }

    @AfterAll
    static void stop() {
        direct.close();
        authorizer.close();
        registry.close();
    }

    @Test
    void aProgramInvokesTheFunctionWithABodyOfVerify() throws Exception {
        String url = "https://" + CloudRegistry.DOMAIN + RAW + "?"
                + Signed.url(SignatureVersion.V4, KEY, QueryParameters.NONE).encoded();
        RuntimeApi.Ended ended = direct.invoke("{\"method\":\"GET\",\"url\":\"" + url + "\"}");
        assertThat(ended).as(ended.text()).isInstanceOf(RuntimeApi.Answered.class);
        assertThat(Members.of(Values.parse(ended.text())).optionalBoolean("allowed"))
                .contains(true);
        assertThat(direct.last()).isEqualTo("direct allowed OK");
    }

    @Test
    void aDirectCallThatIsNoRequestIsToldSoAndAllowsNothing() {
        for (String event : new String[] {
            "{\"method\":\"GET\",\"url\":\"https://img.example.com/a\",\"unknown\":1}", "{\"Records\":[]}", "[]", "null"
        }) {
            RuntimeApi.Ended ended = direct.invoke(event);
            assertThat(ended.text()).as(event).contains("Invalid").doesNotContain("\"allowed\":true");
        }
        assertThat(direct.invoke("{\"method\":\"GET\",\"method\":\"PUT\",\"url\":\"/a\"}"))
                .isInstanceOf(RuntimeApi.Failed.class);
    }

    @Test
    void failsWithoutTheStore() throws Exception {
        registry.dynamo().always(FaultyDynamo.Fault.DENY);
        try {
            Thread.sleep(300);
            assertThat(direct.invoke("{\"method\":\"GET\",\"url\":\"https://img.example.com/public/a%20b.txt\"}"))
                    .isInstanceOf(RuntimeApi.Failed.class);
            assertThat(authorizer.invoke(request("GET", "/public/a%20b.txt", "/public/a%20b.txt", Map.of())))
                    .isInstanceOf(RuntimeApi.Failed.class);
        } finally {
            registry.dynamo().always(FaultyDynamo.Fault.PASS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAuthorizerJudgesThePathAsItWasSent(SignatureVersion version) throws Exception {
        QueryParameters query =
                QueryParameters.NONE.and("response-content-disposition", "attachment; filename=\"a+b\"");
        Map<String, List<String>> parameters = parameters(Signed.url(version, KEY, query));
        String allowed = answered(request("GET", RAW, RAW, parameters));
        assertThat(allowed)
                .contains(
                        "\"Effect\":\"Allow\"",
                        "\"Resource\":\"" + ARN + "\"",
                        "\"principalId\":\"acs:ram::1234567890123456:user/app\"",
                        "\"action\":\"oss%3AGetObject\"");
        assertThat(authorizer.last()).isEqualTo("authorizer allowed OK");
        // An API Gateway that decodes the path would pass on another request.
        String decoded = "/users/a b+c%/größe.jpg";
        assertThat(answered(request("GET", decoded, decoded, parameters))).contains("\"Effect\":\"Deny\"");
        // The storage may read a raw plus as a plus, and an escaped slash as an escape.
        for (String other : new String[] {RAW.replace("%2B", "+"), RAW.replace("%2B", "%2F")}) {
            assertThat(answered(request("GET", other, other, parameters)))
                    .contains("\"Effect\":\"Deny\"", "\"code\":\"InvalidObjectName\"");
        }
    }

    @Test
    void deniesARequestThatIsNotExact() throws Exception {
        String open = "/public/a%20b.txt";
        assertThat(answered(request("GET", open, open, Map.of()))).contains("\"Effect\":\"Allow\"");
        assertThat(answered(request("GET", "/live" + open, open, Map.of())))
                .contains("\"Effect\":\"Deny\"", "\"code\":\"InvalidArgument\"");
        for (String path :
                new String[] {"/public//a%20b.txt", "/x/../public/a%20b.txt", "/public%2Fa%20b.txt", "/public/a+b.txt"
                }) {
            assertThat(answered(request("GET", path, path, Map.of())))
                    .as(path)
                    .contains("\"Effect\":\"Deny\"", "\"code\":\"InvalidObjectName\"");
        }
        assertThat(answered(request("PUT", open, open, Map.of("acl", List.of("")))))
                .contains("\"Effect\":\"Deny\"");
        assertThat(authorizer.last()).startsWith("authorizer refused ");
    }

    @Test
    void anEventOfAnotherKindHasNoAnswer() throws Exception {
        String event = request("GET", "/public/a%20b.txt", "/public/a%20b.txt", Map.of());
        for (String other : new String[] {
            "{}",
            event.replace("\"REQUEST\"", "\"TOKEN\""),
            event.replaceFirst("\\{", "{\"version\":\"1.0\","),
            event.replaceFirst("\\{", "{\"type\":\"REQUEST\",")
        }) {
            assertThat(authorizer.invoke(other)).as(other).isInstanceOf(RuntimeApi.Failed.class);
        }
    }

    private static Function start(String kind) throws Exception {
        Map<String, String> environment = registry.environment();
        environment.put("QUARKUS_FUNQY_EXPORT", kind);
        return Function.start("verify", environment, Optional.empty());
    }

    private static String answered(String event) {
        RuntimeApi.Ended ended = authorizer.invoke(event);
        assertThat(ended).as(ended.text()).isInstanceOf(RuntimeApi.Answered.class);
        return ended.text();
    }

    private static Map<String, List<String>> parameters(QueryParameters query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        query.list().forEach(parameter -> parameters.put(parameter.name(), List.of(parameter.value())));
        return parameters;
    }

    /** As a REST API sends it: the path as it came, parameters decoded, headers by the names that they came with. */
    private static String request(String method, String sent, String seen, Map<String, List<String>> parameters)
            throws InvalidDocumentException {
        String event = JsonText.object(json -> {
            json.put("type", "REQUEST")
                    .put("methodArn", ARN)
                    .put("resource", "/{proxy+}")
                    .put("path", seen)
                    .put("httpMethod", method)
                    .object("headers", lines -> lines.put("Host", CloudRegistry.DOMAIN))
                    .object(
                            "multiValueHeaders",
                            lines -> lines.put("Host", List.of(CloudRegistry.DOMAIN))
                                    .put("X-Forwarded-For", List.of("203.0.113.7"))
                                    .put("X-Forwarded-Proto", List.of("https")));
            if (parameters.isEmpty()) {
                json.put(
                        "multiValueQueryStringParameters",
                        new io.countersign.json.Value.NullValue(new io.countersign.json.Value.Location("", 1)));
            } else {
                json.object("multiValueQueryStringParameters", lines -> parameters.forEach(lines::put));
            }
            json.object(
                    "requestContext",
                    context -> context.put("path", sent)
                            .put("requestId", "7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0")
                            .put("stage", "live")
                            .object("identity", identity -> identity.put("sourceIp", "203.0.113.7")));
        });
        Values.parse(event);
        return event;
    }
}
