package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OnceParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.countersign.testkit.Seeds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** URLs that are good once at the port: a store sees one request of each, and never the parameter. */
class OnceUrlsTest {
    private static final int CLIENTS = 64;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AccessKey ALICE = new AccessKey(StoreFixture.ALICE, Secret.of(StoreFixture.ALICE_SECRET));

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void answer() {
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
    }

    /** Signed by a client with its own key, as an SDK with this parameter would. */
    private static URI url(HttpMethod method, String key) throws Exception {
        return url(method, StoreFixture.PRIVATE, key, QueryParameters.NONE, Headers.NONE);
    }

    private static URI url(HttpMethod method, String bucket, String key, QueryParameters query, Headers headers)
            throws Exception {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                method,
                Target.object(bucket, key),
                query.and(OnceParameter.of(Seeds.secure())),
                headers,
                Duration.ofMinutes(5),
                Optional.empty(),
                "cn-hangzhou");
        return URI.create(fixture.url() + "/" + bucket + "/" + key + "?"
                + new UrlSigner(new SigningKeys(1))
                        .sign(url, ALICE, Instant.now())
                        .query()
                        .encoded());
    }

    private static HttpResponse<String> send(String method, URI url, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(url)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void isUsed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>AccessDenied</Code>", "good for one request");
    }

    @Test
    void aReadAndAWritePassOnceWithoutTheParameter() throws Exception {
        URI get = url(HttpMethod.GET, "a.txt");
        assertThat(send("GET", get, "").statusCode()).isEqualTo(200);
        isUsed(send("GET", get, ""));
        URI put = url(HttpMethod.PUT, "a.txt");
        assertThat(send("PUT", put, "content").statusCode()).isEqualTo(200);
        isUsed(send("PUT", put, "other"));
        assertThat(fixture.store.received).hasSize(2);
        assertThat(fixture.store.received)
                .allSatisfy(one -> assertThat(one.target()).doesNotContain("countersign"));
    }

    @Test
    void aUsedUrlChangesNoAcl() throws Exception {
        URI put = url(HttpMethod.PUT, "written.txt");
        assertThat(send("PUT", put, "content").statusCode()).isEqualTo(200);
        assertThat(new Client(fixture.url())
                        .send(
                                "PUT",
                                "/" + StoreFixture.PRIVATE + "/written.txt?acl",
                                Map.of("x-oss-object-acl", "public-read"),
                                ""))
                .startsWith("HTTP/1.1 200 ");
        isUsed(send("PUT", put, "content"));
        assertThat(send("GET", URI.create(fixture.url() + "/" + StoreFixture.PRIVATE + "/written.txt"), "")
                        .statusCode())
                .isEqualTo(200);
    }

    /** The store is asked for the object once the URL is used up, and for no URL that is. */
    @Test
    void aConditionIsAskedAboutOnce() throws Exception {
        QueryParameters upload = QueryParameters.NONE.and("uploadId", "u");
        Headers forbidding = Headers.NONE.and("x-oss-forbid-overwrite", "true");
        for (String there : List.of("200 OK", "404 Not Found")) {
            fixture.store.received.clear();
            fixture.store.answering((got, connection) -> (got.method().equals("HEAD")
                            ? say(there, Map.of(), "")
                            : say(
                                    "200 OK",
                                    Map.of(),
                                    "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>"))
                    .answer(got, connection));
            URI url = url(HttpMethod.POST, StoreFixture.PRIVATE_S3, "a.txt", upload, forbidding);
            boolean passes = there.startsWith("404");
            assertThat(complete(url).statusCode()).isEqualTo(passes ? 200 : 409);
            assertThat(fixture.store.received).hasSize(passes ? 2 : 1);
            isUsed(complete(url));
            assertThat(fixture.store.received).hasSize(passes ? 2 : 1);
        }
    }

    private static HttpResponse<String> complete(URI url) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(url)
                        .header("x-oss-forbid-overwrite", "true")
                        .POST(
                                BodyPublishers.ofString(
                                        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>p</ETag></Part></CompleteMultipartUpload>"))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void refusalsUseNothingUp() throws Exception {
        URI get = url(HttpMethod.GET, "a.txt");
        assertThat(send("DELETE", get, "").statusCode()).isEqualTo(403);
        HttpResponse<String> range = HTTP.send(
                HttpRequest.newBuilder(get).header("x-amz-acl", "private").build(), BodyHandlers.ofString());
        assertThat(range.statusCode()).isEqualTo(400);
        assertThat(send("GET", get, "").statusCode()).isEqualTo(200);
    }

    @Test
    void ofManyAtTheSameMomentOnePasses() throws Exception {
        URI get = url(HttpMethod.GET, "a.txt");
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Integer>> answers = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> threads.submit(() -> {
                        start.await();
                        return send("GET", get, "").statusCode();
                    }))
                    .toList();
            int passed = 0;
            for (Future<Integer> answer : answers) {
                passed += answer.get() == 200 ? 1 : 0;
            }
            assertThat(passed).isEqualTo(1);
        }
        assertThat(fixture.store.received).hasSize(1);
    }
}
