package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.clients.ProxiedStorage.Arrived;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code infra/caddy} in front of a storage that reads the client's URL. */
@Tag("nginx")
class CaddyIT {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final String FOLDER = "users/alice/";
    private static final DateTimeFormatter RFC1123 =
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).withZone(ZoneOffset.UTC);

    private static ProxiedStorage storage;

    @BeforeAll
    static void start() throws Exception {
        storage = new ProxiedStorage("caddy/run.sh");
    }

    @AfterAll
    static void end() throws Exception {
        storage.close();
    }

    @BeforeEach
    void forget() {
        storage.arrived.clear();
    }

    @ParameterizedTest
    @CsvSource({"a+b,a%2Bb", "a b,a%20b", "\u00fc,%C3%BC", "a%2Fb.txt,a%252Fb.txt"})
    void aSignedRequestPassesAsItWasSent(String key, String spelled) throws Exception {
        if (key.contains("%")) {
            assertThat(ask("PUT", spelled, key)).startsWith("HTTP/1.1 400 ");
            assertThat(storage.arrived).isEmpty();
            return;
        }
        assertThat(ask("PUT", spelled, key)).startsWith("HTTP/1.1 200 ").endsWith("from the storage");
        assertThat(ask("GET", spelled, key)).startsWith("HTTP/1.1 200 ").endsWith("from the storage");
        assertThat(ask("HEAD", spelled, key)).startsWith("HTTP/1.1 200 ");
        assertThat(storage.arrived)
                .extracting(Arrived::target)
                .hasSize(3)
                .containsOnly("/" + BUCKET + "/" + FOLDER + spelled);
        assertThat(storage.arrived).extracting(Arrived::method).containsExactly("PUT", "GET", "HEAD");
        assertThat(storage.arrived.getFirst().body()).isEqualTo("sent");
        assertThat(storage.arrived)
                .allSatisfy(request -> assertThat(request.headers())
                        .doesNotContainKeys("authorization", "x-countersign-token", "x-countersign-source-vpc")
                        .hasEntrySatisfying(
                                "x-countersign-resource",
                                resource -> assertThat(resource).contains("%2Falice%2F")));
    }

    @ParameterizedTest
    @CsvSource({
        "a b,a+b",
        "a+b,a+b",
        "a/b,a%2Fb",
        "../bob/b,../bob/b",
        "../bob/b,%2E%2E/bob/b",
        "x/../b,x/../b",
        "/b,/b",
        "./b,./b"
    })
    void whatTheStorageMayReadOtherwiseDoesNotReachIt(String key, String spelled) throws Exception {
        for (String method : new String[] {"GET", "PUT", "HEAD"}) {
            assertThat(ask(method, spelled, key)).matches("(?s)HTTP/1.1 40[03] .*");
        }
        assertThat(storage.arrived).isEmpty();
    }

    @Test
    void whatIsNotSignedOrSignedForAnotherKeyIsRefusedInOsssForm() throws Exception {
        String unsigned = send("GET", "/" + BUCKET + "/" + FOLDER + "a", "");
        assertThat(unsigned)
                .startsWith("HTTP/1.1 403 ")
                .contains("Content-Type: application/xml", "<Code>AccessDenied</Code>", "X-Oss-Request-Id: ");
        String tampered = ask("GET", "another", "a");
        assertThat(tampered).startsWith("HTTP/1.1 403 ").contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(send("GET", "/no-such-bucket/a", ""))
                .startsWith("HTTP/1.1 404 ")
                .contains("<Code>NoSuchBucket</Code>");
        assertThat(storage.arrived).isEmpty();
        assertThat(unsigned.toLowerCase(Locale.ROOT)).doesNotContain("x-countersign");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URI: /publicbucket/a.txt",
                "X-Original-URI: /publicbucket/a.txt\r\nX-Original-URI: /publicbucket/a.txt",
                "X-Original-Host: publicbucket.oss-cn-hangzhou.aliyuncs.com",
                "X-Original-Method: OPTIONS",
                "X-Forwarded-Uri: /publicbucket/a.txt",
                "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https",
                "X-Countersign-Source-Vpc: vpc-1",
                "X-Countersign-Token: 0123456789abcdefghijABCDEFGHIJ-_xyzXYZ01234",
                "X-Countersign-Principal: root\r\nX-Countersign-Resource: any",
                "Connection: close, X-Original-URI, X-Countersign-Token, X-Forwarded-For"
            })
    void whatAClientSaysOfItselfOpensNothing(String header) throws Exception {
        assertThat(send("GET", "/" + BUCKET + "/" + FOLDER + "a", header + "\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(storage.arrived).isEmpty();
        String passed = send("GET", "/publicbucket/a.txt", header + "\r\n");
        assertThat(passed.toLowerCase(Locale.ROOT)).doesNotContain("x-countersign");
        if (passed.startsWith("HTTP/1.1 200 ")) {
            Arrived request = storage.arrived.getFirst();
            assertThat(request.headers())
                    .containsEntry("x-countersign-principal", "Anonymous")
                    .containsEntry("x-forwarded-for", "127.0.0.1")
                    .containsEntry("x-forwarded-proto", "http")
                    .doesNotContainKeys("x-countersign-token", "x-countersign-source-vpc", "x-original-uri");
        } else {
            assertThat(storage.arrived).isEmpty();
        }
    }

    @Test
    void withoutAGatewayNothingPasses() throws Exception {
        try (ProxiedStorage other = new ProxiedStorage("caddy/run.sh")) {
            assertThat(send(other, "GET", "/publicbucket/a.txt", "")).startsWith("HTTP/1.1 200 ");
            other.arrived.clear();
            other.endGateway();
            assertThat(send(other, "GET", "/publicbucket/a.txt", ""))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("<Code>ServiceUnavailable</Code>");
            assertThat(other.arrived).isEmpty();
        }
    }

    /** Signs for the key in V1, and sends the spelled key unchanged. */
    private static String ask(String method, String spelled, String key) throws Exception {
        String date = RFC1123.format(Instant.now());
        String signature = hmac(method + "\n\n\n" + date + "\n/" + BUCKET + "/" + FOLDER + key);
        return send(
                method,
                "/" + BUCKET + "/" + FOLDER + spelled,
                "Date: " + date + "\r\nAuthorization: OSS " + Login.ALICE.id() + ":" + signature + "\r\n");
    }

    private static String send(String method, String target, String headers) throws Exception {
        return send(storage, method, target, headers);
    }

    private static String send(ProxiedStorage to, String method, String target, String headers) throws Exception {
        String body = method.equals("PUT") ? "sent" : "";
        String request = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + to.port() + "\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n"
                + (headers.contains("Connection:") ? "" : "Connection: close\r\n") + "\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(Login.ALICE.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
