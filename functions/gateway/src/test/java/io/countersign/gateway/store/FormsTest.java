package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of browsers, which become uploads. */
class FormsTest {
    private static final String BOUNDARY = "----boundary";
    private static final int LIMIT = 8 << 20;

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture(Map.of(
            "countersign.upstream.max-form-bytes",
            Integer.toString(LIMIT),
            "countersign.upstream.spool-bytes",
            Integer.toString(LIMIT),
            "countersign.upstream.idle-timeout",
            "PT2S",
            "countersign.http.body-timeout",
            "PT4S"));

    @BeforeEach
    void answer() {
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"5D41\"", "x-oss-hash-crc64ecma", "1"), ""));
    }

    private static Map<String, String> signed(String key, String... conditions) throws Exception {
        String policy = Base64.getEncoder()
                .encodeToString(("{\"expiration\": \""
                                + Instant.now()
                                        .plus(Duration.ofMinutes(5))
                                        .toString()
                                        .replaceAll("\\..*Z", ".000Z")
                                + "\", \"conditions\": [[\"starts-with\", \"$key\", \"u/\"]"
                                + (conditions.length == 0 ? "" : ", " + String.join(", ", conditions)) + "]}")
                        .getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(StoreFixture.ALICE_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("OSSAccessKeyId", StoreFixture.ALICE);
        fields.put("policy", policy);
        fields.put(
                "Signature", Base64.getEncoder().encodeToString(mac.doFinal(policy.getBytes(StandardCharsets.UTF_8))));
        return fields;
    }

    private static String field(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n";
    }

    private static String form(Map<String, String> fields, String name, String content) {
        StringBuilder form = new StringBuilder();
        fields.forEach((field, value) -> form.append(field(field, value)));
        return form + file(name, content) + "--" + BOUNDARY + "--\r\n";
    }

    private static String post(String bucket, String body) throws IOException {
        return post(bucket, body, "");
    }

    /** @param headers lines of them */
    private static String post(String bucket, String body, String headers) throws IOException {
        String wire = Client.body(body);
        return RawConnection.exchange(
                fixture.url(),
                ("POST /" + bucket + "/ HTTP/1.1\r\nHost: " + fixture.url().substring(7)
                                + "\r\nConnection: close\r\n" + headers + "Content-Type: multipart/form-data; boundary="
                                + BOUNDARY
                                + "\r\nContent-Length: " + wire.length() + "\r\n\r\n" + wire)
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aFormIsAnUpload() throws Exception {
        Map<String, String> fields = signed("u/${filename}");
        fields.put("x-oss-meta-author", "ann");
        fields.put("Cache-Control", "no-cache");
        fields.put("name", "ignored");
        assertThat(post("examplebucket", form(fields, "C:\\photos\\中 a.txt", "hello\r\n--" + BOUNDARY.substring(1))))
                .startsWith("HTTP/1.1 204 ")
                .contains("ETag: \"5D41\"")
                .doesNotContain("physical");
        ScriptedStore.Received got = fixture.store.last();
        assertThat(got.method()).isEqualTo("PUT");
        assertThat(got.target()).isEqualTo("/physical-examplebucket/u/%E4%B8%AD%20a.txt");
        assertThat(got.body()).isEqualTo("hello\r\n--" + BOUNDARY.substring(1));
        assertThat(got.header("content-type")).isEqualTo("text/plain");
        assertThat(got.header("cache-control")).isEqualTo("no-cache");
        assertThat(got.header("x-oss-meta-author")).isEqualTo("ann");
        assertThat(got.headers()).doesNotContainKeys("policy", "signature", "name");
    }

    @Test
    void theAnswerIsTheOneThatTheFormAsksFor() throws Exception {
        Map<String, String> fields = signed("u/a b.txt");
        fields.put("success_action_status", "200");
        assertThat(post("examplebucket", form(fields, "a", "x"))).startsWith("HTTP/1.1 200 ");
        fields.put("success_action_status", "201");
        assertThat(post("examplebucket", form(fields, "a", "x")))
                .startsWith("HTTP/1.1 201 ")
                .contains("<Bucket>examplebucket</Bucket>")
                .contains("<Key>u/a b.txt</Key>")
                .contains("<Location>" + fixture.url() + "/examplebucket/u/a%20b.txt</Location>");
        fields.put("success_action_redirect", "https://app.example.com/done?x=1");
        assertThat(post("examplebucket", form(fields, "a", "x")))
                .startsWith("HTTP/1.1 303 ")
                .contains(
                        "Location: https://app.example.com/done?x=1&bucket=examplebucket&key=u%2Fa%20b.txt&etag=%225D41%22");
        fields.put("success_action_redirect", "javascript:alert(1)");
        assertThat(post("examplebucket", form(fields, "a", "x"))).startsWith("HTTP/1.1 201 ");
    }

    @Test
    void aStoreThatRefusesIsAnsweredAsOfAnUpload() throws Exception {
        fixture.store.answering(say(
                "400 Bad Request",
                Map.of("Content-Type", "application/xml"),
                "<Error><Code>InvalidArgument</Code><Message>m</Message></Error>"));
        assertThat(post("examplebucket", form(signed("u/a"), "a", "x"))).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aFormThatItsPolicyDoesNotPermitReachesNoStore() throws Exception {
        assertThat(post("examplebucket", form(signed("v/a"), "a", "x"))).startsWith("HTTP/1.1 403 ");
        assertThat(post("examplebucket", form(signed("u/a", "[\"content-length-range\", 1, 4]"), "a", "hello")))
                .startsWith("HTTP/1.1 400 ")
                .contains("EntityTooLarge");
        assertThat(post("examplebucket", form(signed("u/a", "[\"content-length-range\", 9, 10]"), "a", "hello")))
                .startsWith("HTTP/1.1 400 ")
                .contains("EntityTooSmall");
        assertThat(post("examplebucket", form(forged(), "a", "x"))).startsWith("HTTP/1.1 403 ");
        assertThat(post("examplebucket", form(Map.of("key", "a"), "a", "x"))).startsWith("HTTP/1.1 403 ");
        assertThat(post("plainbucket", form(Map.of("key", "a"), "a", "x"))).startsWith("HTTP/1.1 501 ");
        assertThat(fixture.store.received).isEmpty();
        assertThat(post("postbox", form(Map.of("key", "a"), "a", "x"))).startsWith("HTTP/1.1 204 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "preamble\r\n<F><E>",
                "<K><F>",
                "<K>",
                "<K><E>",
                "<K><F><F><E>",
                "<F><E>",
                "<K><K><F><E>",
                "<K><F><E>epilogue",
                "--<B>\r\n\r\nx\r\n<F><E>",
                "--<B>\r\nContent-Disposition: form-data; name=\"key\"; name=\"file\"\r\n\r\na\r\n<F><E>",
                "--<B>\r\nContent-Disposition: form-data; name=\"key\"\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\na\r\n<F><E>",
                "--<B>\r\nContent-Disposition: form-data; name=\"key\"\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n<F><E>",
                "--<B>\r\nContent-Disposition: form-data; name=\"key\"; filename=\"a\"\r\n\r\na\r\n<F><E>",
                "--<B>x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na\r\n<F><E>",
                "--<B>\nContent-Disposition: form-data; name=\"key\"\n\na\n<F><E>",
                "--<B>\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n\u0000<F><E>"
            })
    void aFormThatOthersMightReadInAnotherWayIsRefused(String form) throws Exception {
        String body = form.replace("<K>", field("key", "a"))
                .replace("<F>", file("a", "x"))
                .replace("<E>", "--" + BOUNDARY + "--\r\n")
                .replace("<B>", BOUNDARY);
        assertThat(post("postbox", body)).startsWith("HTTP/1.1 400 ");
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void manyOrLongFieldsAreRefused() throws Exception {
        assertThat(post("postbox", field("x", "y").repeat(200) + form(Map.of("key", "a"), "a", "x")))
                .startsWith("HTTP/1.1 400 ");
        assertThat(post("postbox", field("x", "y".repeat(100_000)) + form(Map.of("key", "a"), "a", "x")))
                .startsWith("HTTP/1.1 400 ")
                .contains("EntityTooLarge");
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void aLargeFileWaitsOnDiskAndLeavesNothingThere() throws Exception {
        Set<Path> others = spools();
        String content = "0123456789abcdef".repeat(6 << 16);
        assertThat(post("examplebucket", form(signed("u/large"), "a", content))).startsWith("HTTP/1.1 204 ");
        assertThat(fixture.store.last().length()).isEqualTo(content.length());
        assertThat(postWithRoom(form(Map.of("key", "a"), "a", "x".repeat(LIMIT + 1)), ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("EntityTooLarge");
        assertThat(spools()).isSubsetOf(others);
    }

    /** Other gateways of the machine may have had theirs there before. */
    private static Set<Path> spools() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("countersign-form-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void formsTogetherHaveNoMoreOfTheDiskThanTheirBudget() throws Exception {
        String most = form(Map.of("key", "a"), "a", "x".repeat(LIMIT - 1));
        String small = form(Map.of("key", "a"), "a", "x".repeat(3 << 20));
        try (RawConnection slow = hold()) {
            String busy = until("HTTP/1.1 503 ", small);
            assertThat(busy).contains("Retry-After: 1", "<Code>ServiceUnavailable</Code>");
            assertThat(post("postbox", form(Map.of("key", "a"), "a", "x"))).startsWith("HTTP/1.1 204 ");
            assertThat(slow.answer()).startsWith("HTTP/1.1 400 ").contains("RequestTimeout");
        }
        until("HTTP/1.1 204 ", most);
        try (RawConnection leaves = hold()) {
            until("HTTP/1.1 503 ", small);
        }
        until("HTTP/1.1 204 ", most);
        assertThat(postWithRoom(form(Map.of("key", "a"), "a", "x".repeat(LIMIT + 1)), ""))
                .contains("EntityTooLarge");
        until("HTTP/1.1 204 ", most);
        fixture.store.answering(say("403 Forbidden", Map.of(), ""));
        assertThat(post("postbox", most)).doesNotStartWith("HTTP/1.1 2");
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"5D41\""), ""));
        until("HTTP/1.1 204 ", most);
    }

    /** Sends most of a form that is as long as the budget, and waits. */
    private static RawConnection hold() throws Exception {
        RawConnection wire = RawConnection.open(fixture.url());
        String part = field("key", "a") + file("a", "x".repeat(LIMIT - (1 << 20)));
        wire.send("POST /postbox/ HTTP/1.1\r\nHost: " + fixture.url().substring(7)
                + "\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\nContent-Length: " + 2 * LIMIT
                + "\r\n\r\n" + part);
        // Whoever comes first has the room.
        Thread.sleep(500);
        return wire;
    }

    /** Posts the form until it is answered so: another one is still on its way to the disk, or from it. */
    private static String until(String status, String form) throws Exception {
        String answer = post("postbox", form);
        for (int tries = 0; !answer.startsWith(status) && tries < 20; tries++) {
            Thread.sleep(50);
            answer = post("postbox", form);
        }
        assertThat(answer).startsWith(status);
        return answer;
    }

    @Test
    void moreThanFitsInMemoryIsReadOnlyOfThoseWhoSigned() throws Exception {
        String start = Client.body(form(forged(), "a", "x".repeat(3 << 20)));
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            wire.send("POST /examplebucket/ HTTP/1.1\r\nHost: " + fixture.url().substring(7)
                    + "\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\nContent-Length: "
                    + (1 << 30) + "\r\n\r\n" + start.substring(0, 2 << 20));
            assertThat(wire.send("x".repeat(1 << 20)).answer()).startsWith("HTTP/1.1 403 ");
        }
        assertThat(fixture.store.received).isEmpty();
    }

    /** Whatever is wrong, and however much of the form was read. */
    @Test
    void aPageCanReadWhyItsFormIsRefused() throws Exception {
        String file = form(Map.of("key", "a"), "a", "x");
        for (String form : List.of(
                file(" ", "x"),
                form(Map.of("key", ""), "a", "x"),
                field("x", "y".repeat(100_000)) + file,
                form(Map.of("key", "a"), "a", "x".repeat(LIMIT + 1)),
                form(forged(), "a", "x"),
                form(forged(), "a", "x".repeat(2 << 20)))) {
            assertThat(postWithRoom(form, "Origin: https://app.example.com\r\n"))
                    .startsWith("HTTP/1.1 4")
                    .contains("<Code>", "Access-Control-Allow-Origin: https://app.example.com\r\n");
            assertThat(postWithRoom(form, "Origin: https://other.example.com\r\n"))
                    .startsWith("HTTP/1.1 4")
                    .doesNotContain("Access-Control-");
        }
        assertThat(post(
                        "postbox",
                        file,
                        "Origin: https://app.example.com\r\nx-oss-content-sha256: " + "0".repeat(64) + "\r\n"))
                .contains("Access-Control-Allow-Origin: https://app.example.com\r\n");
    }

    /** The file of the form before may still be on the disk, whose budget has room for one. */
    private static String postWithRoom(String form, String headers) throws Exception {
        String answer = post("postbox", form, headers);
        for (int again = 0; again < 100 && answer.startsWith("HTTP/1.1 503 "); again++) {
            Thread.sleep(20);
            answer = post("postbox", form, headers);
        }
        return answer;
    }

    private static Map<String, String> forged() throws Exception {
        Map<String, String> fields = signed("u/a");
        fields.put("Signature", "AAAA");
        return fields;
    }

    @Test
    void aSlowFormIsRefused() throws Exception {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            wire.send("POST /postbox/ HTTP/1.1\r\nHost: " + fixture.url().substring(7)
                    + "\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY
                    + "\r\nContent-Length: 10000\r\n\r\n" + field("key", "a"));
            assertThat(wire.answer()).startsWith("HTTP/1.1 400 ").contains("RequestTimeout");
        }
    }
}
