package io.countersign.gateway.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.countersign.gateway.storage.Tokens;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.Secret;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.testkit.Seeds;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /token} and the STS actions through the gateway as it is shipped. */
class TokenEndpointsIT {
    private static final String KEY = "LTAI5tAdaAdaAdaAdaAda";
    private static final String MANIFEST = """
            {"accounts": [{
              "id": "1234567890123456",
              "users": [{"name": "ada", "accessKeys": [{"id": "LTAI5tAdaAdaAdaAdaAda", "secret": "AdaSecret"}],
                         "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}]}],
              "roles": [{"name": "app",
                "trust": {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"RAM": "acs:ram::1234567890123456:user/ada",
                                "Federated": "acs:ram::1234567890123456:oidc-provider/idp"}}]},
                "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:GetObject", "Resource": "*"}]}]}],
              "oidcProviders": [{"name": "idp", "issuer": "%s", "clientIds": ["%s"], "jwks": %s,
                "defaultRole": "app", "allowQueryToken": true}]
            }]}
            """;

    @TempDir
    private static Path directory;

    private static PackagedGateway gateway;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        Tokens login = new Tokens();
        token = login.of("ada");
        gateway = PackagedGateway.serve(directory, MANIFEST.formatted(Tokens.ISSUER, Tokens.AUDIENCE, login.jwks()));
    }

    @AfterAll
    static void stopWithoutAWordOfFailure() {
        try (PackagedGateway stopping = gateway) {
            stopping.stop();
            assertThat(stopping.failures().lines())
                    .allMatch(line -> line.contains(" level=INFO ")
                            && line.endsWith(
                                    " event=sessionNamed session=acs:ram::1234567890123456:role/app/ada asked=web"));
            assertThat(stopping.output()).doesNotContain(token, "AdaSecret", "STS.");
        }
    }

    @Test
    void aPhoneGetsItsSession() {
        bearer().get(gateway.url() + "/token?durationSeconds=900")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .body("StatusCode", equalTo(200))
                .body("Code", equalTo("Success"))
                .body("AccessKeyId", startsWith("STS."))
                .body("$", hasKey("AccessKeySecret"))
                .body("$", hasKey("SecurityToken"))
                .body("Expiration", matchesPattern("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"));
        bearer().contentType("application/json")
                .body("{\"role\":\"app\"}")
                .post(gateway.url() + "/token")
                .then()
                .body("StatusCode", equalTo(200));
        given().get(gateway.url() + "/token?access_token=" + token).then().body("StatusCode", equalTo(200));
    }

    @Test
    void answersARefusalOfTheFunctionWithHttp200() {
        refused(given().get(gateway.url() + "/token"), 401, "MissingToken");
        refused(bearer().get(gateway.url() + "/token?role=nobody"), 403, "RoleNotFound");
        refused(bearer().get(gateway.url() + "/token?unknown=1"), 400, "InvalidParameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void anotherVerbIsHttp200(String verb) {
        refused(bearer().request(verb, gateway.url() + "/token"), 405, "MethodNotAllowed");
    }

    @Test
    void answersARefusalOfTheGatewayWithHttp200() {
        refused(
                bearer().contentType("application/json")
                        .body("{\"role\":\"" + "x".repeat(70_000) + "\"}")
                        .post(gateway.url() + "/token"),
                413,
                "BodyTooLarge");
        refused(bearer().get(gateway.url() + "/token?role=" + "x".repeat(9_000)), 414, "UrlTooLong");
        refused(bearer().header("X-Large", "x".repeat(40_000)).get(gateway.url() + "/token"), 431, "HeadersTooLarge");
        refused(bearer().header("X-Large", "x".repeat(80_000)).get(gateway.url() + "/token"), 431, "HeadersTooLarge");
    }

    @Test
    void aUserAssumesARole() {
        for (Response response : new Response[] {form(signed(assumeRole())), query(signed(assumeRole()))}) {
            response.then()
                    .statusCode(200)
                    .body("Credentials.AccessKeyId", startsWith("STS."))
                    .body("AssumedRoleUser.Arn", equalTo("acs:ram::1234567890123456:role/app/phone"))
                    .body("RequestId", matchesPattern("[0-9A-F-]{36}"));
        }
        form(signed(assumeRole().and("Format", "XML")))
                .then()
                .statusCode(200)
                .contentType("text/xml")
                .body("AssumeRoleResponse.Credentials.AccessKeyId", startsWith("STS."));
    }

    @Test
    void aSessionSaysWhoItIs() {
        Response session = form(signed(assumeRole()));
        QueryParameters identity = call("GetCallerIdentity")
                .and("AccessKeyId", session.path("Credentials.AccessKeyId"))
                .and("SecurityToken", session.path("Credentials.SecurityToken"));
        form(signed(identity, session.path("Credentials.AccessKeySecret")))
                .then()
                .statusCode(200)
                .body("IdentityType", equalTo("AssumedRoleUser"))
                .body("Arn", equalTo("acs:ram::1234567890123456:role/app/phone"));
    }

    @Test
    void aTokenOfTheProviderAssumesARole() {
        QueryParameters call = QueryParameters.NONE
                .and("Action", "AssumeRoleWithOIDC")
                .and("Version", "2015-04-01")
                .and("OIDCProviderArn", "acs:ram::1234567890123456:oidc-provider/idp")
                .and("RoleArn", "acs:ram::1234567890123456:role/app")
                .and("RoleSessionName", "web")
                .and("OIDCToken", token);
        form(call).then().statusCode(200).body("OIDCTokenInfo.Subject", equalTo("ada"));
    }

    @Test
    void aCallIsTakenOnce() {
        QueryParameters call = signed(assumeRole());
        form(call).then().statusCode(200);
        form(call).then().statusCode(400).body("Code", equalTo("SignatureNonceUsed"));
    }

    @Test
    void aWrongSignatureShowsWhatTheServerSigned() {
        form(signed(assumeRole(), "WrongSecret"))
                .then()
                .statusCode(400)
                .body("Code", equalTo("SignatureDoesNotMatch"))
                .body("Message", containsString("server string to sign is:POST&%2F&AccessKeyId%3D" + KEY))
                .body("Message", not(containsString("AdaSecret")));
    }

    @Test
    void answersARefusalOfTheGatewayInTheFormOfSts() {
        stsRefused(given().put(gateway.url() + "/"), 405, "MethodNotAllowed").header("Allow", "GET, POST");
        stsRefused(
                given().contentType("application/x-www-form-urlencoded")
                        .body("Policy=" + "x".repeat(70_000))
                        .post(gateway.url() + "/"),
                413,
                "BodyTooLarge");
        stsRefused(given().get(gateway.url() + "/?Policy=" + "x".repeat(9_000)), 414, "UrlTooLong");
        stsRefused(given().get(gateway.url() + "/"), 400, "MissingVersion");
    }

    private static void refused(Response response, int status, String code) {
        response.then()
                .statusCode(200)
                .contentType("application/json")
                .body("StatusCode", equalTo(status))
                .body("ErrorCode", equalTo(code))
                .body("ErrorMessage", matchesPattern(".+"))
                .body("$", not(hasKey("Code")));
    }

    private static ValidatableResponse stsRefused(Response response, int status, String code) {
        return response.then()
                .statusCode(status)
                .body("Code", equalTo(code))
                .body("RequestId", matchesPattern("[0-9A-F-]{36}"))
                .body("$", hasKey("HostId"))
                .body("$", hasKey("Message"));
    }

    private static RequestSpecification bearer() {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + token);
    }

    private static Response form(QueryParameters parameters) {
        return given().contentType("application/x-www-form-urlencoded")
                .body(parameters.encoded())
                .post(gateway.url() + "/");
    }

    private static Response query(QueryParameters parameters) {
        return given().urlEncodingEnabled(false).post(gateway.url() + "/?" + parameters.encoded());
    }

    private static QueryParameters assumeRole() {
        return call("AssumeRole")
                .and("AccessKeyId", KEY)
                .and("RoleArn", "acs:ram::1234567890123456:role/app")
                .and("RoleSessionName", "phone");
    }

    private static QueryParameters call(String action) {
        return QueryParameters.NONE
                .and("Action", action)
                .and("Version", "2015-04-01")
                .and("SignatureMethod", "HMAC-SHA1")
                .and("SignatureVersion", "1.0")
                .and("SignatureNonce", Seeds.uuid().toString())
                .and("Timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static QueryParameters signed(QueryParameters parameters) {
        return signed(parameters, "AdaSecret");
    }

    private static QueryParameters signed(QueryParameters parameters, String secret) {
        return parameters.and("Signature", RpcSignature.sign(HttpMethod.POST, parameters, Secret.of(secret)));
    }
}
