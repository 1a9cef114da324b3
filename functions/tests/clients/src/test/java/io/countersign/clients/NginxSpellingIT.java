package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys as clients spell them on the wire, at a store of plain files: oss2, Go v1, ossutil, Ruby and C send a key's slashes as {@code %2F}, C also the one after the
 * bucket, and Ruby a space as {@code +}. All of them sign the key decoded.
 */
@Tag("nginx")
@ExtendWith(FileStoreParameter.class)
class NginxSpellingIT {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final String FOLDER = "users/alice/spelled/";
    private static final String KEY = FOLDER + "a b+c.txt";
    private static final DateTimeFormatter RFC1123 = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final FileStore store;

    NginxSpellingIT(FileStore store) {
        this.store = store;
    }

    @BeforeEach
    void neighboursThatAnotherReaderWouldFind() throws IOException {
        store.place(BUCKET, FOLDER + "a b c.txt", "all spaces");
        store.place(BUCKET, FOLDER + "a+b+c.txt", "all pluses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/examplebucket/users/alice/spelled/a%20b%2Bc.txt",
                "/examplebucket/users%2Falice%2Fspelled%2Fa%20b%2Bc.txt",
                "/examplebucket%2Fusers%2falice%2Fspelled%2Fa%20b%2bc.txt",
                "/examplebucket/users%2Falice%2Fspelled%2Fa+b%2Bc.txt",
                "/examplebucket/users/alice/spelled/a+b%2Bc.txt",
            })
    void aKeyIsOneFileHoweverItIsSpelled(String target) throws Exception {
        assertThat(ask("PUT", target, KEY)).startsWith("HTTP/1.1 200 ");
        assertThat(store.file(BUCKET, KEY)).hasContent("sent");
        assertThat(ask("GET", target, KEY)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nsent");
        assertThat(ask("HEAD", target, KEY)).startsWith("HTTP/1.1 200 ").contains("Content-Length: 4\r\n");
        assertThat(ask("DELETE", target, KEY)).startsWith("HTTP/1.1 204 ");
        assertThat(store.file(BUCKET, KEY)).doesNotExist();
        assertThat(store.file(BUCKET, FOLDER + "a b c.txt")).hasContent("all spaces");
        assertThat(store.file(BUCKET, FOLDER + "a+b+c.txt")).hasContent("all pluses");
    }

    @Test
    void aVirtualHostsPathIsReadAlike() throws Exception {
        String host = BUCKET + ".oss-cn-hangzhou.aliyuncs.com";
        String target = "/users%2Falice%2Fspelled%2Fa+b%2Bc.txt";
        assertThat(ask("PUT", host, target, KEY)).startsWith("HTTP/1.1 200 ");
        assertThat(store.file(BUCKET, KEY)).hasContent("sent");
        assertThat(ask("GET", host, target, KEY)).endsWith("\r\n\r\nsent");
        assertThat(ask("DELETE", host, target, KEY)).startsWith("HTTP/1.1 204 ");
        assertThat(store.file(BUCKET, KEY)).doesNotExist();
    }

    @Test
    void readsAPlusAsASpaceInTheFileName() throws Exception {
        store.place(BUCKET, FOLDER + "a b", "a space");
        store.place(BUCKET, FOLDER + "a+b", "a plus");
        String folder = "/" + BUCKET + "/" + FOLDER;
        assertThat(ask("GET", folder + "a+b", FOLDER + "a b")).endsWith("a space");
        assertThat(ask("GET", folder + "a%2Bb", FOLDER + "a+b")).endsWith("a plus");
        assertThat(ask("GET", folder + "a+b", FOLDER + "a+b"))
                .startsWith("HTTP/1.1 403 ")
                .contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(ask("PUT", folder + "a+b", FOLDER + "a b")).startsWith("HTTP/1.1 200 ");
        assertThat(store.file(BUCKET, FOLDER + "a b")).hasContent("sent");
        assertThat(store.file(BUCKET, FOLDER + "a+b")).hasContent("a plus");
        assertThat(ask("HEAD", folder + "a%2Bb", FOLDER + "a+b")).contains("Content-Length: 6\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users/alice/../bob/b.txt",
                "users/alice/./a.txt",
                "users/alice//a.txt",
                "users/alice/a/",
                "/users/alice/a.txt",
                "users/alice/..",
                "users/alice/a\\b",
                "users/alice/a%2Fb"
            })
    void anEscapedSlashHidesNothing(String key) throws Exception {
        store.place(BUCKET, "users/bob/b.txt", "bob's");
        String target =
                "/" + BUCKET + "/" + key.replace("%", "%25").replace("/", "%2F").replace("\\", "%5C");
        for (String method : new String[] {"GET", "PUT", "HEAD", "DELETE"}) {
            assertThat(ask(method, target, key)).startsWith("HTTP/1.1 400 ");
        }
        assertThat(ask("GET", target, key)).contains("<Code>InvalidObjectName</Code>");
        assertThat(store.file(BUCKET, "users/bob/b.txt")).hasContent("bob's");
    }

    private String ask(String method, String target, String key) throws Exception {
        return ask(method, "127.0.0.1:" + store.port(), target, key);
    }

    /** Signs for the key in V1, and sends the target unchanged. */
    private String ask(String method, String host, String target, String key) throws Exception {
        String date = RFC1123.format(Instant.now());
        String signature = hmac(method + "\n\n\n" + date + "\n/" + BUCKET + "/" + key);
        String body = method.equals("PUT") ? "sent" : "";
        String request = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nDate: " + date
                + "\r\nAuthorization: OSS " + Login.ALICE.id() + ":" + signature + "\r\nContent-Length: "
                + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), store.port())) {
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
