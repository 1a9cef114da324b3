package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.raw;
import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.countersign.gateway.server.RawConnection;
import io.countersign.http.Outages;
import io.countersign.testkit.LoggedLines;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions that some stores that speak S3 ignore: the store is asked first whether they hold. */
class ConditionsOfS3Test {
    private static final String FORBIDDING = "x-oss-forbid-overwrite";
    private static final String DATE = "Sat, 01 Nov 2025 00:00:00 GMT";

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture(Map.of(
            "countersign.upstream.answer-timeout", "PT1S",
            "countersign.upstream.idle-timeout", "PT1S",
            "countersign.upstream.connect-timeout", "PT1S"));

    private static Client client;

    @BeforeAll
    static void start() {
        client = new Client(fixture.url());
    }

    private static String send(S3Write request, Map<String, String> more) throws IOException {
        return request.send(client, more);
    }

    /** With a condition that the store is asked about. */
    private static String sendOnCondition(S3Write request) throws IOException {
        return send(request, condition(request));
    }

    private static Map<String, String> condition(S3Write request) {
        return request == S3Write.COMPLETION
                ? Map.of(FORBIDDING, "true")
                : Map.of("x-oss-copy-source-if-match", "\"e\"");
    }

    /** The status that says that the condition holds. */
    private static String holds(S3Write request) {
        return request == S3Write.COMPLETION ? "404 Not Found" : "200 OK";
    }

    /** A store that answers HEAD so, and all else with the document. */
    private static void answering(ScriptedStore store, S3Write request, ScriptedStore.Script question) {
        store.answering((got, connection) -> (got.method().equals("HEAD")
                        ? question
                        : say("200 OK", Map.of(), request.document()))
                .answer(got, connection));
    }

    private static void answering(S3Write request, String status) {
        // A HEAD has the length of the object, and no body.
        answering(
                fixture.store,
                request,
                raw("HTTP/1.1 " + status
                        + "\r\nETag: \"e\"\r\nContent-Length: 7\r\nx-amz-request-id: OFTHESTORE\r\n\r\n"));
    }

    private static List<String> sent() {
        return fixture.store.received.stream()
                .map(got -> got.method() + " " + got.target())
                .toList();
    }

    private static void assertQuestionAlone() {
        assertThat(fixture.store.received)
                .isNotEmpty()
                .allSatisfy(got -> assertThat(got.method()).isEqualTo("HEAD"));
    }

    private static void isUnavailable(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 503 ")
                .contains("<Code>ServiceUnavailable</Code>")
                .doesNotContain("physical-", "AKIASTORE", "OFTHESTORE");
    }

    @Test
    void anUploadDoesNotCompleteOverAnObject() throws IOException {
        answering(S3Write.COMPLETION, "200 OK");
        assertThat(send(S3Write.COMPLETION, Map.of(FORBIDDING, "true", "User-Agent", "smuggled")))
                .startsWith("HTTP/1.1 409 ")
                .contains("<Code>FileAlreadyExists</Code>", "<Key>to.txt</Key>")
                .doesNotContain("physical-", "OFTHESTORE");
        assertThat(sent()).containsExactly("HEAD /physical-s3private/to.txt");
        ScriptedStore.Received question = fixture.store.last();
        assertThat(question.headers().keySet())
                .containsExactlyInAnyOrder("host", "authorization", "x-amz-date", "x-amz-content-sha256");
        assertThat(question.header("authorization"))
                .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date,")
                .doesNotContain(StoreFixture.ALICE);
        assertThat(question.length()).isZero();
        Arrivals.assertSound(fixture.store);
    }

    /** A store that keeps to the condition at the very moment still gets it. */
    @Test
    void anUploadCompletesWhereNoObjectIs() throws IOException {
        answering(S3Write.COMPLETION, "404 Not Found");
        assertThat(sendOnCondition(S3Write.COMPLETION))
                .startsWith("HTTP/1.1 200 ")
                .contains("<ETag>&quot;a-1&quot;</ETag>");
        assertThat(sent())
                .containsExactly("HEAD /physical-s3private/to.txt", "POST /physical-s3private/to.txt?uploadId=u");
        assertThat(fixture.store.last().header("if-none-match")).isEqualTo("*");
        Arrivals.assertSound(fixture.store);
    }

