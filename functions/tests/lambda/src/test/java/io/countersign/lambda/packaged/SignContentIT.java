package io.countersign.lambda.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.countersign.signing.base.SigningTime;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignContentIT {
    private static CloudRegistry registry;
    private static Function function;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        registry = new CloudRegistry();
        token = CloudRegistry.token();
        function = Function.start("sign-content", registry.environment(), Optional.empty());
    }

    @AfterAll
    static void stopWithoutASecretInTheLog() {
        try (CloudRegistry ending = registry;
                Function stopping = function) {
            assertThat(stopping.journal(token, CloudRegistry.APP.secret().reveal(), "OSS LTAI"))
                    .isNotEmpty();
        }
    }

    @Test
    void theStringIsSignedByteForByte() {
        given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Authorization", "Bearer " + token)
                .contentType("text/plain")
                .body(content("users/alice/größe.jpg").getBytes(StandardCharsets.UTF_8))
                .post(function.url("/sign-content"))
                .then()
                .statusCode(200)
                .body(matchesPattern("OSS " + CloudRegistry.APP.id() + ":[A-Za-z0-9+/]{27}="));
        assertThat(function.last()).isEqualTo("/sign-content allowed OK");
        json("{\"content\":\"" + content("users/alice/a.jpg").replace("\n", "\\n") + "\"}")
                .post(function.url("/sign-content"))
                .then()
                .statusCode(200)
                .body("authorization", matchesPattern("OSS " + CloudRegistry.APP.id() + ":[A-Za-z0-9+/]{27}="));
    }

    @Test
    void refusesInvalidOrForbiddenContent() {
        json("{\"content\":\"" + content("others/a.jpg").replace("\n", "\\n") + "\"}")
                .post(function.url("/sign-content"))
                .then()
                .statusCode(403)
                .body("code", equalTo("AccessDenied"));
        json("{\"content\":\"hello\"}")
                .post(function.url("/sign-content"))
                .then()
                .statusCode(403)
                .body("code", equalTo("PostPolicyNotSignable"));
        json("{\"content\":\"GET\\nhello\"}")
                .post(function.url("/sign-content"))
                .then()
                .statusCode(400)
                .body("code", equalTo("InvalidContent"));
        json("{}").post(function.url("/sign-content")).then().statusCode(400).body("code", equalTo("InvalidMember"));
        given().contentType("application/json")
                .body("{}")
                .post(function.url("/sign-content"))
                .then()
                .statusCode(401)
                .body("code", equalTo("MissingToken"));
    }

    @Test
    void aRoleOfOtherFacesSignsNothing() {
        given().header("Authorization", "Bearer " + CloudRegistry.uploaderToken())
                .contentType("application/json")
                .body("{\"content\":\""
                        + content("users/alice/a.jpg").replace("GET", "PUT").replace("\n", "\\n") + "\"}")
                .post(function.url("/sign-content"))
                .then()
                .statusCode(403)
                .body("code", equalTo("FaceNotAllowed"));
        assertThat(function.last()).isEqualTo("/sign-content refused FaceNotAllowed");
    }

    static String content(String key) {
        return "GET\n\n\n" + SigningTime.rfc1123(Instant.now()) + "\n/examplebucket/" + key;
    }

    private static RequestSpecification json(String body) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body);
    }
}
