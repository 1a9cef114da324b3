package io.countersign.gateway.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.countersign.gateway.server.RawConnection;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.HeaderSigner;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of a proxy and of a storage to the packaged gateway. */
class ProxyEndpointsIT {
    private static final String MANIFEST = """
            {"accounts": [{
              "id": "1234567890123456",
              "accessKeys": [{"id": "LTAI5tRoot", "secret": "RootSecret"}],
              "buckets": [{"name": "photos", "region": "cn-hangzhou"},
                          {"name": "slides", "region": "cn-hangzhou"},
                          {"name": "labelled", "region": "cn-hangzhou", "acl": "public-read", "policy": {"Version": "1", "Statement": [
                            {"Effect": "Deny", "Principal": ["*"], "Action": ["oss:GetObject"], "Resource": ["acs:oss:*:*:labelled/*"],
                             "Condition": {"StringEquals": {"oss:ExistingObjectTag/status": "ok", "oss:ExistingObjectTag/key1": "value1"}}}]}},
                          {"name": "inside", "region": "cn-hangzhou", "acl": "public-read", "policy": {"Version": "1", "Statement": [
                            {"Effect": "Deny", "Principal": ["*"], "Action": ["oss:*"], "Resource": ["acs:oss:*:*:inside/*"],
                             "Condition": {"StringNotEquals": {"acs:SourceVpc": "vpc-x"}}}]}},
                          {"name": "open-bucket", "region": "cn-hangzhou", "acl": "public-read",
                           "cors": [{"allowedOrigins": ["*"], "allowedMethods": ["GET"]}]}]
            }]}
            """;
    private static final AccessKey ROOT = new AccessKey("LTAI5tRoot", Secret.of("RootSecret"));

    @TempDir
    private static Path directory;

