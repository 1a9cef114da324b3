package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.common.comm.SignVersion;
import io.countersign.gateway.storage.FirstSdk;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.OssError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store of plain files as anybody can ask it: with no SDK between. */
@Tag("nginx")
@ExtendWith(FileStoreParameter.class)
class NginxWireIT {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FileStore store;

    NginxWireIT(FileStore store) {
        this.store = store;
    }

    private HttpResponse<String> ask(String method, String target, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target.startsWith("/") ? store.endpoint() + target : target))
                .method(method, method.equals("PUT") ? BodyPublishers.ofString("sent") : BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static void isRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("<Code>" + code + "</Code>");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/xml");
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("x-countersign"));
    }

    @Test
    void aclsDecideForAnonymousCallers() throws Exception {
        store.place("publicbucket", "a.txt", "public");
        store.place("publicbucket", "hidden.txt", "hidden");
        store.place(BUCKET, "public/readme.txt", "read me");
        store.place(BUCKET, "users/bob/b.txt", "bob's");
        assertThat(ask("GET", "/publicbucket/a.txt").body()).isEqualTo("public");
        assertThat(ask("GET", "/examplebucket/public/readme.txt").body()).isEqualTo("read me");
        assertThat(ask("GET", "/publicbucket/a.txt", "Range", "bytes=1-3").body())
                .isEqualTo("ubl");
        isRefused(ask("GET", "/publicbucket/hidden.txt"), 403, "AccessDenied");
        isRefused(ask("GET", "/examplebucket/users/bob/b.txt"), 403, "AccessDenied");
        isRefused(ask("PUT", "/publicbucket/a.txt"), 403, "AccessDenied");
        isRefused(ask("GET", "/publicbucket/none.txt"), 404, "NoSuchKey");
        isRefused(ask("GET", "/no-such-bucket/a.txt"), 404, "NoSuchBucket");
        HttpResponse<String> head = ask("HEAD", "/examplebucket/users/bob/b.txt");
        assertThat(head.statusCode()).isEqualTo(403);
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(head.headers().firstValue("x-oss-err").orElseThrow()),
                        StandardCharsets.UTF_8))
                .contains("<Code>AccessDenied</Code>");
        assertThat(store.file("publicbucket", "a.txt")).hasContent("public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/publicbucket/../examplebucket/users/bob/b.txt",
                "/publicbucket/%2e%2e/examplebucket/users/bob/b.txt",
                "/publicbucket/%2E%2E%2Fexamplebucket/users/bob/b.txt",
                "/publicbucket/..%2fexamplebucket/users/bob/b.txt",
                "/publicbucket/./a.txt",
                "/publicbucket//a.txt",
                "/publicbucket/a%252Ftxt",
                "/publicbucket/a%2F%2Ftxt",
                "/publicbucket%2F%2E%2E%2Fexamplebucket%2Fusers%2Fbob%2Fb.txt",
                "/publicbucket/a%5Ctxt",
                "/publicbucket/a.txt/",
                "/publicbucket/folder/"
            })
    void refusesATargetThatAFileServerWouldNormalise(String target) throws Exception {
        store.place(BUCKET, "users/bob/b.txt", "bob's");
        store.place("publicbucket", "folder/index.html", "an index");
        isRefused(ask("GET", target), 400, "InvalidObjectName");
    }

    @ParameterizedTest
    @MethodSource("io.countersign.clients.PrivateFaces#paths")
    void theGatewaysOwnPathsAreNotReached(String documented) throws Exception {
        String path = documented.replaceAll("\\{[^}]*}", "x");
        for (String method : List.of("GET", "POST", "PUT")) {
            HttpResponse<String> answer = ask(method, path, "Content-Type", "application/json");
            assertThat(answer.statusCode()).isIn(400, 403, 404, 405);
            assertThat(answer.body()).contains("<Error>", "<RequestId>").doesNotContain("countersign_", "\"code\"");
        }
    }

    @Test
    void aFolderIsNoObject() throws Exception {
        store.place("postbox", "folder/inside.txt", "inside");
        isRefused(ask("GET", "/postbox/folder"), 404, "NoSuchKey");
        isRefused(ask("PUT", "/postbox/folder"), 409, "FileAlreadyExists");
        isRefused(ask("PUT", "/postbox/folder/inside.txt/deeper"), 409, "FileAlreadyExists");
        isRefused(ask("DELETE", "/postbox/folder/"), 400, "InvalidObjectName");
        assertThat(ask("DELETE", "/postbox/folder").statusCode()).isEqualTo(204);
        assertThat(store.file("postbox", "folder/inside.txt")).hasContent("inside");
    }

    @Test
    void aLinkLeadsNowhere() throws Exception {
        store.place(BUCKET, "users/bob/b.txt", "bob's");
        store.place("publicbucket", "x.txt", "x");
        Files.deleteIfExists(store.file("publicbucket", "link.txt"));
        Files.createSymbolicLink(store.file("publicbucket", "link.txt"), store.file(BUCKET, "users/bob/b.txt"));
        isRefused(ask("GET", "/publicbucket/link.txt"), 404, "NoSuchKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linked/kept.txt", "linked/new.txt", "linked/inner/new.txt", "plain/linked/kept.txt"})
    void noWriteGoesThroughALink(String key) throws Exception {
        Path outside = store.directory().resolve("outside");
        store.folder(outside.resolve("inner"));
        Path kept = Files.writeString(outside.resolve("kept.txt"), "kept");
        store.place("postbox", "plain/a.txt", "plain");
        for (String link : List.of("linked", "plain/linked")) {
            Files.deleteIfExists(store.file("postbox", link));
            Files.createSymbolicLink(store.file("postbox", link), outside);
        }
        isRefused(ask("PUT", "/postbox/" + key), 409, "FileAlreadyExists");
        assertThat(ask("DELETE", "/postbox/" + key).statusCode()).isEqualTo(204);
        assertThat(kept).hasContent("kept");
        try (Stream<Path> files = Files.walk(outside)) {
            assertThat(files).containsExactlyInAnyOrder(outside, kept, outside.resolve("inner"));
        }
    }

    @Test
    void aLinkIsNeitherWrittenThroughNorDeleted() throws Exception {
        Path kept = Files.writeString(store.directory().resolve("kept.txt"), "kept");
        store.place("postbox", "a.txt", "a");
        Path link = store.file("postbox", "link.txt");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, kept);
        assertThat(ask("DELETE", "/postbox/link.txt").statusCode()).isEqualTo(204);
        assertThat(link).isSymbolicLink();
        assertThat(ask("PUT", "/postbox/link.txt").statusCode()).isEqualTo(200);
        assertThat(link).isRegularFile().hasContent("sent");
        assertThat(kept).hasContent("kept");
    }

    @Test
    void acceptsKeysOnlyAsDeepAsTheCheckedFolders() throws Exception {
        String deepest = "/postbox" + "/f".repeat(15);
        assertThat(ask("PUT", deepest + "/k.txt").statusCode()).isEqualTo(200);
        assertThat(store.file("postbox", "f/".repeat(15) + "k.txt")).hasContent("sent");
        isRefused(ask("PUT", deepest + "/f/k.txt"), 501, "NotImplemented");
    }

    @Test
    void noWorkerIsRoot() throws Exception {
        long master = Long.parseLong(
                Files.readString(store.directory().resolve("nginx.pid")).strip());
        List<ProcessHandle> workers =
                ProcessHandle.of(master).orElseThrow().children().toList();
        assertThat(workers)
                .isNotEmpty()
                .allSatisfy(worker ->
                        assertThat(worker.info().user()).isPresent().get().isNotEqualTo("root"));
    }

    @Test
    void headersOfCountersignsOwnCannotBeBrought() throws Exception {
        store.place(BUCKET, "users/bob/b.txt", "bob's");
        for (String name : List.of("X-Original-URI", "x-original-uri", "X_Original_URI")) {
            isRefused(ask("GET", "/examplebucket/users/bob/b.txt", name, "/publicbucket/a.txt"), 403, "AccessDenied");
        }
        HttpResponse<String> put = ask(
                "PUT",
                "/postbox/mine.txt",
                "X-Countersign-Resource",
                "acs%3Aoss%3A%2A%3A1234567890123456%3Aexamplebucket%2Fusers%2Fbob%2Fb.txt",
                "X-Countersign-Action",
                "oss%3ADeleteObject",
                "X-Accel-Redirect",
                "/examplebucket/users/bob/b.txt");
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(store.file("postbox", "mine.txt")).hasContent("sent");
        assertThat(store.file(BUCKET, "users/bob/b.txt")).hasContent("bob's");
    }

    @Test
    void noClientSaysThatItComesThroughAVpc() throws Exception {
        store.place("vpcbucket", "a.txt", "inside");
        for (String name :
                List.of("X-Countersign-Source-Vpc", "x-countersign-source-vpc", "X_Countersign_Source_Vpc")) {
            isRefused(ask("GET", "/vpcbucket/a.txt", name, "vpc-x"), 403, "AccessDenied");
        }
        HttpRequest.Builder asNginx = HttpRequest.newBuilder(URI.create(store.gateway.url() + "/auth"))
                .headers(
                        "X-Original-Method",
                        "GET",
                        "X-Original-URI",
                        "/vpcbucket/a.txt",
                        "X-Original-Host",
                        "127.0.0.1");
        assertThat(HTTP.send(asNginx.copy().build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(403);
        HttpRequest inside = asNginx.header("X-Countersign-Source-Vpc", "vpc-x").build();
        assertThat(HTTP.send(inside, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    @Test
    void noClientSaysWhereItComesFrom() throws Exception {
        store.place("elsewherebucket", "network/a.txt", "of a network");
        store.place("elsewherebucket", "tls/a.txt", "over TLS");
        for (String name : List.of("X-Forwarded-For", "x-forwarded-for", "X_Forwarded_For", "X-Real-IP")) {
            isRefused(ask("GET", "/elsewherebucket/network/a.txt", name, "203.0.113.9"), 403, "AccessDenied");
        }
        for (String name : List.of("X-Forwarded-Proto", "x-forwarded-proto", "X_Forwarded_Proto")) {
            isRefused(ask("GET", "/elsewherebucket/tls/a.txt", name, "https"), 403, "AccessDenied");
        }
        isRefused(
                ask("GET", "/elsewherebucket/network/a.txt", "Forwarded", "for=203.0.113.9;proto=https"),
                403,
                "AccessDenied");
        // Answers that nginx would have to give itself.
        for (String object : List.of("network/a.txt", "tls/a.txt")) {
            HttpRequest asNginx = HttpRequest.newBuilder(URI.create(store.gateway.url() + "/auth"))
                    .headers("X-Original-Method", "GET", "X-Original-URI", "/elsewherebucket/" + object)
                    .headers("X-Original-Host", "127.0.0.1", "X-Forwarded-For", "203.0.113.9")
                    .headers("X-Forwarded-Proto", "https")
                    .build();
            assertThat(HTTP.send(asNginx, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void everyLocationThatPassesRequestsOnSaysItselfWhereTheClientComesFrom() throws Exception {
        List<String> passing = Pattern.compile("\n    location (.*?)\n    }\n", Pattern.DOTALL)
                .matcher(Nginx.configuration())
                .results()
                .map(MatchResult::group)
                .filter(location -> location.contains("proxy_pass "))
                .toList();
        assertThat(passing)
                .hasSize(2)
                .allSatisfy(location -> assertThat(location)
                        .contains("proxy_set_header X-Forwarded-For $remote_addr;")
                        .contains("proxy_set_header X-Forwarded-Proto $scheme;"));
    }

    /** Whatever nginx makes of such a request, the file is the one that was decided about. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://127.0.0.1/publicbucket/users/bob/b.txt HTTP/1.1\r\nHost: examplebucket.oss-cn-hangzhou.aliyuncs.com",
                "GET http://examplebucket.oss-cn-hangzhou.aliyuncs.com/users/bob/b.txt HTTP/1.1\r\nHost: publicbucket.oss-cn-hangzhou.aliyuncs.com",
                "GET /users/bob/b.txt HTTP/1.1\r\nHost: publicbucket.oss-cn-hangzhou.aliyuncs.com\r\nHost: examplebucket.oss-cn-hangzhou.aliyuncs.com",
                "GET /examplebucket/users/bob/b.txt HTTP/1.1\r\nHost: publicbucket.oss-cn-hangzhou.aliyuncs.com",
                "GET /publicbucket/../examplebucket/users/bob/b.txt HTTP/1.0",
                "GET /publicbucket/a.txt#/../../examplebucket/users/bob/b.txt HTTP/1.1\r\nHost: 127.0.0.1"
            })
    void noRequestLineReachesAnotherFile(String head) throws Exception {
        store.place(BUCKET, "users/bob/b.txt", "bob's");
        store.place("publicbucket", "a.txt", "public");
        assertThat(raw(head)).doesNotContain("bob's").doesNotContain(" 200 ");
    }

    private String raw(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), store.port())) {
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void refusesAnAllowedOperationThatFilesLack() throws Exception {
        store.place("postbox", "k.txt", "kept");
        for (String[] headers : new String[][] {
            {"x-oss-forbid-overwrite", "true"},
            {"x-oss-storage-class", "Archive"},
            {"x-oss-server-side-encryption", "AES256"},
            {"Content-Encoding", "gzip"}
        }) {
            isRefused(ask("PUT", "/postbox/k.txt", headers), 501, "NotImplemented");
        }
        isRefused(ask("POST", "/postbox/k.txt?append&position=0"), 501, "NotImplemented");
        isRefused(ask("GET", "/postbox/k.txt?x-oss-process=image/info"), 501, "NotImplemented");
        assertThat(store.file("postbox", "k.txt")).hasContent("kept");
    }

    @Test
    void aPresignedUrlIsGoodForItsRequestUntilItExpires() throws Exception {
        store.place(BUCKET, "users/carol/c d.txt", "carol's");
        String url = presign("GET", "users/carol/c d.txt");
        assertThat(ask("GET", url).body()).isEqualTo("carol's");
        isRefused(ask("PUT", url), 403, "SignatureDoesNotMatch");
        isRefused(ask("GET", url.replace("c%20d", "c%20e")), 403, "SignatureDoesNotMatch");
        isRefused(ask("GET", url + "&response-content-type=text%2Fhtml"), 403, "SignatureDoesNotMatch");
        try {
            store.clock.set(Duration.ofMinutes(11));
            isRefused(ask("GET", url), 403, "AccessDenied");
        } finally {
            store.clock.set(Duration.ZERO);
        }
        String upload = presign("PUT", "users/carol/new.txt");
        assertThat(ask("PUT", upload).statusCode()).isEqualTo(200);
        assertThat(store.file(BUCKET, "users/carol/new.txt")).hasContent("sent");
    }

    @Test
    void logsNoSignature() throws Exception {
        store.place(BUCKET, "users/carol/logged.txt", "carol's");
        assertThat(ask("GET", presign("GET", "users/carol/logged.txt")).statusCode())
                .isEqualTo(200);
        assertThat(store.accessLogWith("GET \"/examplebucket/users/carol/logged.txt\" 200"))
                .doesNotContain("x-oss-signature", "x-oss-credential", "Signature=", "security-token");
    }

    @Test
    void curlUploadsAndDownloads(@TempDir Path directory) throws Exception {
        Path sent = Files.writeString(directory.resolve("sent.bin"), "curl's own ".repeat(200_000));
        Path got = directory.resolve("got.bin");
        curl("--upload-file", sent.toString(), presign("PUT", "users/carol/big one.bin"));
        curl("--output", got.toString(), presign("GET", "users/carol/big one.bin"));
        assertThat(got).hasSameBinaryContentAs(sent);
        assertThat(store.file(BUCKET, "users/carol/big one.bin")).hasSameBinaryContentAs(sent);
    }

    private static void curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--fail"));
        command.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(answer).isZero();
    }

    private String presign(String method, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(store.gateway.url() + "/presign"))
                .header("Authorization", "Bearer " + store.tokens.of("carol"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonText.object(json -> json.put("method", method)
                        .put("bucket", BUCKET)
                        .put("key", key)
                        .put("expiresIn", 600))))
                .build();
        return Members.of(
                        Values.parse(HTTP.send(request, BodyHandlers.ofString()).body()))
                .string("url");
    }

    @Test
    void aPhonesSessionReachesOnlyItsFolder() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(store.gateway.url() + "/token"))
                .header("Authorization", "Bearer " + store.tokens.of("erin"))
                .build();
        Members answer = Members.of(
                Values.parse(HTTP.send(request, BodyHandlers.ofString()).body()));
        Login session = new Login(
                answer.string("AccessKeyId"), answer.string("AccessKeySecret"), answer.string("SecurityToken"));
        for (SignVersion version : List.of(SignVersion.V1, SignVersion.V4)) {
            try (StorageClient client = new FirstSdk(store.endpoint(), session, version)) {
                client.put(BUCKET, "users/erin/e.txt", version.toString());
                assertThat(client.get(BUCKET, "users/erin/e.txt")).isEqualTo(version.toString());
                NginxContract.refused("AccessDenied", () -> client.put(BUCKET, "users/bob/e.txt", "x"));
            }
        }
    }

    @Test
    void preflightsAreAnswered() throws Exception {
        HttpResponse<String> answer = ask(
                "OPTIONS",
                "/examplebucket/users/alice/a.txt",
                "Origin",
                "https://pages.example.com",
                "Access-Control-Request-Method",
                "PUT");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("https://pages.example.com");
        isRefused(
                ask(
                        "OPTIONS",
                        "/examplebucket/users/alice/a.txt",
                        "Origin",
                        "https://elsewhere.example.com",
                        "Access-Control-Request-Method",
                        "PUT"),
                403,
                "AccessForbidden");
    }

    @Test
    void withoutADecisionNothingPasses() throws Exception {
        try (FileStore alone = new FileStore()) {
            alone.place("publicbucket", "a.txt", "public");
            HttpRequest request = HttpRequest.newBuilder(URI.create(alone.endpoint() + "/publicbucket/a.txt"))
                    .build();
            assertThat(HTTP.send(request, BodyHandlers.ofString()).body()).isEqualTo("public");
            alone.gateway.close();
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            isRefused(answer, 503, "ServiceUnavailable");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @Test
    void nginxProvesWhichProgramItIs() throws Exception {
        try (FileStore known = FileStore.withToken("/auth")) {
            known.place("publicbucket", "a.txt", "public");
            URI object = URI.create(known.endpoint() + "/publicbucket/a.txt");
            assertThat(HTTP.send(HttpRequest.newBuilder(object).build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("public");
            HttpRequest ofAClient = HttpRequest.newBuilder(object)
                    .header("X-Countersign-Token", "a-client's")
                    .build();
            assertThat(HTTP.send(ofAClient, BodyHandlers.ofString()).body()).isEqualTo("public");
        }
    }

    @Test
    void aServerThatIsNotKnownLetsNothingPass() throws Exception {
        try (FileStore other = FileStore.withToken("/verify")) {
            other.place("publicbucket", "a.txt", "public");
            URI object = URI.create(other.endpoint() + "/publicbucket/a.txt");
            isRefused(
                    HTTP.send(HttpRequest.newBuilder(object).build(), BodyHandlers.ofString()),
                    503,
                    "ServiceUnavailable");
        }
        try (FileStore asked = FileStore.withToken("/auth");
                Nginx unknown = asked.besideWithoutToken()) {
            // A client's own header does not stand in for the server's, whatever it says.
            HttpRequest ofAClient = HttpRequest.newBuilder(URI.create(unknown.endpoint() + "/publicbucket/a.txt"))
                    .header("X-Countersign-Token", FileStore.TOKEN)
                    .build();
            isRefused(HTTP.send(ofAClient, BodyHandlers.ofString()), 503, "ServiceUnavailable");
        }
    }

    @Test
    void everyStatusOfOssIsPassedOn() throws Exception {
        String configuration = Nginx.configuration();
        assertThat(Arrays.stream(OssError.values()).map(OssError::status).distinct())
                .filteredOn(status -> status != 403)
                .allSatisfy(status -> assertThat(configuration)
                        .contains("if ($countersign_status = " + status + ") { return " + status
                                + " $countersign_error; }"));
    }
}
