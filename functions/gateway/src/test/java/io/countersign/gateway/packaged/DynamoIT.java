package io.countersign.gateway.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.gateway.packaged.PackagedGateway.Result;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.dynamodb.FaultyDynamo;
import io.countersign.registry.dynamodb.LocalDynamo;
import io.countersign.registry.kms.FakeKms;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway with its registry in DynamoDB and its root key in KMS, only by configuration. */
class DynamoIT {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret, status: %s}]
                    policies:
                      - {Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:photos/*"}]}
                  - name: made
                    accessKeys: [{}]
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: app}
            """;
    private static final AccessKey APP = new AccessKey("LTAI5tExampleKey", Secret.of("ExampleSecret"));

    /** Long enough to start on a machine that has other things to do. */
    private static final Duration BUDGET = Duration.ofSeconds(10);
    /** For what such a machine needs besides. If each of the waiting had the whole budget, the last would have its answer after a minute. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private final String table = LocalDynamo.newTable();
    private FaultyDynamo dynamo;
    private FakeKms kms;

    @BeforeEach
    void start() throws Exception {
        dynamo = new FaultyDynamo(LocalDynamo.running().endpoint());
        kms = new FakeKms();
    }

    @AfterEach
    void stop() {
        dynamo.close();
        kms.close();
    }

    @Test
    void theGatewayRunsOnATableFromApplyToRevocation() throws Exception {
        Result applied = PackagedGateway.run(options(true), apply("Active"));
        assertThat(applied.errors()).isEmpty();
        assertThat(applied.exit()).isZero();
        assertThat(directory.resolve("data").resolve("registry.db")).doesNotExist();
        assertThat(directory.resolve("data").resolve("root.key")).doesNotExist();
        assertThat(PackagedGateway.run(options(false), apply("Active")).out()).contains(" 0 created, 0 updated");

        try (PackagedGateway gateway =
                PackagedGateway.serve(options(false), "serve", "--data", data(), "--port", "0")) {
            String url = presigned();
            verified(gateway, url, true);
            auth(gateway, url).then().statusCode(200);

            Result resealed = PackagedGateway.run(options(false), "reseal", "--data", data());
            assertThat(resealed.errors()).isEmpty();
            assertThat(resealed.out()).contains("made now", "resealed: 3 secrets");
            assertThat(kms.generated()).isEqualTo(2);
            Thread.sleep(Duration.ofSeconds(1));
            verified(gateway, url, true);

            dynamo.always(FaultyDynamo.Fault.FAIL);
            Thread.sleep(Duration.ofSeconds(1));
            auth(gateway, url).then().statusCode(503);
            given().get(gateway.url() + "/health").then().statusCode(503);
            dynamo.always(FaultyDynamo.Fault.PASS);
            Thread.sleep(Duration.ofSeconds(1));
            auth(gateway, url).then().statusCode(200);

            assertThat(PackagedGateway.run(options(false), apply("Inactive")).out())
                    .contains(" 1 updated");
            Thread.sleep(Duration.ofSeconds(1));
            verified(gateway, url, false);
            auth(gateway, url).then().statusCode(403);
        }
        Result keys = PackagedGateway.run(options(false), "keys", "--json", "--data", data());
        assertThat(keys.errors()).isEmpty();
        assertThat(io.restassured.path.json.JsonPath.from(keys.out()).getList("owner"))
                .hasSize(2)
                .contains("user/1234567890123456/app", "user/1234567890123456/made");
        assertThat(keys.out()).contains("\"status\":\"Inactive\"").doesNotContain("ExampleSecret", "sealed");
    }

    /** Each asks for another key, so that none is answered from memory; there are many more than workers. */
    @Test
    void answersWhileTheTableIsSilentAndRecovers() throws Exception {
        assertThat(PackagedGateway.run(options(true), apply("Active")).errors()).isEmpty();
        List<String> options = options(false);
        options.add("-Dcountersign.aws.api-call-timeout=" + BUDGET);
        try (PackagedGateway gateway = PackagedGateway.serve(options, "serve", "--data", data(), "--port", "0")) {
            String url = presigned();
            verified(gateway, url, true);
            dynamo.always(FaultyDynamo.Fault.HANG);
            Thread.sleep(Duration.ofSeconds(1));
            List<CompletableFuture<Timed>> asked = new ArrayList<>();
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int i = 0; i < 100; i++) {
                    asked.add(timed(client, gateway, "/verify", Optional.of(question(i))));
                }
                for (int i = 0; i < 4; i++) {
                    asked.add(timed(client, gateway, "/health", Optional.empty()));
                }
                for (CompletableFuture<Timed> each : asked) {
                    assertThat(each.join().status()).isEqualTo(503);
                    assertThat(each.join().took()).isLessThan(BUDGET.plus(SLACK));
                }
                int before = dynamo.requests();
                for (int i = 0; i < 20; i++) {
                    timed(client, gateway, "/verify", Optional.of(question(i))).join();
                }
                // One probe, with its attempts.
                assertThat(dynamo.requests() - before).isLessThan(8);
                Timed health =
                        timed(client, gateway, "/health", Optional.empty()).join();
                assertThat(health.status()).isEqualTo(503);
                dynamo.always(FaultyDynamo.Fault.PASS);
                long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (timed(client, gateway, "/health", Optional.empty())
                                .join()
                                .status()
                        != 200) {
                    assertThat(System.nanoTime()).isLessThan(end);
                    Thread.sleep(100);
                }
                verified(gateway, url, true);
            }
        }
    }

    private static String question(int key) {
        return "{\"method\":\"GET\",\"url\":\"http://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg?Expires="
                + (Instant.now().getEpochSecond() + 600) + "&OSSAccessKeyId=LTAI5tOther" + key
                + "&Signature=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D\"}";
    }

    private record Timed(int status, Duration took) {}

    private static CompletableFuture<Timed> timed(
            HttpClient client, PackagedGateway gateway, String path, Optional<String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + path));
        body.ifPresent(text ->
                request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(text)));
        long begun = System.nanoTime();
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(answer -> new Timed(answer.statusCode(), Duration.ofNanos(System.nanoTime() - begun)));
    }

    @Test
    void aMissingTableIsAClearError() throws IOException {
        Result applied = PackagedGateway.run(options(false), apply("Active"));
        assertThat(applied.exit()).isEqualTo(1);
        assertThat(applied.errors()).singleElement().asString().contains(table, "does not exist");
    }

    @Test
    void aKmsThatRefusesIsAClearError() throws IOException {
        kms.always(FakeKms.Fault.DENY);
        Result applied = PackagedGateway.run(options(true), apply("Active"));
        assertThat(applied.exit()).isEqualTo(1);
        assertThat(applied.errors())
                .singleElement()
                .asString()
                .contains("RootKeyUnusable", "AccessDeniedException", "kms:Decrypt");
    }

    private static void verified(PackagedGateway gateway, String url, boolean allowed) {
        given().contentType("application/json")
                .body("{\"method\":\"GET\",\"url\":\"" + url + "\",\"headers\":{}}")
                .post(gateway.url() + "/verify")
                .then()
                .statusCode(200)
                .body("allowed", equalTo(allowed));
    }

    private static Response auth(PackagedGateway gateway, String url) {
        return given().header("X-Original-Method", "GET")
                .header("X-Original-URI", url.substring(url.indexOf('/', "http://".length())))
                .header("X-Original-Host", "photos.oss-cn-hangzhou.aliyuncs.com")
                .get(gateway.url() + "/auth");
    }

    private static String presigned() throws OssRefusal {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object("photos", "a.jpg"),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(10),
                Optional.empty(),
                "cn-hangzhou");
        return "http://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg?"
                + new UrlSigner(new SigningKeys(1))
                        .sign(url, APP, Instant.now())
                        .query()
                        .encoded();
    }

    private String[] apply(String status) throws IOException {
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST.formatted(status));
        return new String[] {"apply", "--manifest", manifest.toString(), "--data", data()};
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private List<String> options(boolean createTable) {
        List<String> options = new ArrayList<>(List.of(
                "-Daws.accessKeyId=local",
                "-Daws.secretAccessKey=localsecret",
                "-Dcountersign.cache.ttl=PT0.5S",
                // The machine that tests may be busy: only what is meant to fail should.
                "-Dcountersign.aws.api-call-timeout=PT1M",
                "-Dcountersign.store=dynamodb",
                "-Dcountersign.aws.region=us-east-1",
                "-Dcountersign.dynamodb.table=" + table,
                "-Dcountersign.dynamodb.endpoint=" + dynamo.endpoint(),
                "-Dcountersign.kms.key-id=" + FakeKms.KEY_ID,
                "-Dcountersign.kms.endpoint=" + kms.endpoint()));
        if (createTable) {
            options.add("-Dcountersign.dynamodb.create-table=true");
        }
        return options;
    }
}
