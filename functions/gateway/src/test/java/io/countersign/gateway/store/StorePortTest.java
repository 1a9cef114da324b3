package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an ordinary client sees of the port, and its store of the client. */
class StorePortTest {
    private static final String REQUEST_ID = "[0-9A-F]{24}";

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void answer() {
        fixture.store.answering(say("200 OK", Map.of(), ""));
    }

    private static RequestSpecification client() {
        return RestAssured.given().baseUri(fixture.url()).urlEncodingEnabled(false);
    }

    @Test
    void anObjectPassesWithItsHeaders() {
        fixture.store.answering(say(
                "200 OK",
                Map.of(
                        "Content-Type", "text/plain",
                        "ETag", "\"5D41402ABC4B2A76B9719D911017C592\"",
                        "Last-Modified", "Sun, 22 Nov 2026 03:00:00 GMT",
                        "x-oss-meta-author", "ann",
                        "x-oss-hash-crc64ecma", "1",
                        "x-internal", "physical-publicbucket"),
                "hello"));
        client().get("/publicbucket/dir/a%20b%2Bc.txt")
                .then()
                .statusCode(200)
                .header("ETag", "\"5D41402ABC4B2A76B9719D911017C592\"")
                .header("Content-Length", "5")
                .header("Content-Type", "text/plain")
                .header("x-oss-meta-author", "ann")
                .header("x-oss-request-id", matchesPattern(REQUEST_ID))
                .header("x-internal", nullValue())
                .body(equalTo("hello"));
        ScriptedStore.Received got = fixture.store.last();
        assertThat(got.method()).isEqualTo("GET");
        assertThat(got.target()).isEqualTo("/physical-publicbucket/dir/a%20b%2Bc.txt");
        assertThat(got.header("authorization"))
                .startsWith("OSS4-HMAC-SHA256 Credential=" + StoreFixture.SIGNER)
                .contains("AdditionalHeaders=host");
        assertThat(got.header("host")).isEqualTo(fixture.store.endpoint().substring(7));
    }

    @Test
    void anUploadPassesWithItsLengthAndNothingElseOfTheClient() {
        client().header("Content-Type", "text/plain")
                .header("Cookie", "session=1")
                .header("X-Forwarded-Host", "evil.example.com")
                .header("x-oss-meta-a", "b")
                .body("content")
                .put("/postbox/a.txt")
                .then()
                .statusCode(200);
        ScriptedStore.Received got = fixture.store.last();
        assertThat(got.target()).isEqualTo("/physical-postbox/a.txt");
        assertThat(got.body()).isEqualTo("content");
        assertThat(got.header("content-length")).isEqualTo("7");
        assertThat(got.header("x-oss-meta-a")).isEqualTo("b");
        assertThat(got.headers()).doesNotContainKeys("cookie", "x-forwarded-host", "user-agent", "transfer-encoding");
    }

