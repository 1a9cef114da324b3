package io.countersign.gateway.packaged;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.countersign.json.JsonText;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as it is shipped: to whom it answers, with which headers, and what it says. */
class ConsoleEndpointsIT {
    private static final String MANIFEST = """
            {"accounts": [{"id": "1234567890123456",
              "users": [{"name": "app", "accessKeys": [{"id": "LTAI5tConsole", "secret": "ConsoleSecret"}], "policies": []}],
              "buckets": [{"name": "photos", "region": "cn-hangzhou"}]}]}
            """;
    private static final String SIGNED =
            "GET http://localhost/photos/a.jpg?OSSAccessKeyId=LTAI5tConsole&Expires=9999999999&Signature=AAAA";

    @TempDir
    private static Path directory;

    private static PackagedGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = PackagedGateway.serve(directory, MANIFEST);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String question(String text) {
        return JsonText.object(json -> json.put("text", text));
    }

    @ParameterizedTest
    @CsvSource({
        "/console, text/html; charset=utf-8, <h1>",
        "/console/console.css, text/css; charset=utf-8, prefers-color-scheme",
        "/console/console.js, text/javascript; charset=utf-8, textContent"
    })
    void thePageLoadsNothingFromElsewhere(String path, String type, String part) {
        given().get(gateway.url() + path)
                .then()
                .statusCode(200)
                .header("Content-Type", type)
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("default-src 'none'"),
                                containsString("frame-ancestors 'none'"),
                                not(containsString("unsafe"))))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Access-Control-Allow-Origin", nullValue())
                .body(allOf(
                        containsString(part),
                        not(containsString("http-equiv")),
                        not(containsString("onclick")),
                        not(containsString("innerHTML")),
                        not(containsString("src=\"http"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:8080",
                "localhost.attacker.example",
                "127.0.0.1.attacker.example",
                "0.0.0.0"
            })
    void aNameThatSomebodyElseCanHaveIsRefused(String host) {
        given().header("Host", host)
                .get(gateway.url() + "/console")
                .then()
                .statusCode(421)
                .body("code", equalTo("HostNotLocal"));
        given().header("Host", host)
                .contentType("application/json")
                .body(question(SIGNED))
                .post(gateway.url() + "/console/explain")
                .then()
                .statusCode(421);
    }

    @Test
    void anotherPageIsRefused() {
        for (String[] header : new String[][] {
            {"Origin", "https://attacker.example"},
            {"Origin", "null"},
            {"Origin", "http://localhost:1"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        }) {
            given().header(header[0], header[1])
                    .contentType("application/json")
                    .body(question(SIGNED))
                    .post(gateway.url() + "/console/explain")
                    .then()
                    .statusCode(403)
                    .header("Access-Control-Allow-Origin", nullValue())
                    .body("code", equalTo("ForeignPage"));
        }
    }

    @Test
    void aPreflightIsNotAnswered() {
        given().header("Origin", "https://attacker.example")
                .header("Access-Control-Request-Method", "POST")
                .options(gateway.url() + "/console/explain")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue())
                .body("code", equalTo("ForeignPage"));
    }

    @Test
    void aQuestionIsAnsweredOnItsOwnOrigin() {
        given().header("Origin", "http://" + URI.create(gateway.url()).getAuthority())
                .header("Sec-Fetch-Site", "same-origin")
                .contentType("application/json")
                .body(question(SIGNED))
                .post(gateway.url() + "/console/explain")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("verdict", equalTo("refused"))
                .body("error.code", equalTo("SignatureDoesNotMatch"))
                .body("cause.code", equalTo("NoKnownCause"))
                .body("canonical.stringToSign", equalTo("GET\n\n\n9999999999\n/photos/a.jpg"))
                .body("trace.step", hasItem("signature"))
                .body(not(containsString("ConsoleSecret")));
    }

    @Test
    void explainsAnAnswerWithoutARequestByItsError() {
        given().contentType("application/json")
                .body(question(
                        "<Error><Code>UserDisable</Code><Message>UserDisable</Message><EC>0003-00000801</EC></Error>"))
                .post(gateway.url() + "/console/explain")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("not-judged"))
                .body("answered.code", equalTo("UserDisable"))
                .body("answered.ec", equalTo("0003-00000801"))
                .body("cause.code", equalTo("UserDisable"))
                .body("cause.page", equalTo("https://api.aliyun.com/troubleshoot?q=0003-00000801"));
    }

    @Test
    void questionsAreReadStrictly() {
        given().contentType("text/plain")
                .body(question(SIGNED))
                .post(gateway.url() + "/console/explain")
                .then()
                .statusCode(415);
        given().contentType("application/json")
                .body(question("hello"))
                .post(gateway.url() + "/console/explain")
                .then()
                .statusCode(400)
                .body("code", equalTo("NoRequest"));
        given().contentType("application/json")
                .body("{\"text\":\"" + SIGNED + "\",\"at\":\"yesterday\"}")
                .post(gateway.url() + "/console/explain")
                .then()
                .statusCode(400)
                .body("code", equalTo("InvalidMember"));
        given().contentType("application/json")
                .body("{\"text\":\"" + SIGNED + "\",\"secret\":\"x\"}")
                .post(gateway.url() + "/console/explain")
                .then()
                .statusCode(400);
        given().contentType("application/json")
                .body(question("x".repeat(1024 * 1024)))
                .post(gateway.url() + "/console/explain")
                .then()
                .statusCode(413);
    }
}
