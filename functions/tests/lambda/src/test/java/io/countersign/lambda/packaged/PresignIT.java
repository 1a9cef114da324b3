package io.countersign.lambda.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.countersign.registry.dynamodb.FaultyDynamo;
import io.restassured.specification.RequestSpecification;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PresignIT {
    private static final String OWN =
            "{\"method\":\"GET\",\"bucket\":\"examplebucket\",\"key\":\"users/alice/größe 1.jpg\"}";

    private static CloudRegistry registry;
    private static Function function;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        registry = new CloudRegistry();
        token = CloudRegistry.token();
        function = Function.start("presign", registry.environment(), Optional.empty());
    }

    @AfterAll
    static void stopWithoutASecretInTheLog() {
        try (CloudRegistry ending = registry;
                Function stopping = function) {
            assertThat(stopping.journal(token, CloudRegistry.APP.secret().reveal(), "x-oss-signature", "alice"))
                    .isNotEmpty();
        }
    }

    @Test
    void aUrlIsSigned() {
        asked(OWN)
                .post(function.url("/presign"))
                .then()
                .statusCode(200)
                .body("url", containsString("users/alice/gr%C3%B6%C3%9Fe%201.jpg?"))
                .body("method", equalTo("GET"));
        assertThat(function.last()).isEqualTo("/presign allowed OK");
    }

    @Test
    void aBatchOfTheFullSizeIsSigned() {
        String many = "{\"requests\":[" + OWN + ("," + OWN).repeat(999) + "]}";
        asked(many).post(function.url("/presign")).then().statusCode(200).body("results", hasSize(1_000));
    }

    @Test
    void aFormIsSigned() {
        asked("{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/alice/\"}")
                .post(function.url("/post-policy"))
                .then()
                .statusCode(200)
                .body("fields.key", equalTo("users/alice/${filename}"));
    }

    @Test
    void aRoleOfUploadsAloneUploads() {
        String uploader = CloudRegistry.uploaderToken();
        String file = "{\"filename\":\"a.png\",\"contentType\":\"image/png\",\"size\":1000}";
        asked(uploader, file).post(function.url("/uploads/picture")).then().statusCode(200);
        refused(asked(uploader, OWN.replace("GET", "PUT")), 403, "FaceNotAllowed");
        asked(uploader, "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/alice/\"}")
                .post(function.url("/post-policy"))
                .then()
                .statusCode(403)
                .body("code", equalTo("FaceNotAllowed"));
    }

    @Test
    void refusalsAreProblems() {
        refused(asked(OWN.replace("users", "others")), 403, "AccessDenied");
        refused(asked("{\"bucket\":\"examplebucket\"}"), 400, "InvalidMember");
        refused(asked("{\"bucket\":\"a\",\"bucket\":\"b\"}"), 400, "InvalidJson");
        refused(given().contentType("application/json").body(OWN), 401, "MissingToken");
        refused(
                given().header("Authorization", "Bearer " + token)
                        .contentType("text/plain")
                        .body(OWN),
                415,
                "UnsupportedMediaType");
        asked("").get(function.url("/presign")).then().statusCode(405).header("Allow", "POST");
    }

    @Test
    void withoutTheStoreNothingIsSigned() throws Exception {
        registry.dynamo().always(FaultyDynamo.Fault.DENY);
        try {
            Thread.sleep(300);
            refused(asked(OWN), 503, "Unavailable");
            assertThat(function.last()).isEqualTo("/presign failed Unavailable");
        } finally {
            registry.dynamo().always(FaultyDynamo.Fault.PASS);
        }
    }

    private static RequestSpecification asked(String body) {
        return asked(token, body);
    }

    private static RequestSpecification asked(String bearer, String body) {
        return given().header("Authorization", "Bearer " + bearer)
                .contentType("application/json")
                .body(body);
    }

    private static void refused(RequestSpecification request, int status, String code) {
        request.post(function.url("/presign"))
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
        assertThat(function.last()).endsWith(code);
    }
}