    private static PackagedGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = PackagedGateway.serve(directory, MANIFEST);
    }

    @AfterAll
    static void stopWithoutAWordOfFailure() {
        try (PackagedGateway stopping = gateway) {
            stopping.stop();
            assertThat(stopping.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void aProxyMayAskWithAnyVerb(String verb) throws OssRefusal {
        RequestSpecification asked = original(HttpMethod.GET, "photos", "a.jpg");
        signed(HttpMethod.GET, "photos", "a.jpg", Headers.NONE)
                .fields()
                .forEach(field -> asked.header(field.name(), field.value()));
        asked.request(verb, gateway.url() + "/auth")
                .then()
                .statusCode(200)
                .header("X-Countersign-Principal", equalTo(PercentEncoding.encode("acs:ram::1234567890123456:root")))
                .header("X-Countersign-Subject", equalTo(""))
                .header("X-Countersign-Action", equalTo("oss%3AGetObject"))
                .header("X-Countersign-Resource", containsString("photos%2Fa.jpg"))
                .header("x-oss-request-id", matchesPattern("[0-9A-F]{24}"))
                .header("x-oss-server-time", matchesPattern("[0-9]+"))
                .header("Date", containsString(" GMT"));
    }

    @Test
    void theClientIsAnsweredAsOssWould() {
        Response reply = original(HttpMethod.HEAD, "photos", "a.jpg").get(gateway.url() + "/auth");
        reply.then()
                .statusCode(403)
                .contentType("application/xml")
                .header("X-Countersign-Status", equalTo("403"))
                .header("X-Countersign-Principal", nullValue())
                .body("Error.Code", equalTo("AccessDenied"))
                .body("Error.HostId", equalTo("localhost"));
        assertThat(new String(Base64.getDecoder().decode(reply.header("x-oss-err")), StandardCharsets.UTF_8))
                .isEqualTo(reply.asString());
        original(HttpMethod.GET, "nowhere", "a")
                .get(gateway.url() + "/auth")
                .then()
                .statusCode(403)
                .header("X-Countersign-Status", equalTo("404"))
                .header("x-oss-ec", equalTo("0015-00000101"));
    }

    @Test
    void aProxyThatTellsNothingIsRefused() {
        given().get(gateway.url() + "/auth")
                .then()
                .statusCode(403)
                .header("X-Countersign-Status", equalTo("400"))
                .body("Error.Message", containsString("X-Original-"));
        original(HttpMethod.GET, "open-bucket", "a")
                .header("X-Original-URI", "/open-bucket/b")
                .get(gateway.url() + "/auth")
                .then()
                .statusCode(403)
                .body("Error.Message", containsString("exactly once"));
    }

    @Test
    void aFileServersPathsAreKeptApart() {
        for (String key : List.of("../photos/a.jpg", "a//b", "a%2F%2Fb", "a%252Fb", "%2e%2e")) {
            original("GET", "/open-bucket/" + key)
                    .get(gateway.url() + "/auth")
                    .then()
                    .statusCode(403)
                    .body("Error.Code", equalTo("InvalidObjectName"));
        }
    }

    @Test
    void aPreflightIsAnswered() {
        original(HttpMethod.OPTIONS, "open-bucket", "a")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET")
                .get(gateway.url() + "/auth")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V2", "V4"})
    void headersArriveAsTheUtf8ThatWasSigned(SignatureVersion version) throws Exception {
        Headers own = Headers.NONE.and("x-oss-meta-name", "中文");
        StringBuilder head = new StringBuilder("GET /auth HTTP/1.1\r\nHost: countersign\r\nConnection: close\r\n"
                + "X-Original-Method: PUT\r\nX-Original-URI: /photos/a.jpg\r\nX-Original-Host: localhost\r\n");
        for (Headers.HeaderField field :
                signed(version, HttpMethod.PUT, "photos", "a.jpg", own).fields()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        String onTheWire = new String(
                head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(RawConnection.exchange(gateway.url(), onTheWire)).startsWith("HTTP/1.1 200 ");
        assertThat(RawConnection.exchange(gateway.url(), onTheWire.replace("\u00e6\u0096\u0087", "\u00e5\u009b\u00bd")))
                .startsWith("HTTP/1.1 403 ")
                .contains("SignatureDoesNotMatch");
    }

    @Test
    void aStorageTellsTheTagsThatAPolicyAsksFor() {
        verify("labelled", "")
                .body("allowed", equalTo(false))
                .body("error.code", equalTo("AccessDenied"))
                .body(
                        "trace[-1].detail",
                        containsString("(unknown: oss:ExistingObjectTag/status, oss:ExistingObjectTag/key1)"));
        String tags = ",\"context\":{\"existingObjectTags\":%s}";
        verify("labelled", tags.formatted("{}")).body("allowed", equalTo(true));
        verify("labelled", tags.formatted("{\"status\":\"ok\"}")).body("allowed", equalTo(true));
        verify("labelled", tags.formatted("{\"status\":\"ok\",\"key1\":\"value1\"}"))
                .body("allowed", equalTo(false))
                .body("trace[-1].detail", not(containsString("unknown")));
        original(HttpMethod.GET, "labelled", "a")
                .get(gateway.url() + "/auth")
                .then()
                .statusCode(403)
                .body("Error.Code", equalTo("AccessDenied"));
    }

    @Test
    void aStorageTellsTheVpcThatAPolicyAsksFor() {
        verify("inside", "").body("allowed", equalTo(false));
        verify("inside", ",\"sourceIp\":\"203.0.113.9\"").body("allowed", equalTo(false));
        verify("inside", ",\"sourceIp\":\"10.0.0.9\",\"context\":{\"sourceVpc\":\"vpc-x\"}")
                .body("allowed", equalTo(true));
        verify("inside", ",\"context\":{\"sourceVpc\":\"vpc-y\"}").body("allowed", equalTo(false));
        original(HttpMethod.GET, "inside", "a")
                .header("X-Countersign-Source-Vpc", "vpc-x")
                .get(gateway.url() + "/auth")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tags\":{}}",
                "{\"existingObjectTags\":[]}",
                "{\"bucketTags\":{\"a\":1}}",
                "{\"sourceVpc\":\"eni-1\"}",
                "{\"mfaPresent\":\"yes\"}"
            })
    void aContextIsReadStrictly(String context) {
        given().contentType("application/json")
                .body("{\"method\":\"GET\",\"url\":\"http://localhost/labelled/a\",\"context\":" + context + "}")
                .post(gateway.url() + "/verify")
                .then()
                .statusCode(400)
                .body("code", equalTo("InvalidMember"));
    }

    private static ValidatableResponse verify(String bucket, String more) {
        return given().contentType("application/json")
                .body("{\"method\":\"GET\",\"url\":\"http://localhost/" + bucket + "/a\"" + more + "}")
                .post(gateway.url() + "/verify")
                .then()
                .statusCode(200);
    }

    @Test
    void theStorageTellsWhatAclItHasSet() throws OssRefusal {
        String set = "{\"bucket\":\"slides\",\"key\":\"shown.txt\",\"acl\":\"public-read\"}";
        for (int i = 0; i < 2; i++) {
            acl(set).then().statusCode(200).body(equalTo(set));
        }
        original(HttpMethod.GET, "slides", "shown.txt")
                .get(gateway.url() + "/auth")
                .then()
                .statusCode(200)
                .header("X-Countersign-Principal", equalTo("Anonymous"));
        acl(set.replace("slides", "nowhere")).then().statusCode(404).body("code", equalTo("NoSuchBucket"));
        acl("{}").then().statusCode(400).body("code", equalTo("InvalidMember"));
        given().get(gateway.url() + "/acl").then().statusCode(405).header("Allow", "PUT");
    }

    private static Response acl(String body) {
        return given().contentType("application/json; charset=UTF-8").body(body).put(gateway.url() + "/acl");
    }

    private static RequestSpecification original(HttpMethod method, String bucket, String key) {
        return original(method.name(), "/" + bucket + "/" + key);
    }

    private static RequestSpecification original(String method, String uri) {
        return given().header("X-Original-Method", method)
                .header("X-Original-URI", uri)
                .header("X-Original-Host", "localhost");
    }

    private static Headers signed(HttpMethod method, String bucket, String key, Headers own) throws OssRefusal {
        return signed(SignatureVersion.V4, method, bucket, key, own);
    }

    private static Headers signed(SignatureVersion version, HttpMethod method, String bucket, String key, Headers own)
            throws OssRefusal {
        HeaderSigner.HeaderToSign request = new HeaderSigner.HeaderToSign(
                version,
                method,
                Target.object(bucket, key),
                QueryParameters.NONE,
                own,
                List.of(),
                Optional.empty(),
                "cn-hangzhou",
                CredentialScope.OSS);
        Headers all = own;
        for (Headers.HeaderField field : new HeaderSigner(new SigningKeys(1))
                .authorize(request, ROOT, Instant.now())
                .headers()
                .fields()) {
            all = all.and(field.name(), field.value());
        }
        return all;
    }
}
