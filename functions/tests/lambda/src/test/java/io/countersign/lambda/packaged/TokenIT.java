package io.countersign.lambda.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.dynamodb.FaultyDynamo;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.testkit.Seeds;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenIT {
    private static CloudRegistry registry;
    private static Function function;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        registry = new CloudRegistry();
        token = CloudRegistry.token();
        function = Function.start("token", registry.environment(), Optional.empty());
    }

    @AfterAll
    static void stopWithoutASecretInTheLog() {
        try (CloudRegistry ending = registry;
                Function stopping = function) {
            assertThat(stopping.journal(token, CloudRegistry.APP.secret().reveal(), "STS.", "localsecret"))
                    .isNotEmpty();
        }
    }

    @Test
    void aPhoneGetsItsSession() {
        bearer().get(function.url("/token?durationSeconds=900"))
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .header("x-request-id", matchesPattern("[0-9a-f-]{36}"))
                .body("StatusCode", equalTo(200))
                .body("AccessKeyId", startsWith("STS."))
                .body("$", hasKey("SecurityToken"));
        assertThat(function.last()).isEqualTo("/token allowed OK");
        given().get(function.url("/token?access_token=" + token)).then().body("StatusCode", equalTo(200));
        bearer().contentType("application/json")
                .body("{\"role\":\"mobile-app\"}")
                .post(function.url("/token"))
                .then()
                .body("StatusCode", equalTo(200));
    }

    @Test
    void refusalsOfTheTokenFaceAreHttp200() {
        refused(given().get(function.url("/token")), 401, "MissingToken");
        assertThat(function.last()).isEqualTo("/token refused MissingToken");
        refused(bearer().get(function.url("/token?role=nobody")), 403, "RoleNotFound");
        refused(bearer().delete(function.url("/token")), 405, "MethodNotAllowed");
        refused(bearer().get(function.url("/token?role=" + "x".repeat(9_000))), 414, "UrlTooLong");
        refused(bearer().header("X-Large", "x".repeat(40_000)).get(function.url("/token")), 431, "HeadersTooLarge");
        refused(
                bearer().contentType("application/json")
                        .body("{\"role\":\"" + "x".repeat(70_000) + "\"}")
                        .post(function.url("/token")),
                413,
                "BodyTooLarge");
    }

    @Test
    void aRepeatedAuthorizationIsNeverTakenApart() {
        refused(
                given().header("Authorization", "Bearer " + token, "Bearer " + token)
                        .get(function.url("/token")),
                401,
                "InvalidToken");
    }

    @Test
    void aUserAssumesARoleByFormAndByQuery() {
        for (Response response : new Response[] {
            form(signed()),
            given().urlEncodingEnabled(false)
                    .get(function.url(
                            "/?" + withSignature(signed(), HttpMethod.GET).encoded()))
        }) {
            response.then()
                    .statusCode(200)
                    .body("Credentials.AccessKeyId", startsWith("STS."))
                    .body("AssumedRoleUser.Arn", equalTo("acs:ram::1234567890123456:role/mobile-app/phone"));
        }
        QueryParameters once = signed();
        form(once).then().statusCode(200);
        form(once).then().statusCode(400).body("Code", equalTo("SignatureNonceUsed"));
        assertThat(function.last()).isEqualTo("/ refused SignatureNonceUsed");
    }

    @Test
    void aRoleOfOtherFacesGivesNoSession() {
        refused(bearer().get(function.url("/token?role=uploader")), 403, "FaceNotAllowed");
        assertThat(function.last()).isEqualTo("/token refused FaceNotAllowed");
        form(signed("uploader")).then().statusCode(403).body("Code", equalTo("NoPermission"));
    }

    @Test
    void anotherPathIsNotFound() {
        given().get(function.url("/presign"))
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("NotFound"));
        assertThat(function.last()).isEqualTo("other refused NotFound");
        given().get(function.url("//token")).then().statusCode(404);
        given().urlEncodingEnabled(false).get(function.url("/%74oken")).then().statusCode(404);
    }

    @Test
    void healthIsWhatTheStoreSays() throws Exception {
        given().get(function.url("/health")).then().statusCode(200).body("status", equalTo("UP"));
        registry.dynamo().always(FaultyDynamo.Fault.DENY);
        try {
            Thread.sleep(1_100);
            given().get(function.url("/health")).then().statusCode(503).body("status", equalTo("DOWN"));
            refused(bearer().get(function.url("/token")), 503, "Unavailable");
            assertThat(function.last()).isEqualTo("/token failed Unavailable");
        } finally {
            registry.dynamo().always(FaultyDynamo.Fault.PASS);
        }
        Thread.sleep(1_100);
        given().get(function.url("/health")).then().statusCode(200);
    }

    @Test
    void failsForAnInvalidPayload() {
        for (String event : new String[] {
            "{}",
            "[]",
            "\"text\"",
            "{\"Records\":[{\"body\":\"{}\"}]}",
            "{\"version\":\"2.0\",\"rawPath\":\"/token\",\"rawPath\":\"/\"}",
            "{\"version\":\"2.0\",\"rawPath\":\"/token\",\"requestContext\":{\"domainName\":\"abc.execute-api.us-east-1.amazonaws.com\"}}"
        }) {
            assertThat(function.invoke(event)).as(event).isInstanceOf(RuntimeApi.Failed.class);
        }
        bearer().get(function.url("/token")).then().body("StatusCode", equalTo(200));
    }

    private static QueryParameters signed() {
        return signed("mobile-app");
    }

    private static QueryParameters signed(String role) {
        return QueryParameters.NONE
                .and("Action", "AssumeRole")
                .and("Version", "2015-04-01")
                .and("Format", "JSON")
                .and("AccessKeyId", CloudRegistry.APP.id())
                .and("SignatureMethod", "HMAC-SHA1")
                .and("SignatureVersion", "1.0")
                .and("SignatureNonce", Seeds.uuid().toString())
                .and("Timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .and("RoleArn", "acs:ram::1234567890123456:role/" + role)
                .and("RoleSessionName", "phone");
    }

    private static Response form(QueryParameters parameters) {
        return given().contentType("application/x-www-form-urlencoded")
                .body(withSignature(parameters, HttpMethod.POST).encoded())
                .post(function.url("/"));
    }

    private static QueryParameters withSignature(QueryParameters parameters, HttpMethod method) {
        return parameters.and("Signature", RpcSignature.sign(method, parameters, CloudRegistry.APP.secret()));
    }

    private static RequestSpecification bearer() {
        return given().header("Authorization", "Bearer " + token);
    }

    private static void refused(Response response, int status, String code) {
        response.then().statusCode(200).body("StatusCode", equalTo(status)).body("ErrorCode", equalTo(code));
    }
}
