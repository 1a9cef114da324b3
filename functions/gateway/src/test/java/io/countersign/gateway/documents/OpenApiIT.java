package io.countersign.gateway.documents;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.oss.PercentEncoding;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of the running gateway conform to docs/openapi.yaml, for successes and for refusals. */
class OpenApiIT {
    private static final RestAssuredConfig EXACT = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));
    private static final String JSON = "application/json";
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");
    private static final String OWN = "{\"bucket\":\"examplebucket\",\"key\":\"users/alice/photo.jpg\"}";
    private static final String OTHERS = "{\"bucket\":\"examplebucket\",\"key\":\"users/bob/photo.jpg\"}";
    private static final String STRING = "GET\\n\\n\\n%s\\n/examplebucket/users/%s/photo.jpg";

    @TempDir
    private static Path directory;

    private static PackagedGateway gateway;
    private static OpenApi api;
    private static String token;

    @BeforeAll
    static void serve() throws Exception {
        api = OpenApi.read();
        token = AppToken.make();
        gateway = PackagedGateway.serve(directory, Documents.manifest("docs/manifest.md"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void everyPathAndMethodAnswersAndNoOther() {
        for (String path : api.paths()) {
            Set<String> listed = api.methods(path);
            for (String method : listed) {
                assertThat(empty().request(method, gateway.url() + filled(path)).statusCode())
                        .as("%s %s", method, path)
                        .isNotIn(404, 405, 501);
            }
            Set<String> others = new HashSet<>(METHODS);
            others.removeAll(listed);
            for (String method : path.equals("/auth") ? Set.<String>of() : others) {
                Response refused = empty().request(method, gateway.url() + filled(path));
                int status = path.equals("/token") ? refused.path("StatusCode") : refused.statusCode();
                assertThat(status).as("%s %s", method, path).isEqualTo(405);
            }
        }
        assertThat(empty().get(gateway.url() + "/nowhere").statusCode()).isEqualTo(404);
    }

    private static String filled(String path) {
        return path.replace("{name}", "avatar").replace("{uploadId}", "ID").replace("{partNumber}", "1");
    }

    private static RequestSpecification empty() {
        return given().config(EXACT).urlEncodingEnabled(false);
    }

    private static RequestSpecification bearer() {
        return empty().header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification json(RequestSpecification call, String body) {
        return call.contentType(JSON).body(body);
    }

    /** The answer, held against the document. */
    private static Response send(RequestSpecification call, String method, String path, String query, int status) {
        Response answer = call.request(method, gateway.url() + filled(path) + query);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        String type = Optional.ofNullable(answer.contentType()).orElse("").split(";")[0];
        if (!type.isEmpty()) {
            Optional<JsonNode> content = api.answer(method, path, status, type);
            assertThat(content)
                    .as("%s of %s %s with %d", type, method, path, status)
                    .isPresent();
            if (type.endsWith("json")) {
                assertThat(api.errors(content.get().get("schema"), answer.asString()))
                        .as(answer.asString())
                        .isEmpty();
            }
        }
        return answer;
    }

    @Test
    void token() {
        send(bearer(), "GET", "/token", "", 200).then().body("StatusCode", equalTo(200));
        send(json(bearer(), "{\"durationSeconds\":900}"), "POST", "/token", "", 200);
        send(empty(), "GET", "/token", "", 200).then().body("StatusCode", equalTo(401));
        send(json(bearer(), "{\"role\":\"none\"}"), "POST", "/token", "", 200);
    }

    @Test
    void sts() {
        String oidc = "?Action=AssumeRoleWithOIDC&Version=2015-04-01&Format=JSON&RoleSessionName=alice&RoleArn="
                + PercentEncoding.encode("acs:ram::1234567890123456:role/mobile-app") + "&OIDCProviderArn="
                + PercentEncoding.encode("acs:ram::1234567890123456:oidc-provider/login") + "&OIDCToken=" + token;
        send(empty(), "GET", "/", oidc, 200);
        send(empty(), "POST", "/", oidc, 200);
        send(empty(), "GET", "/", oidc.replace("mobile-app", "none"), 404);
        send(empty(), "GET", "/", oidc.replace("JSON", "XML"), 200);
        send(empty(), "GET", "/", "?Version=2015-04-01&Format=JSON", 400);
    }

    @Test
    void presign() {
        send(json(bearer(), OWN), "POST", "/presign", "", 200);
        send(json(bearer(), OTHERS), "POST", "/presign", "", 403);
        send(json(bearer(), "{\"requests\":[" + OWN + "," + OTHERS + "]}"), "POST", "/presign", "", 200)
                .then()
                .body("results[1].error.code", equalTo("AccessDenied"));
        send(json(bearer(), "{\"bucket\":1}"), "POST", "/presign", "", 400);
        send(json(empty(), OWN), "POST", "/presign", "", 401);
        send(bearer().contentType("text/plain").body(OWN), "POST", "/presign", "", 415);
    }

    @Test
    void postPolicy() {
        String form = "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/alice/\",\"contentLengthRange\":[1,1024]}";
        send(json(bearer(), form), "POST", "/post-policy", "", 200);
        send(json(bearer(), form.replace("alice", "bob")), "POST", "/post-policy", "", 403);
        send(json(bearer(), "{"), "POST", "/post-policy", "", 400);
    }

    @Test
    void uploads() {
        String file = "{\"filename\":\"me.png\",\"contentType\":\"image/png\",\"size\":48213}";
        send(json(bearer(), file), "POST", "/uploads/{name}", "", 200)
                .then()
                .body("put.headers.content-type", equalTo("image/png"));
        send(json(bearer(), file.replace("48213", "0")), "POST", "/uploads/{name}", "", 400);
        send(json(empty(), file), "POST", "/uploads/{name}", "", 401);
        send(bearer(), "GET", "/uploads/{name}/s3/params", "?filename=me.png&type=image/png", 200);
        send(bearer(), "GET", "/uploads/{name}/s3/params", "?filename=me.png&type=text/html", 400);
        String companion = "{\"filename\":\"me.png\",\"type\":\"image/png\",\"metadata\":{}}";
        send(json(bearer(), companion), "POST", "/uploads/{name}/s3/multipart", "", 409);
        send(bearer(), "POST", "/uploads/{name}/multipart/{uploadId}/complete", "", 404);
        send(bearer(), "DELETE", "/uploads/{name}/multipart/{uploadId}/abort", "", 404);
        String id = "/uploads/{name}/s3/multipart/{uploadId}";
        send(bearer(), "GET", id, "?key=k", 404);
        send(bearer(), "DELETE", id, "?key=k", 404);
        send(bearer(), "GET", id + "/{partNumber}", "?key=k", 404);
        send(bearer(), "GET", id + "/batch", "?key=k&partNumbers=1,2", 404);
        send(json(bearer(), "{\"parts\":[]}"), "POST", id + "/complete", "?key=k", 404);
    }

    @Test
    void signContent() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
        String own = STRING.formatted(date, "alice");
        send(json(bearer(), "{\"content\":\"" + own + "\"}"), "POST", "/sign-content", "", 200);
        send(bearer().contentType("text/plain").body(own.replace("\\n", "\n")), "POST", "/sign-content", "", 200);
        String remote =
                "{\"version\":\"v1\",\"method\":\"GET\",\"bucket\":\"examplebucket\",\"key\":\"users/alice/photo.jpg\",\"date\":\""
                        + date + "\",\"stringToSign\":\"" + own + "\"}";
        send(json(bearer(), remote), "POST", "/sign-content", "", 200);
        send(
                        json(bearer(), remote.replace("\"date\"", "\"accessKeyId\":\"other\",\"date\"")),
                        "POST",
                        "/sign-content",
                        "",
                        409)
                .then()
                .body("accessKeyId", startsWith("LTAI5t"));
        send(
                json(bearer(), "{\"content\":\"" + STRING.formatted(date, "bob") + "\"}"),
                "POST",
                "/sign-content",
                "",
                403);
        send(json(bearer(), "{\"content\":1}"), "POST", "/sign-content", "", 400);
    }

    /** The server of this test has no URL for callbacks. */
    @Test
    void callbacks() {
        RequestSpecification call =
                empty().contentType("application/x-www-form-urlencoded").body("bucket=examplebucket");
        send(call, "POST", "/callbacks/oss", "", 403).then().body("code", equalTo("CallbacksNotConfigured"));
        send(empty(), "POST", "/callbacks/oss", "", 403);
    }

    @Test
    void verify() {
        String url = send(json(bearer(), OWN), "POST", "/presign", "", 200).path("url");
        send(json(empty(), question(url, "GET")), "POST", "/verify", "", 200)
                .then()
                .body("allowed", equalTo(true));
        send(json(empty(), question(url, "PUT")), "POST", "/verify", "", 200)
                .then()
                .body("error.code", equalTo("SignatureDoesNotMatch"))
                .body("comparison", hasSize(2));
        send(json(empty(), question(url.substring(0, url.indexOf('?')), "GET")), "POST", "/verify", "", 200)
                .then()
                .body("cause.code", equalTo("NotSigned"));
        send(
                json(empty(), question(url.replaceAll("x-oss-date=\\d{8}", "x-oss-date=20200101"), "GET")),
                "POST",
                "/verify",
                "",
                200);
        send(json(empty(), "{\"method\":\"GET\"}"), "POST", "/verify", "", 400);
    }

    private static String question(String url, String method) {
        return "{\"method\":\"" + method + "\",\"url\":\"" + url
                + "\",\"explain\":true,\"client\":{\"stringToSign\":\"a\",\"canonicalRequest\":\"b\"}}";
    }

    @Test
    void auth() {
        Response passed = send(forwarded("/public/readme.txt"), "GET", "/auth", "", 200);
        for (String name : new String[] {"Principal", "Action", "Resource"}) {
            assertThat(passed.header("X-Countersign-" + name)).as(name).isNotBlank();
        }
        Response refused = send(forwarded("/users/alice/photo.jpg"), "GET", "/auth", "", 403);
        assertThat(refused.header("X-Countersign-Status")).isEqualTo("403");
        assertThat(refused.header("X-Countersign-Error")).contains("<Code>AccessDenied</Code>");
        assertThat(refused.header("x-oss-request-id")).isNotBlank();
        assertThat(refused.header("x-oss-server-time")).isNotBlank();
    }

    private static RequestSpecification forwarded(String target) {
        return empty().header("X-Original-Method", "GET")
                .header("X-Original-URI", target)
                .header("X-Original-Host", "examplebucket.oss-cn-hangzhou.aliyuncs.com")
                .header("X-Countersign-Error-Limit", "12000");
    }

    @Test
    void acl() {
        String acl = "{\"bucket\":\"examplebucket\",\"key\":\"a.txt\",\"acl\":\"private\"}";
        send(json(empty(), acl), "PUT", "/acl", "", 200);
        send(json(empty(), acl.replace("examplebucket", "nowhere")), "PUT", "/acl", "", 404);
        send(json(empty(), acl.replace("\"private\"", "\"open\"")), "PUT", "/acl", "", 400);
    }

    @Test
    void events() {
        String event =
                "{\"id\":\"doc-1\",\"detail-type\":\"TokenKeyRotationRequested\",\"source\":\"countersign\",\"time\":\""
                        + Instant.now() + "\",\"detail\":{}}";
        send(json(empty(), event), "POST", "/events", "", 200).then().body("done[0].event", equalTo("TokenKeyRotated"));
        send(
                json(
                        empty(),
                        event.replace("doc-1", "doc-2")
                                .replace("TokenKeyRotationRequested", "AccessKeyCompromised")
                                .replace("{}", "{\"accessKeyId\":\"LTAI5tNoSuchKeyNoSuchKey\"}")),
                "POST",
                "/events",
                "",
                404);
        send(json(empty(), "[]"), "POST", "/events", "", 400);
    }

    @Test
    void sessionsAreRevoked() {
        String body = "{\"session\":\"0123456789abcdef0123456789abcdef\"}";
        send(json(empty(), body), "POST", "/sessions/revoke", "", 200)
                .then()
                .body("session", equalTo("0123456789abcdef0123456789abcdef"));
        send(json(empty(), "{\"provider\":\"nobody\",\"subject\":\"alice\"}"), "POST", "/sessions/revoke", "", 404);
        send(json(empty(), "{}"), "POST", "/sessions/revoke", "", 400);
    }

    @Test
    void console() {
        for (String page : new String[] {"/console", "/console/console.css", "/console/console.js"}) {
            send(empty(), "GET", page, "", 200);
        }
        String url = "http://127.0.0.1:8080/examplebucket/users/alice/photo.jpg";
        send(json(empty(), "{\"text\":\"" + url + "\"}"), "POST", "/console/explain", "", 200)
                .then()
                .body("cause.code", equalTo("NotSigned"));
        send(json(empty(), "{\"text\":\"?\"}"), "POST", "/console/explain", "", 400);
        send(empty().header("Host", "example.com"), "GET", "/console", "", 421);
    }

    @Test
    void health() {
        send(empty(), "GET", "/health", "", 200);
        send(empty(), "GET", "/health/ready", "", 200);
        send(empty(), "GET", "/health/live", "", 200);
    }

    @Test
    void metrics() {
        send(empty(), "GET", "/metrics", "", 200);
        send(empty().header("Host", "example.com"), "GET", "/metrics", "", 421);
    }
}
