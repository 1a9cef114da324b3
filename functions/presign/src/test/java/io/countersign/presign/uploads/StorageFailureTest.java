package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.refused;
import static io.countersign.presign.uploads.UploadWorld.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.LongWork;
import io.countersign.http.Outages;
import io.countersign.http.Reply;
import io.countersign.registry.manifest.UpstreamRule;
import io.countersign.testkit.LoggedLines;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A storage that is down, slow, refuses or sends something else. Nothing of its answers reaches the caller. */
class StorageFailureTest {
    private final UploadWorld world = new UploadWorld(Duration.ofMillis(500), LongWork.ANYWHERE);

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            500 | <Error><Code>InternalError</Code></Error>        | 503 | StorageUnavailable
            503 | ``                                               | 503 | StorageUnavailable
            429 | ``                                               | 503 | StorageUnavailable
            403 | <Error><Code>AccessDenied</Code></Error>         | 502 | StorageRefused
            404 | <Error><Code>NoSuchBucket</Code></Error>         | 502 | StorageRefused
            302 | ``                                               | 502 | StorageRefused
            200 | <Error><Code>AccessDenied</Code></Error>         | 502 | StorageRefused
            200 | ``                                               | 503 | StorageUnavailable
            200 | <html>login</html>                               | 503 | StorageUnavailable
            200 | {"UploadId":"x"}                                 | 503 | StorageUnavailable
            200 | <InitiateMultipartUploadResult/>                 | 503 | StorageUnavailable
            200 | <InitiateMultipartUploadResult><UploadId>a b</UploadId></InitiateMultipartUploadResult> | 503 | StorageUnavailable
            200 | <!DOCTYPE a [<!ENTITY b "c">]><InitiateMultipartUploadResult><UploadId>&b;</UploadId></InitiateMultipartUploadResult> | 503 | StorageUnavailable
            """)
    void anotherAnswerToTheBeginningIsAFailure(int status, String body, int told, String code) {
        world.storage.answers(status, body);
        Reply reply = world.post("video", file("a.png", "image/png", 1));
        refused(reply, told, code);
        assertThat(reply.body().utf8()).doesNotContain("NoSuchBucket", "login", "InternalError");
        assertThat(world.storage.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ListPartsResult><Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag><Size>-1</Size></Part></ListPartsResult>",
                "<ListPartsResult><Part><PartNumber>0</PartNumber><ETag>\"a\"</ETag><Size>1</Size></Part></ListPartsResult>",
                "<ListPartsResult><Part><PartNumber>10001</PartNumber><ETag>\"a\"</ETag><Size>1</Size></Part></ListPartsResult>",
                "<ListPartsResult><Part><PartNumber>1</PartNumber><Size>1</Size></Part></ListPartsResult>",
                "<ListPartsResult><Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag></Part></ListPartsResult>",
                "<ListPartsResult><Part><PartNumber>2</PartNumber><ETag>\"a\"</ETag><Size>1</Size></Part><Part><PartNumber>2</PartNumber><ETag>\"a\"</ETag><Size>1</Size></Part></ListPartsResult>",
                "<ListPartsResult><IsTruncated>true</IsTruncated></ListPartsResult>",
                "<ListPartsResult><Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag><Size>99999999999999999999</Size></Part></ListPartsResult>"
            })
    void aListThatMakesNoSenseIsAFailure(String body) {
        String id = begun();
        world.storage.answers(200, body);
        refused(complete(id), 503, "StorageUnavailable");
        assertThat(world.storage.asked()).doesNotContain("POST complete", "DELETE");
    }

    @Test
    void aListThatSaysTheSamePageAgainEnds() {
        String id = begun();
        world.storage.answers(
                200,
                "<ListPartsResult><IsTruncated>true</IsTruncated><Part><PartNumber>7</PartNumber><ETag>\"a\"</ETag><Size>1</Size></Part></ListPartsResult>");
        refused(complete(id), 503, "StorageUnavailable");
        assertThat(world.storage.asked()).endsWith("GET parts after 0", "GET parts after 7");
    }

    @Test
    void aPartThatTheStorageRefusesIsTheClientsMatter() {
        String id = begun();
        world.storage.answers(400, "<Error><Code>EntityTooSmall</Code></Error>");
        refused(complete(id), 409, "PartsRefused");
    }

    @Test
    void theLogNamesTheBucketAndTheOperation() {
        String id = begun();
        try (LoggedLines log = new LoggedLines(Outages.class)) {
            world.storage.answers(403, "<Error><Code>StorageFailureTest</Code></Error>");
            Reply begun = world.post("video", file("a.png", "image/png", 1));
            refused(begun, 502, "StorageRefused");
            assertThat(begun.body().utf8()).doesNotContain("examplebucket", "InitiateMultipartUpload", "FailureTest");
            refused(complete(id), 502, "StorageRefused");
            refused(
                    world.call(
                            "POST", "video/multipart/" + id + "/abort", Optional.empty(), "", UploadWorld.TOKEN, NOW),
                    502,
                    "StorageRefused");
            world.storage.answers(200, "<StorageFailureTest/>");
            refused(complete(id), 503, "StorageUnavailable");
            world.storage.answers(0, "");
            refused(complete(id), 503, "StorageUnavailable");
            assertThat(log.lines())
                    .satisfiesExactly(
                            line -> says(line, "answered InitiateMultipartUpload with 403 StorageFailureTest"),
                            line -> says(line, "answered ListParts with 403 StorageFailureTest"),
                            line -> says(line, "answered AbortMultipartUpload with 403 StorageFailureTest"),
                            line -> says(line, "to ListParts cannot be read: it is no ListPartsResult"),
                            line -> says(line, "did not answer ListParts: no answer came within 500 ms"));
        }
    }

    private static void says(String line, String what) {
        assertThat(line)
                .startsWith("event=unavailable reason=\"")
                .contains("the storage of the bucket examplebucket", what)
                .doesNotContain(UploadWorld.KEY_ID, "127.0.0.1");
    }

    @Test
    void aSlowStorageIsGivenUp() {
        world.storage.answers(0, "");
        long start = System.nanoTime();
        refused(world.post("video", file("a.png", "image/png", 1)), 503, "StorageUnavailable");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aListOfManySlowPagesIsGivenUp() {
        String id = begun();
        for (int part = 1; part <= 20; part++) {
            world.storage.has(part, 1);
        }
        world.storage.forget();
        world.storage.lists(1, Duration.ofMillis(200));
        refused(complete(id), 503, "StorageUnavailable");
        assertThat(world.storage.asked()).hasSizeBetween(2, 8).doesNotContain("POST complete", "DELETE");
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() {
        world.storage.answers(200, " ".repeat(2 * 1024 * 1024));
        refused(world.post("video", file("a.png", "image/png", 1)), 503, "StorageUnavailable");
    }

    @Test
    void aStorageThatIsDownIsNoFaultOfTheCaller() {
        String id = begun();
        world.storage.close();
        refused(complete(id), 503, "StorageUnavailable");
        refused(world.post("video", file("a.png", "image/png", 1)), 503, "StorageUnavailable");
        assertThat(world.post("avatar", file("a.png", "image/png", 1)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://storage.example.com/",
                "https://10.0.0.1/",
                "https://169.254.169.254/",
                "https://[fc00::1]/"
            })
    void anAddressInTheNetworkIsNotAsked(String url) {
        assertThatThrownBy(() -> new StorageAddress(UpstreamRule.DEFAULT).require(URI.create(url)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("countersign.upstream.allow-");
    }

    @Test
    void theOperatorMayAllowIt() throws IOException {
        new StorageAddress(new UpstreamRule(true, true)).require(URI.create("http://10.0.0.1/"));
        new StorageAddress(UpstreamRule.DEFAULT).require(URI.create("http://127.0.0.1:9000/"));
    }

    private String begun() {
        return text(world.post("video", file("a.png", "image/png", 1)), "multipart.uploadId");
    }

    private Reply complete(String id) {
        return world.call("POST", "video/multipart/" + id + "/complete", Optional.empty(), "", UploadWorld.TOKEN, NOW);
    }
}