    @Test
    void anObjectThatCameAfterTheQuestionIsFoundByAStoreThatKeepsToTheCondition() throws IOException {
        fixture.store.answering((got, connection) -> say(
                        got.method().equals("HEAD") ? "404 Not Found" : "412 Precondition Failed", Map.of(), "")
                .answer(got, connection));
        assertThat(sendOnCondition(S3Write.COMPLETION))
                .startsWith("HTTP/1.1 409 ")
                .contains("<Code>FileAlreadyExists</Code>");
        assertThat(fixture.store.received).hasSize(2);
    }

    @Test
    void anAclOfAnUploadThatDoesNotCompleteOpensNothing() throws IOException {
        answering(S3Write.COMPLETION, "200 OK");
        assertThat(send(S3Write.COMPLETION, Map.of(FORBIDDING, "true", "x-oss-object-acl", "public-read")))
                .startsWith("HTTP/1.1 409 ");
        assertThat(anonymously("GET /s3private/to.txt")).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-copy-source-if-match, if-match, 412 Precondition Failed, 412, PreconditionFailed",
        "x-oss-copy-source-if-unmodified-since, if-unmodified-since, 412 Precondition Failed, 412, PreconditionFailed",
        "x-oss-copy-source-if-none-match, if-none-match, 304 Not Modified, 304, ''",
        "x-oss-copy-source-if-modified-since, if-modified-since, 304 Not Modified, 304, ''",
        "x-oss-copy-source-if-match, if-match, 404 Not Found, 404, NoSuchKey",
    })
    void aCopyIsMadeOnlyOnItsCondition(String name, String asked, String status, int answer, String code)
            throws IOException {
        String value = name.endsWith("since") ? DATE : "\"e\"";
        for (S3Write request : List.of(S3Write.COPY, S3Write.COPY_OF_A_PART)) {
            fixture.store.received.clear();
            answering(request, status);
            String refused = send(request, Map.of(name, value));
            assertThat(refused).startsWith("HTTP/1.1 " + answer + " ").doesNotContain("physical-", "OFTHESTORE");
            if (!code.isEmpty()) {
                assertThat(refused).contains("<Code>" + code + "</Code>", "<Key>to.txt</Key>");
            }
            assertThat(sent()).containsExactly("HEAD /physical-s3private/from%20it.txt");
            assertThat(fixture.store.last().headers().keySet())
                    .containsExactlyInAnyOrder("host", "authorization", "x-amz-date", "x-amz-content-sha256", asked);
            assertThat(fixture.store.last().header(asked)).isEqualTo(value);
            assertThat(fixture.store.last().header("authorization"))
                    .contains("SignedHeaders=host;" + asked + ";x-amz-content-sha256;x-amz-date,");

            answering(request, "200 OK");
            assertThat(send(request, Map.of(name, value))).startsWith("HTTP/1.1 200 ");
            assertThat(fixture.store.received).hasSize(3);
            assertThat(fixture.store.last().method()).isEqualTo("PUT");
            assertThat(fixture.store.last().header("x-amz-" + name.substring("x-oss-".length())))
                    .isEqualTo(value);
            Arrivals.assertSound(fixture.store);
        }
    }

    @Test
    void conditionsAreAskedTogether() throws IOException {
        answering(S3Write.COPY, "200 OK");
        assertThat(send(
                        S3Write.COPY,
                        Map.of("x-oss-copy-source-if-match", "e", "x-oss-copy-source-if-unmodified-since", DATE)))
                .startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.received).hasSize(2);
        assertThat(fixture.store.received.getFirst().header("if-match")).isEqualTo("\"e\"");
        assertThat(fixture.store.last().header("x-amz-copy-source-if-match")).isEqualTo("\"e\"");
        assertThat(fixture.store.received.getFirst().header("if-unmodified-since"))
                .isEqualTo(DATE);
    }

    @Test
    void theSourceIsAskedForInItsOwnBucket() throws IOException {
        answering(S3Write.COPY, "412 Precondition Failed");
        assertThat(send(S3Write.COPY, Map.of("x-oss-copy-source", "/s3box/a", "x-oss-copy-source-if-match", "\"e\"")))
                .startsWith("HTTP/1.1 412 ");
        assertThat(sent()).containsExactly("HEAD /physical-s3box/a");
    }

    @Test
    void aStoreThatSaysItselfThatTheSourceIsNotModifiedIsHeard() throws IOException {
        fixture.store.answering(
                (got, connection) -> say(got.method().equals("HEAD") ? "200 OK" : "304 Not Modified", Map.of(), "")
                        .answer(got, connection));
        assertThat(send(S3Write.COPY, Map.of("x-oss-copy-source-if-none-match", "\"e\"")))
                .startsWith("HTTP/1.1 304 ");
        isUnavailable(send(S3Write.COPY, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-copy-source-if-none-match, '\"a\", \"b\"'",
        "x-oss-copy-source-if-none-match, *",
        "x-oss-copy-source-if-none-match, ''",
        "x-oss-copy-source-if-match, ''",
        "x-oss-copy-source-if-modified-since, yesterday",
        "x-oss-copy-source-if-unmodified-since, 2025-11-01T00:00:00Z",
        "x-oss-copy-source-if-unmodified-since, 'Sun, 01 Nov 2025 00:00:00 GMT'",
    })
    void aConditionThatStoresWouldIgnoreIsRefused(String name, String value) throws IOException {
        answering(S3Write.COPY, "200 OK");
        assertThat(send(S3Write.COPY, Map.of(name, value)))
                .startsWith("HTTP/1.1 400 ")
                .contains("<Code>InvalidArgument</Code>", name);
        Arrivals.assertNone(fixture.store);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "201 Created",
                "204 No Content",
                "206 Partial Content",
                "301 Moved Permanently",
                "307 Temporary Redirect",
                "400 Bad Request",
                "401 Unauthorized",
                "403 Forbidden",
                "405 Method Not Allowed",
                "500 Internal Server Error",
                "501 Not Implemented",
                "503 Slow Down"
            })
    void anAnswerThatDoesNotSayIs503(String status) throws Exception {
        for (S3Write request : S3Write.values()) {
            fixture.store.received.clear();
            answering(request, status);
            try (LoggedLines log = new LoggedLines(Outages.class)) {
                isUnavailable(sendOnCondition(request));
                assertThat(log.lines()).allSatisfy(line -> assertThat(line).doesNotContain("physical-", "AKIASTORE"));
            }
            assertThat(fixture.store.received).hasSize(1);
            assertQuestionAlone();
        }
    }

    @ParameterizedTest
    @CsvSource({"COMPLETION, 304 Not Modified", "COMPLETION, 412 Precondition Failed"})
    void anAnswerToAnotherQuestionIs503(S3Write request, String status) throws IOException {
        answering(request, status);
        isUnavailable(sendOnCondition(request));
        assertQuestionAlone();
    }

    @Test
    void theLogSaysWhatToSeeTo() throws Exception {
        answering(S3Write.COMPLETION, "403 Forbidden");
        try (LoggedLines log = new LoggedLines(Outages.class)) {
            isUnavailable(client.send("POST", "/s3box/log.txt?uploadId=u", Map.of(FORBIDDING, "true"), S3Write.PARTS));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("bucket s3box"))
                    .singleElement()
                    .asString()
                    .startsWith("event=unavailable reason=\"CompleteMultipartUpload for the bucket s3box: The store"
                            + " answered 403 when it was asked whether the condition of a request holds")
                    .contains("list");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                ""
            })
    void anAnswerThatNoStoreGivesIs503(String answer) throws Exception {
        for (S3Write request : S3Write.values()) {
            answering(fixture.store, request, (got, connection) -> {
                raw(answer).answer(got, connection);
                connection.close();
            });
            isUnavailable(sendOnCondition(request));
            assertQuestionAlone();
        }
    }

    @Test
    void aHeadThatIsTooLargeIs503() throws IOException {
        answering(
                fixture.store,
                S3Write.COPY,
                raw("HTTP/1.1 200 OK\r\nx-amz-meta-a: " + "a".repeat(100_000) + "\r\n\r\n"));
        isUnavailable(sendOnCondition(S3Write.COPY));
        assertQuestionAlone();
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatHangsIs503InTime(S3Write request) throws IOException {
        answering(fixture.store, request, (got, connection) -> Thread.sleep(30_000));
        long start = System.nanoTime();
        isUnavailable(sendOnCondition(request));
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        assertQuestionAlone();
    }

    @Test
    void theQuestionAndTheRequestNeedOneConnection() throws IOException {
        for (S3Write request : S3Write.values()) {
            answering(request, holds(request));
            int before = fixture.store.connections.get();
            assertThat(sendOnCondition(request)).startsWith("HTTP/1.1 200 ");
            assertThat(fixture.store.connections.get() - before).isLessThanOrEqualTo(1);
        }
    }

    /** The request takes long enough by itself; the question does not eat of its time. */
    @Test
    void eachHasItsOwnTime() throws IOException {
        fixture.store.answering((got, connection) -> {
            Thread.sleep(600);
            (got.method().equals("HEAD")
                            ? say("404 Not Found", Map.of(), "")
                            : say("200 OK", Map.of(), S3Write.COMPLETION.document()))
                    .answer(got, connection);
        });
        assertThat(sendOnCondition(S3Write.COMPLETION)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void nothingIsAskedWithoutACondition() throws IOException {
        for (S3Write request : S3Write.values()) {
            answering(request, "500 Internal Server Error");
            assertThat(send(request, Map.of())).startsWith("HTTP/1.1 200 ");
        }
        assertThat(send(S3Write.COMPLETION, Map.of(FORBIDDING, "false"))).startsWith("HTTP/1.1 200 ");
        assertThat(client.send("PUT", "/s3private/to.txt", Map.of(FORBIDDING, "true"), "x"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.received)
                .hasSize(5)
                .noneMatch(got -> got.method().equals("HEAD"));
    }

    /** OSS keeps to its own conditions. */
    @Test
    void aStoreThatSpeaksOssIsNotAsked() throws IOException {
        fixture.store.answering(
                say("200 OK", Map.of("Content-Type", "application/xml"), S3Write.COMPLETION.document()));
        client.send("POST", "/examplebucket/to.txt?uploadId=u", Map.of(FORBIDDING, "true"), S3Write.PARTS);
        client.send(
                "PUT",
                "/examplebucket/to.txt",
                Map.of("x-oss-copy-source", "/examplebucket/a", "x-oss-copy-source-if-match", "\"e\""),
                "");
        assertThat(sent())
                .containsExactly(
                        "POST /physical-examplebucket/to.txt?uploadId=u", "PUT /physical-examplebucket/to.txt");
        assertThat(fixture.store.received.getFirst().header(FORBIDDING)).isEqualTo("true");
        assertThat(fixture.store.last().header("x-oss-copy-source-if-match")).isEqualTo("\"e\"");
    }

    @Test
    void nothingIsAskedForARequestThatIsNotAllowed() throws IOException {
        answering(S3Write.COPY, "200 OK");
        assertThat(anonymously(
                        "PUT /s3private/to.txt",
                        "x-oss-copy-source: /s3private/from.txt",
                        "x-oss-copy-source-if-match: e"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(send(
                        S3Write.COPY,
                        Map.of("x-oss-copy-source-if-match", "e", "x-oss-copy-source-range", "bytes=0-1")))
                .startsWith("HTTP/1.1 ")
                .doesNotStartWith("HTTP/1.1 200 ");
        Arrivals.assertNone(fixture.store);
    }

    @Test
    void aClientThatLeavesSendsNothingMore() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch givenUp = new CountDownLatch(1);
        try (StoreFixture own = StoreFixture.started(Map.of())) {
            answering(own.store, S3Write.COMPLETION, (got, connection) -> {
                asked.countDown();
                if (isOver(connection)) {
                    givenUp.countDown();
                }
            });
            try (RawConnection wire = RawConnection.open(own.url())) {
                wire.send(completion(own));
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(givenUp.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(own.store.received)
                    .extracting(ScriptedStore.Received::method)
                    .containsExactly("HEAD");
        }
    }

    /** On the condition that no object is there. */
    private static String completion(StoreFixture own) {
        return new Client(own.url())
                        .head(
                                "POST",
                                S3Write.COMPLETION.target,
                                Map.of(FORBIDDING, "true"),
                                "Content-Length: " + S3Write.PARTS.length() + "\r\n")
                + S3Write.PARTS;
    }

    private static boolean isOver(Socket connection) {
        try {
            return connection.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void theStopOfTheServerDoesNotWaitForTheAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        StoreFixture own = StoreFixture.started(Map.of("countersign.drain", "0"));
        try (ScriptedStore store = own.store) {
            answering(store, S3Write.COMPLETION, (got, connection) -> {
                asked.countDown();
                Thread.sleep(60_000);
            });
            try (RawConnection wire = RawConnection.open(own.url())) {
                wire.send(completion(own));
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
                assertTimeoutPreemptively(Duration.ofSeconds(20), own::close);
                assertThat(wire.rest()).startsWith("HTTP/1.1 503 ");
            }
            assertThat(store.received)
                    .extracting(ScriptedStore.Received::method)
                    .containsExactly("HEAD");
        }
    }

    private static String anonymously(String line, String... headers) throws IOException {
        String more = String.join(
                "", List.of(headers).stream().map(one -> one + "\r\n").toList());
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            return wire.send(line + " HTTP/1.1\r\nHost: " + fixture.url().substring(7) + "\r\n" + more + "\r\n")
                    .answer();
        }
    }
}
