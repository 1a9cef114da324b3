package io.countersign.lambda.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.json.JsonText;
import io.countersign.oss.Headers;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.dynamodb.FaultyDynamo;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.signing.SignatureVersion;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyIT {
    private static final String HOST = "examplebucket.oss-cn-hangzhou.aliyuncs.com";
    private static final String KEY = "users/a b+c%/größe.jpg";
    private static final String RAW = "/users/a%20b%2Bc%25/gr%C3%B6%C3%9Fe.jpg";

    private static CloudRegistry registry;
    private static Function function;

    @BeforeAll
    static void start() throws Exception {
        registry = new CloudRegistry();
        function = Function.start("verify", registry.environment(), CloudRegistry.trustedCaller());
    }

    @AfterAll
    static void stopWithoutASecretInTheLog() {
        try (CloudRegistry ending = registry;
                Function stopping = function) {
            assertThat(stopping.journal(CloudRegistry.APP.secret().reveal(), "Signature=", "signature="))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPresignedUrlIsVerified(SignatureVersion version) throws Exception {
        String url = "https://" + HOST + RAW + "?"
                + Signed.url(version, KEY, QueryParameters.NONE).encoded();
        verified(url).body("allowed", equalTo(true)).body("principal.type", equalTo("RAMUser"));
        assertThat(function.last()).isEqualTo("/verify allowed OK");
        verified(url.replace("%2B", "%20"))
                .body("allowed", equalTo(false))
                .body("error.code", equalTo("SignatureDoesNotMatch"));
        assertThat(function.last()).isEqualTo("/verify refused SignatureDoesNotMatch");
    }

    /** What registry copy has filled in part: a revocation may be missing. */
    @Test
    void noProcessAnswersFromAPartOfARegistryAndEachDoesOnceTheCopyHasEnded() throws Exception {
        ItemKey mark = new ItemKey("copy", "unfinished");
        registry.store().write(Transaction.of(Write.put(mark, "{}", Condition.absent())), Instant.now());
        try (Function started = Function.start("verify", registry.environment(), CloudRegistry.trustedCaller())) {
            String event = Payload.post(
                    "/verify",
                    Map.of("content-type", "application/json"),
                    "{\"method\":\"GET\",\"url\":\"https://" + HOST + "/public/a%20b.txt\"}");
            for (int call = 0; call < 3; call++) {
                assertThat(started.invoke(event).text())
                        .contains("\"statusCode\":503")
                        .doesNotContain("CopyUnfinished");
            }
            registry.store().write(Transaction.of(Write.delete(mark, Condition.anything())), Instant.now());
            assertThat(started.invoke(event).text()).contains("allowed\\\":true");
        } finally {
            registry.store().write(Transaction.of(Write.delete(mark, Condition.anything())), Instant.now());
        }
    }

    @Test
    void countsCacheHitsAndMeasuresReads() throws Exception {
        Map<String, String> environment = registry.environment();
        environment.put("COUNTERSIGN_CACHE_TTL", "PT5M");
        try (Function patient = Function.start("verify", environment, CloudRegistry.trustedCaller())) {
            String event = Payload.post(
                    "/verify",
                    Map.of("content-type", "application/json"),
                    "{\"method\":\"GET\",\"url\":\"https://" + HOST + "/public/a%20b.txt\"}");
            assertThat(patient.invoke(event).text()).contains("allowed\\\":true");
            assertThat(JsonText.of(patient.journal().getLast())).contains("\"CacheHits\":0", "\"StoreLatency\":[");
            // That there is none of something is remembered for a second, and a busy machine may take longer from one
            // call to the next.
            String line = "";
            for (int call = 0; call < 50 && !line.contains("\"CacheHits\":1"); call++) {
                assertThat(patient.invoke(event).text()).contains("allowed\\\":true");
                line = JsonText.of(patient.journal().getLast());
            }
            assertThat(line).contains("\"CacheHits\":1").doesNotContain("StoreLatency");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProxyAsksAboutDatesAndSignaturesWithCommasInThem(SignatureVersion version) throws Exception {
        Headers headers = Signed.put(version, KEY, Headers.NONE.and("content-type", "image/jpeg"));
        auth("PUT", RAW, headers)
                .get(function.url("/auth"))
                .then()
                .statusCode(200)
                .header("X-Countersign-Principal", equalTo("acs%3Aram%3A%3A1234567890123456%3Auser%2Fapp"));
        auth("PUT", RAW.replace("%25", "%26"), headers)
                .get(function.url("/auth"))
                .then()
                .statusCode(403)
                .header("X-Countersign-Status", "403")
                .contentType("application/xml");
        assertThat(function.last()).isEqualTo("/auth refused SignatureDoesNotMatch");
    }

    @Test
    void theStorageConfirmsAnAcl() {
        given().contentType("application/json")
                .body("{\"bucket\":\"examplebucket\",\"key\":\"users/x\",\"acl\":\"public-read\"}")
                .put(function.url("/acl"))
                .then()
                .statusCode(200);
        verified("https://" + HOST + "/users/x").body("allowed", equalTo(true));
    }

    @Test
    void anUnsignedUrlOfTheFunctionIsRefusedWhateverIsAsked() throws Exception {
        try (FunctionUrlProxy open = new FunctionUrlProxy(function.process().api(), Optional.empty())) {
            for (String path : new String[] {"/verify", "/auth", "/acl"}) {
                given().contentType("application/json")
                        .body("{\"method\":\"GET\",\"url\":\"https://" + HOST + "/public/a%20b.txt\"}")
                        .post(open.url() + path)
                        .then()
                        .statusCode(403)
                        .body("code", equalTo("IamRequired"));
            }
            given().get(open.url() + "/health").then().statusCode(200);
        }
    }

    @Test
    void refusalsOfTheFaceAreProblems() {
        given().contentType("application/json")
                .body("{\"method\":\"GET\"}")
                .post(function.url("/verify"))
                .then()
                .statusCode(400)
                .body("code", equalTo("InvalidMember"));
        given().contentType("application/json")
                .body("{\"method\":\"GET\",\"url\":\"https://" + HOST + "/a\",\"at\":\"2026-11-22T03:00:00Z\"}")
                .post(function.url("/verify"))
                .then()
                .statusCode(400)
                .body("code", equalTo("AtNotAllowed"));
        given().get(function.url("/verify")).then().statusCode(405);
    }

    @Test
    void withoutTheStoreThereIsNoDecision() throws Exception {
        registry.dynamo().always(FaultyDynamo.Fault.DENY);
        try {
            Thread.sleep(300);
            given().contentType("application/json")
                    .body("{\"method\":\"GET\",\"url\":\"https://" + HOST + "/public/a%20b.txt\"}")
                    .post(function.url("/verify"))
                    .then()
                    .statusCode(503);
            assertThat(function.last()).isEqualTo("/verify failed Unavailable");
        } finally {
            registry.dynamo().always(FaultyDynamo.Fault.PASS);
        }
    }

    private static io.restassured.response.ValidatableResponse verified(String url) {
        return given().contentType("application/json")
                .body("{\"method\":\"GET\",\"url\":\"" + url + "\"}")
                .post(function.url("/verify"))
                .then()
                .statusCode(200);
    }

    private static RequestSpecification auth(String method, String uri, Headers headers) {
        RequestSpecification request = given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("X-Original-Method", method)
                .header("X-Original-URI", uri)
                .header("X-Original-Host", HOST);
        for (Headers.HeaderField field : headers.fields()) {
            request.header(field.name(), field.value());
        }
        return request;
    }
}
