package io.countersign.gateway.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.countersign.json.JsonText;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.SigningTime;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackagedEndpointsIT {
    private static final String MANIFEST = """
            {"accounts": [{
              "id": "1234567890123456",
              "users": [{"name": "signer", "accessKeys": [{"id": "LTAI5tSigner", "secret": "SignerSecret"}],
                         "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}]}]}],
              "roles": [{"name": "app",
                "trust": {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"Federated": "acs:ram::1234567890123456:oidc-provider/idp"}}]},
                "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["oss:GetObject", "oss:PutObject"],
                  "Resource": ["acs:oss:*:*:photos/users/${jwt:sub}/*", "acs:oss:*:*:photos/marked/${jwt:sub}/*"]},
                  {"Effect": "Deny", "Action": "oss:*", "Resource": "acs:oss:*:*:photos/marked/*",
                   "Condition": {"StringEquals": {"oss:ExistingObjectTag/status": "ok", "oss:ExistingObjectTag/key1": "value1"}}}]}]}],
              "oidcProviders": [{"name": "idp", "issuer": "https://idp.example", "clientIds": ["app"],
                "jwks": {"keys": [%s]}, "defaultRole": "app"}],
              "buckets": [{"name": "photos", "region": "cn-hangzhou", "signer": "signer"}]
            }]}
            """;
    private static final String WANTED = "{\"method\":\"GET\",\"bucket\":\"photos\",\"key\":\"users/ada/a.jpg\"}";
    private static final String FORM =
            "{\"bucket\":\"photos\",\"keyPrefix\":\"users/ada/\",\"contentLengthRange\":[1,1024],\"successActionStatus\":201}";
    private static final String APP = "https://app.example.com";
    private static final String QUESTION =
            "{\"method\":\"GET\",\"url\":\"https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg\"}";

    @TempDir
    private static Path directory;

    private static PackagedGateway gateway;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId("k1");
        key.setAlgorithm("ES256");
        token = token(key);
        Path manifest = Files.writeString(
                directory.resolve("manifest.json"),
                MANIFEST.formatted(key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)));
        gateway = PackagedGateway.serve(
                List.of("-Dcountersign.cors.allowed-origins=" + APP),
                "serve",
                "--manifest",
                manifest.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--port",
                "0");
    }

    @AfterAll
    static void stopWithoutAWordOfFailure() {
        try (PackagedGateway stopping = gateway) {
            stopping.stop();
            assertThat(stopping.failures()).isEmpty();
            assertThat(stopping.output()).doesNotContain(token, "SignerSecret");
        }
    }

    @Test
    void healthIsUpForGetAndHead() {
        given().get(gateway.url() + "/health").then().statusCode(200).body("status", equalTo("UP"));
        given().head(gateway.url() + "/health").then().statusCode(200);
        given().post(gateway.url() + "/health").then().statusCode(405).header("Allow", "GET, HEAD");
    }

    @Test
    void aPresignedUrlMayPass() {
        String url = presign(WANTED)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("X-Request-Id", matchesPattern("[0-9A-F]{24}"))
                .header("Date", containsString(" GMT"))
                .body("method", equalTo("GET"))
                .extract()
                .path("url");
        verify("{\"method\":\"GET\",\"url\":\"" + url + "\"}")
                .then()
                .statusCode(200)
                .body("allowed", equalTo(true))
                .body("principal.arn", equalTo("acs:ram::1234567890123456:user/signer"));
        verify("{\"method\":\"PUT\",\"url\":\"" + url + "\"}")
                .then()
                .statusCode(200)
                .body("allowed", equalTo(false))
                .body("error.code", equalTo("SignatureDoesNotMatch"));
    }

    @Test
    void doesNotSignUnderADenyByTagsThatAreUnknown() {
        String marked = WANTED.replace("users/", "marked/");
        presign(marked).then().statusCode(403).body("code", equalTo("AccessDenied"));
        signContent("text/plain", "GET\n\n\n" + SigningTime.rfc1123(Instant.now()) + "\n/photos/marked/ada/a.jpg")
                .then()
                .statusCode(403)
                .body("code", equalTo("AccessDenied"));
        postPolicy(FORM.replace("users/", "marked/")).then().statusCode(403).body("code", equalTo("AccessDenied"));
    }

    @Test
    void aStringToSignIsAnsweredWithAnAuthorizationThatMayPass() {
        String date = SigningTime.rfc1123(Instant.now());
        String content = "GET\n\n\n" + date + "\n/photos/users/ada/a b.jpg";
        String authorization = signContent("text/plain; charset=UTF-8", content)
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .header("Cache-Control", "no-store")
                .extract()
                .asString();
        assertThat(authorization).matches("OSS LTAI5tSigner:[A-Za-z0-9+/]{27}=");
        verify("{\"method\":\"GET\",\"url\":\"https://photos.oss-cn-hangzhou.aliyuncs.com/users/ada/a%20b.jpg\","
                        + "\"headers\":{\"Date\":\"" + date + "\",\"Authorization\":\"" + authorization + "\"}}")
                .then()
                .statusCode(200)
                .body("allowed", equalTo(true));
        signContent("application/json", "{\"content\":\"" + content.replace("\n", "\\n") + "\"}")
                .then()
                .statusCode(200)
                .body("authorization", equalTo(authorization));
    }

    @Test
    void aRemoteSignerIsAnsweredWithASignatureThatMayPass() {
        String time = SigningTime.iso(Instant.now());
        String scope = time.substring(0, 8) + "/cn-hangzhou/oss/aliyun_v4_request";
        String canonicalRequest = "GET\n/photos/users/ada/a.jpg\n\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:"
                + time + "\n\n\nUNSIGNED-PAYLOAD";
        String stringToSign =
                "OSS4-HMAC-SHA256\\n" + time + "\\n" + scope + "\\n" + Hmac.Digests.sha256Hex(canonicalRequest);
        String wanted = "{\"version\":\"v4\",\"method\":\"GET\",\"bucket\":\"photos\",\"key\":\"users/ada/a.jpg\","
                + "\"stringToSign\":\"" + stringToSign + "\",\"date\":\"" + time.substring(0, 8)
                + "\",\"region\":\"cn-hangzhou\",\"product\":\"oss\",\"accessKeyId\":\"LTAI5tSigner\"}";
        String signature = signContent("application/json", wanted)
                .then()
                .statusCode(200)
                .extract()
                .path("signature");
        verify(
                        "{\"method\":\"GET\",\"url\":\"https://photos.oss-cn-hangzhou.aliyuncs.com/users/ada/a.jpg\",\"headers\":{"
                                + "\"x-oss-content-sha256\":\"UNSIGNED-PAYLOAD\",\"x-oss-date\":\"" + time
                                + "\",\"Authorization\":\"OSS4-HMAC-SHA256 Credential=LTAI5tSigner/" + scope
                                + ",Signature="
                                + signature + "\"}}")
                .then()
                .statusCode(200)
                .body("allowed", equalTo(true));
        signContent("application/json", wanted.replace("LTAI5tSigner", "LTAI5tOther"))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("AccessKeyIdMismatch"))
                .body("accessKeyId", equalTo("LTAI5tSigner"));
    }

    @Test
    void aStringThatAsksForMoreIsNotSigned() {
        String date = SigningTime.rfc1123(Instant.now());
        String start = "GET\n\n\n" + date + "\n";
        signContent("text/plain", start + "/photos/users/grace/a.jpg")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("AccessDenied"));
        signContent("text/plain", start + "/").then().statusCode(403).body("code", equalTo("ListBucketsNotSignable"));
        signContent("text/plain", start + "/photos/")
                .then()
                .statusCode(403)
                .body("code", equalTo("ListObjectsNotSignable"));
        signContent("text/plain", start.replace("\n", "\r\n") + "/photos/users/ada/a.jpg")
                .then()
                .statusCode(400)
                .body("code", equalTo("ControlCharacter"));
        signContent("text/html", start + "/photos/users/ada/a.jpg")
                .then()
                .statusCode(415)
                .body("code", equalTo("UnsupportedMediaType"));
        signContent("text/plain", "x".repeat(70_000)).then().statusCode(413);
        request("text/plain")
                .body(start + "/photos/users/ada/a.jpg")
                .post(gateway.url() + "/sign-content")
                .then()
                .statusCode(401);
    }

    @Test
    void aBatchAnswersEachInItsPlace() {
        presign("{\"requests\":[" + WANTED + "," + WANTED.replace("ada", "grace") + "]}")
                .then()
                .statusCode(200)
                .body("results", hasSize(2))
                .body("results[0].url", containsString("x-oss-signature="))
                .body("results[1].error.code", equalTo("AccessDenied"));
    }

    @Test
    void withoutATokenNothingIsSigned() {
        json().body(WANTED)
                .post(gateway.url() + "/presign")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("code", equalTo("MissingToken"));
        json().header("Authorization", "Bearer " + token.substring(0, token.length() - 8) + "AAAAAAAA")
                .body(WANTED)
                .post(gateway.url() + "/presign")
                .then()
                .statusCode(401);
    }

    @Test
    void aFormMayPassWithinItsPolicy() {
        Map<String, String> fields = postPolicy(FORM)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("url", equalTo("https://photos.oss-cn-hangzhou.aliyuncs.com/"))
                .body("fields.key", equalTo("users/ada/${filename}"))
                .body("fields.success_action_status", equalTo("201"))
                .body("expiration", matchesPattern("[-0-9]{10}T[0-9:]{8}Z"))
                .extract()
                .path("fields");
        upload(fields, "users/ada/a.jpg", 1024)
                .then()
                .statusCode(200)
                .body("allowed", equalTo(true))
                .body("principal.arn", equalTo("acs:ram::1234567890123456:user/signer"));
        upload(fields, "users/ada/a.jpg", 1025)
                .then()
                .body("allowed", equalTo(false))
                .body("error.code", equalTo("EntityTooLarge"));
        upload(fields, "users/grace/a.jpg", 1)
                .then()
                .body("error.ec", equalTo("0006-00000227"))
                .body("error.message", containsString("[\"starts-with\", \"$key\", \"users/ada/\"]"));
    }

    @Test
    void aFormForAnothersFolderIsRefused() {
        postPolicy(FORM.replace("ada", "grace"))
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("AccessDenied"));
        json().body(FORM)
                .post(gateway.url() + "/post-policy")
                .then()
                .statusCode(401)
                .body("code", equalTo("MissingToken"));
    }

    @Test
    void pagesOfAListedOriginMayCallTheFacesForApps() {
        for (String path : List.of("/presign", "/post-policy")) {
            given().header("Origin", APP)
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "authorization,content-type")
                    .options(gateway.url() + path)
                    .then()
                    .statusCode(204)
                    .header("Access-Control-Allow-Origin", equalTo(APP))
                    .header("Access-Control-Allow-Methods", equalTo("POST"))
                    .header("Vary", equalTo("Origin"));
            json().header("Origin", APP)
                    .body("{}")
                    .post(gateway.url() + path)
                    .then()
                    .statusCode(401)
                    .header("Access-Control-Allow-Origin", equalTo(APP));
            json().header("Origin", "https://evil.example")
                    .body("{}")
                    .post(gateway.url() + path)
                    .then()
                    .statusCode(401)
                    .header("Access-Control-Allow-Origin", nullValue());
        }
    }

    @ParameterizedTest
    @CsvSource({"/verify,403", "/acl,403", "/events,403", "/health,405"})
    void noPageMayCallTheOthers(String path, int expected) {
        int status = given().header("Origin", APP)
                .header("Access-Control-Request-Method", "POST")
                .options(gateway.url() + path)
                .then()
                .header("Access-Control-Allow-Origin", nullValue())
                .extract()
                .statusCode();
        assertThat(status).isEqualTo(expected);
    }

    @Test
    void verifyDecidesForAnybodyWhoMayAsk() {
        verify(QUESTION)
                .then()
                .statusCode(200)
                .body("allowed", equalTo(false))
                .body("status", equalTo(403))
                .body("principal.type", equalTo("Anonymous"))
                .body("error.code", equalTo("AccessDenied"));
        verify(QUESTION.replace("photos", "nowhere"))
                .then()
                .statusCode(200)
                .body("error.code", equalTo("NoSuchBucket"));
    }

    @Test
    void onLoopbackAMomentToJudgeAtIsTakenAndEchoed() {
        verify(QUESTION.replace("}", ",\"at\":\"2026-01-01T00:00:00Z\"}"))
                .then()
                .statusCode(200)
                .body("at", equalTo("2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{}",
                "{\"method\":\"GET\"}",
                "{\"method\":1,\"url\":2}",
                "{\"method\":\"GET\",\"method\":\"PUT\",\"url\":\"/\"}",
                "{\"method\":\"GET\",\"url\":\"/\",\"unknown\":true}",
                "{\"method\":\"GET\",\"url\":\"/\",\"headers\":[]}",
                "{\"requests\":[]}",
                "{\"requests\":[{}],\"bucket\":\"photos\"}",
                "{\"requests\":{},\"method\":\"GET\"}",
                "{} {}",
                "\u0000"
            })
    void aBodyThatDoesNotBelongHereIsRefusedAtEveryFace(String body) {
        presign(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", matchesPattern("Invalid.*"));
        postPolicy(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", matchesPattern("Invalid.*"));
        verify(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", matchesPattern("Invalid.*"));
    }

    @Test
    void aDepthBombIsRefused() {
        String bomb = "[".repeat(20_000) + "]".repeat(20_000);
        verify("{\"headers\":" + bomb + "}").then().statusCode(400).body("code", equalTo("InvalidJson"));
        postPolicy("{\"headers\":" + bomb + "}").then().statusCode(400).body("code", equalTo("InvalidJson"));
        presign("{\"headers\":" + bomb + "}").then().statusCode(400).body("code", equalTo("InvalidJson"));
    }

    @Test
    void oversizeIsRefused() {
        verify("{\"method\":\"" + "x".repeat(70_000) + "\"}")
                .then()
                .statusCode(413)
                .body("code", equalTo("BodyTooLarge"));
        presign("{\"method\":\"" + "x".repeat(70_000) + "\"}").then().statusCode(413);
        presign("{\"method\":\"" + "x".repeat(1_100_000) + "\"}").then().statusCode(413);
        postPolicy("{\"bucket\":\"" + "x".repeat(70_000) + "\"}").then().statusCode(413);
        given().get(gateway.url() + "/health?" + "x".repeat(9_000)).then().statusCode(414);
        given().header("X", "x".repeat(40_000))
                .get(gateway.url() + "/health")
                .then()
                .statusCode(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/presign", "/post-policy", "/sign-content", "/verify"})
    void anotherVerbIsRefused(String path) {
        given().get(gateway.url() + path).then().statusCode(405).header("Allow", "POST");
        given().options(gateway.url() + path).then().statusCode(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"})
    void anotherContentTypeIsRefused(String type) {
        for (String path : new String[] {"/presign", "/post-policy", "/verify"}) {
            request(type)
                    .header("Authorization", "Bearer " + token)
                    .body(QUESTION)
                    .post(gateway.url() + path)
                    .then()
                    .statusCode(415)
                    .body("code", equalTo("UnsupportedMediaType"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tokens", "/post-policy/", "/verify/", "/presign/x", "/q/health", "/favicon.ico"})
    void anUnknownPathIsNotFound(String path) {
        json().body("{}").post(gateway.url() + path).then().statusCode(404).body("code", equalTo("NotFound"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET x",
                "GET ",
                "http://",
                "//",
                "/%",
                "/%zz",
                "https://[::1",
                "https://a b/",
                "ftp://x/",
                "https://photos.oss-cn-hangzhou.aliyuncs.com:99999/",
                "https://photos.oss-cn-hangzhou.aliyuncs.com/?acl&acl&Signature",
                "https://é.oss-cn-hangzhou.aliyuncs.com/"
            })
    void anyUrlIsJudgedOrRefusedAndNeverAFailure(String url) {
        int status = verify("{\"method\":\"GET\",\"url\":\"" + url + "\"}").statusCode();
        assertThat(status).isIn(200, 400);
    }

    private static io.restassured.response.Response presign(String body) {
        return json().header("Authorization", "Bearer " + token).body(body).post(gateway.url() + "/presign");
    }

    private static io.restassured.response.Response postPolicy(String body) {
        return json().header("Authorization", "Bearer " + token).body(body).post(gateway.url() + "/post-policy");
    }

    /** The answer of {@code /verify} to the form, with a file of that length. */
    private static io.restassured.response.Response upload(Map<String, String> fields, String key, long length) {
        return verify(JsonText.object(json -> json.put("method", "POST")
                .put("url", "https://photos.oss-cn-hangzhou.aliyuncs.com/")
                .object("headers", headers -> headers.put("content-type", "multipart/form-data; boundary=x"))
                .object(
                        "form",
                        form -> form.array(
                                        "fields",
                                        pairs -> fields.forEach((name, value) -> pairs.array(pair -> {
                                            pair.add(name);
                                            pair.add(name.equals("key") ? key : value);
                                        })))
                                .put("fileLength", length))));
    }

    private static io.restassured.response.Response signContent(String type, String body) {
        return request(type)
                .header("Authorization", "Bearer " + token)
                .body(body)
                .post(gateway.url() + "/sign-content");
    }

    private static io.restassured.response.Response verify(String body) {
        return json().body(body).post(gateway.url() + "/verify");
    }

    private static RequestSpecification json() {
        return request("application/json");
    }

    /** The type unchanged: REST Assured would add a charset of its own. */
    private static RequestSpecification request(String type) {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .defaultContentCharset("UTF-8")))
                .contentType(type);
    }

    private static String token(EllipticCurveJsonWebKey key) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("https://idp.example");
        claims.setAudience("app");
        claims.setSubject("ada");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(60);
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setKey(key.getPrivateKey());
        jws.setKeyIdHeaderValue("k1");
        jws.setAlgorithmHeaderValue("ES256");
        return jws.getCompactSerialization();
    }
}