    @Test
    void aRefusedRequestReachesNoStore() {
        client().get("/examplebucket/a.txt")
                .then()
                .statusCode(403)
                .contentType("application/xml")
                .header("x-oss-request-id", matchesPattern(REQUEST_ID))
                .header("x-oss-ec", "0003-00000001")
                .body("Error.Code", equalTo("AccessDenied"))
                .body("Error.HostId", equalTo(fixture.url().substring(7)));
        client().body("x").put("/publicbucket/a.txt").then().statusCode(403);
        client().get("/no-such-bucket/a.txt").then().statusCode(404).body("Error.Code", equalTo("NoSuchBucket"));
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void aRefusalOfHeadIsInItsHeader() {
        client().head("/examplebucket/a.txt")
                .then()
                .statusCode(403)
                .header("x-oss-err", not(nullValue()))
                .body(equalTo(""));
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void aBucketWithoutAStoreIs501() {
        client().get("/plainbucket/a.txt")
                .then()
                .statusCode(501)
                .body("Error.Code", equalTo("NotImplemented"))
                .body("Error.Message", containsString("upstream"));
        client().body("x").put("/plainbucket/a.txt").then().statusCode(501);
    }

    @Test
    void whatTheTableDoesNotHaveIsRefusedBeforeAnythingIsSent() {
        client().get("/publicbucket/a.txt?x-oss-unknown=1").then().statusCode(400);
        client().get("/publicbucket/a.txt?foo=1").then().statusCode(400);
        client().header("x-oss-callback", "e30=")
                .body("x")
                .put("/postbox/a.txt")
                .then()
                .statusCode(501);
        client().header("x-amz-acl", "public-read")
                .get("/publicbucket/a.txt")
                .then()
                .statusCode(400);
        client().header("x-oss-copy-source", "/publicbucket/b")
                .header("x-oss-copy-source", "/publicbucket/c")
                .put("/postbox/a.txt")
                .then()
                .statusCode(400)
                .body("Error.Message", containsString("duplicated"));
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void rangesAndConditionsPassBothWays() {
        fixture.store.answering(
                say("206 Partial Content", Map.of("Content-Range", "bytes 1-3/5", "ETag", "\"e\""), "ell"));
        client().header("Range", "bytes=1-3")
                .get("/publicbucket/a.txt")
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 1-3/5")
                .body(equalTo("ell"));
        assertThat(fixture.store.last().header("range")).isEqualTo("bytes=1-3");
        fixture.store.answering(ScriptedStore.raw("HTTP/1.1 304 Not Modified\r\nETag: \"e\"\r\n\r\n"));
        client().header("If-None-Match", "\"e\"")
                .get("/publicbucket/a.txt")
                .then()
                .statusCode(304)
                .header("ETag", "\"e\"");
        assertThat(fixture.store.last().header("if-none-match")).isEqualTo("\"e\"");
    }

    @Test
    void aHeadHasTheLengthOfTheObject() {
        fixture.store.answering((request, connection) -> connection
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nETag: \"e\"\r\n\r\n".getBytes()));
        client().head("/publicbucket/a.txt").then().statusCode(200).header("Content-Length", "12345");
    }

    @Test
    void theErrorsOfAStoreAreWrittenAnew() {
        fixture.store.answering(say(
                "404 Not Found",
                Map.of("Content-Type", "application/xml"),
                "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><RequestId>OFTHESTORE</RequestId>"
                        + "<HostId>physical-publicbucket.oss.example.com</HostId><Key>a.txt</Key></Error>"));
        String body = client().get("/publicbucket/a.txt")
                .then()
                .statusCode(404)
                .body("Error.Code", equalTo("NoSuchKey"))
                .body("Error.HostId", equalTo(fixture.url().substring(7)))
                .extract()
                .asString();
        assertThat(body).doesNotContain("physical-").doesNotContain("OFTHESTORE");
    }

    @Test
    void documentsNameThePortByWhichTheClientCame() throws IOException {
        fixture.store.answering(say(
                "200 OK",
                Map.of(),
                "<CompleteMultipartUploadResult><Location>http://physical-postbox.oss.example.com/a</Location><Bucket>physical-postbox</Bucket>"
                        + "<Key>a b</Key><ETag>&quot;e&quot;</ETag></CompleteMultipartUploadResult>"));
        String parts =
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"e\"</ETag></Part></CompleteMultipartUpload>";
        for (String bucket : List.of("examplebucket", "s3private")) {
            assertThat(new Client(fixture.url()).send("POST", "/" + bucket + "/a.txt?uploadId=u", Map.of(), parts))
                    .contains("<Location>" + fixture.url() + "/" + bucket + "/a.txt</Location>");
        }
    }

    @Test
    void informationNamesTheEndpointWithoutItsBucket() throws IOException {
        fixture.store.answering(
                say(
                        "200 OK",
                        Map.of(),
                        "<BucketInfo><Bucket><ExtranetEndpoint>oss.example.com</ExtranetEndpoint><IntranetEndpoint>oss.example.com</IntranetEndpoint></Bucket></BucketInfo>"));
        String endpoint = fixture.url().substring(7);
        assertThat(new Client(fixture.url()).send("GET", "/examplebucket/?bucketInfo", Map.of(), ""))
                .contains(
                        "<ExtranetEndpoint>" + endpoint + "</ExtranetEndpoint>",
                        "<IntranetEndpoint>" + endpoint + "</IntranetEndpoint>");
    }

    @Test
    void aPreflightIsAnsweredHere() {
        client().header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "x-oss-meta-a")
                .options("/postbox/a.txt")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://app.example.com")
                .header("Access-Control-Allow-Methods", containsString("PUT"))
                .header("Access-Control-Allow-Headers", "x-oss-meta-a")
                .header("Access-Control-Max-Age", "600");
        client().header("Origin", "https://other.example.com")
                .header("Access-Control-Request-Method", "PUT")
                .options("/postbox/a.txt")
                .then()
                .statusCode(403)
                .body("Error.Code", equalTo("AccessForbidden"));
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void aPageReadsAnswersByTheRulesOfTheBucket() {
        client().header("Origin", "https://app.example.com")
                .get("/postbox/a.txt")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://app.example.com")
                .header("Access-Control-Expose-Headers", "ETag")
                .header("Vary", "Origin");
        client().header("Origin", "https://other.example.com")
                .get("/postbox/a.txt")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
        client().header("Origin", "https://app.example.com")
                .get("/postbox/a.txt?acl")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", "https://app.example.com");
    }

    @Test
    void aPageCanReadWhyABodyIsRefused() {
        for (String body : List.of("<Delete>", "x".repeat(70_000), "x".repeat(3 << 20))) {
            client().header("Origin", "https://app.example.com")
                    .body(body)
                    .post("/postbox?delete")
                    .then()
                    .statusCode(400)
                    .header("Access-Control-Allow-Origin", "https://app.example.com");
        }
        client().header("Origin", "https://app.example.com")
                .body("x")
                .post("/postbox/a.txt?uploads")
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", "https://app.example.com");
        client().header("Origin", "https://app.example.com")
                .header("x-oss-content-sha256", "abc")
                .body("x")
                .put("/postbox/a.txt")
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", "https://app.example.com");
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void aBodyWhereNoneBelongsIsRefused() {
        client().body("x").post("/postbox/a.txt?uploads").then().statusCode(400);
        client().body("x")
                .delete("/postbox/a.txt")
                .then()
                .statusCode(400)
                .body("Error.Code", equalTo("InvalidArgument"));
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void theServiceIsNotAnsweredHere() {
        client().get("/").then().statusCode(403);
    }
}
