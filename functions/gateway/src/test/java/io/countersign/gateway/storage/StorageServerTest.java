package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageServerTest {
    private static final String ALLOWED = "{\"allowed\":true,\"status\":200}";
    private static final String REFUSED =
            "{\"allowed\":false,\"status\":403,\"error\":{\"code\":\"AccessDenied\",\"ec\":\"0003-1\",\"message\":\"<no>\"}}";

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile String decision = ALLOWED;
    private HttpServer verify;
    private StorageServer storage;

    @BeforeEach
    void start() throws Exception {
        verify = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        verify.createContext("/verify", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = decision.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        verify.start();
        storage = StorageServer.start(List.of("examplebucket"));
        storage.askAt(URI.create("http://127.0.0.1:" + verify.getAddress().getPort() + "/verify"));
        storage.seed("examplebucket", "a b.txt", "0123456789");
    }

    @AfterEach
    void stop() {
        storage.close();
        verify.stop(0);
        http.close();
    }

    private HttpResponse<String> send(String method, String target, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(storage.endpoint() + target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void theRequestIsAskedAboutAsItCame() throws Exception {
        send("GET", "/examplebucket/a%20b.txt?x=%2F", "", "X-Oss-Meta-A", "1");
        assertThat(asked.take())
                .contains("\"method\":\"GET\"")
                .contains("\"url\":\"/examplebucket/a%20b.txt?x=%2F\"")
                .contains("\"X-Oss-Meta-A\":[\"1\"]")
                .contains("\"Host\":[\"127.0.0.1:");
    }

    private static final String FORM = """
            --b
            Content-Disposition: form-data; name="key"

            in/${filename}
            --b
            Content-Disposition: form-data; name="policy"

            é
            --b
            Content-Disposition: form-data; name="file"; filename="a b.png"
            Content-Type: image/png

            12
            34
            --b
            Content-Disposition: form-data; name="after"

            unread
            --b--
            """.replace("\n", "\r\n");

    @Test
    void aFormIsAskedAboutUpToItsFile() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/examplebucket/", FORM, "Content-Type", "multipart/form-data; boundary=b");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(asked.take())
                .contains("\"form\":{\"fields\":[[\"key\",\"in/a b.png\"],[\"policy\",\"é\"]],\"fileLength\":6}");
        StoredObject stored = storage.object("examplebucket", "in/a b.png");
        assertThat(new String(stored.content(), StandardCharsets.UTF_8)).isEqualTo("12\r\n34");
        assertThat(stored.headers()).containsEntry("content-type", "image/png");
    }

    @Test
    void aFormThatIsNoneIsRefused() throws Exception {
        String noFile = FORM.replace("name=\"file\"", "name=\"fill\"");
        assertThat(send("POST", "/examplebucket", noFile, "Content-Type", "multipart/form-data; boundary=b")
                        .body())
                .contains("<Code>IncorrectNumberOfFilesInPOSTRequest</Code>");
        assertThat(send("POST", "/examplebucket", FORM, "Content-Type", "multipart/form-data")
                        .body())
                .contains("<Code>MalformedPOSTRequest</Code>");
    }

    @Test
    void aPageMayReadWhatTheRulesOfTheBucketSay() throws Exception {
        decision =
                "{\"allowed\":true,\"status\":200,\"cors\":{\"allowOrigin\":\"http://app\",\"allowMethods\":[\"PUT\",\"GET\"],"
                        + "\"allowHeaders\":[\"x\"],\"exposeHeaders\":[\"ETag\"]}}";
        HttpResponse<String> preflight = send("OPTIONS", "/examplebucket/a", "", "Origin", "http://app");
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("access-control-allow-methods"))
                .contains("PUT, GET");
        HttpResponse<String> read = send("GET", "/examplebucket/a%20b.txt", "", "Origin", "http://app");
        assertThat(read.headers().firstValue("access-control-allow-origin")).contains("http://app");
        decision = REFUSED;
        assertThat(send("GET", "/examplebucket/a%20b.txt", "", "Origin", "http://app")
                        .headers()
                        .firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void keysToDeleteAreAskedAbout() throws Exception {
        send("POST", "/examplebucket?delete", "<Delete><Object><Key>a b.txt</Key></Object></Delete>");
        assertThat(asked.take()).contains("\"deleteKeys\":[\"a b.txt\"]");
        assertThat(send("GET", "/examplebucket/a%20b.txt", "").statusCode()).isEqualTo(404);
    }

    @Test
    void servesAnAllowedRequest() throws Exception {
        HttpResponse<String> part = send("GET", "/examplebucket/a%20b.txt", "", "Range", "bytes=2-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("content-range")).contains("bytes 2-4/10");
        HttpResponse<String> missing = send("GET", "/examplebucket/none", "");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("<Code>NoSuchKey</Code>");
    }

    @Test
    void refusesWithTheErrorDocumentOfOss() throws Exception {
        decision = REFUSED;
        HttpResponse<String> get = send("GET", "/examplebucket/a%20b.txt", "");
        assertThat(get.statusCode()).isEqualTo(403);
        assertThat(get.body()).contains("<Code>AccessDenied</Code>").contains("<Message>&lt;no&gt;</Message>");
        assertThat(get.headers().firstValue("x-oss-ec")).contains("0003-1");
        HttpResponse<String> head = send("HEAD", "/examplebucket/a%20b.txt", "");
        assertThat(new String(Base64.getDecoder()
                        .decode(head.headers().firstValue("x-oss-err").orElseThrow())))
                .contains("<Code>AccessDenied</Code>");
    }

    @Test
    void withoutADecisionNothingPasses() throws Exception {
        decision = "{\"allowed\":\"yes\"}";
        assertThat(send("GET", "/examplebucket/a%20b.txt", "").statusCode()).isEqualTo(503);
        verify.stop(0);
        assertThat(send("PUT", "/examplebucket/a%20b.txt", "x").statusCode()).isEqualTo(503);
        assertThat(send("GET", "/examplebucket", "").statusCode()).isEqualTo(503);
    }

    @Test
    void listingsGoByPagesAndGroups() throws Exception {
        for (String key : List.of("dir/a", "dir/b", "x", "y")) {
            storage.seed("examplebucket", key, "");
        }
        String first =
                send("GET", "/examplebucket?delimiter=%2F&max-keys=2", "").body();
        assertThat(first)
                .contains("<Key>a b.txt</Key>")
                .contains("<CommonPrefixes><Prefix>dir/</Prefix></CommonPrefixes>")
                .contains("<NextMarker>dir/</NextMarker>")
                .contains("<IsTruncated>true</IsTruncated>");
        String second = send("GET", "/examplebucket?list-type=2&delimiter=%2F&continuation-token=dir%2F", "")
                .body();
        assertThat(Xml.texts(second.getBytes(StandardCharsets.UTF_8), "Key")).containsExactly("x", "y");
    }

    @Test
    void checksumsAreThoseOfTheStandard() {
        assertThat(Crc64.of("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Long.toUnsignedString(0x995DC9BBDF1939FAL));
    }
}
