package io.countersign.gateway.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.alibaba.kms.AlibabaKmsServer;
import io.countersign.gateway.packaged.PackagedGateway.Result;
import io.countersign.registry.wrapping.KmsServer.Fault;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway on SQLite with its root key in Alibaba Cloud's KMS: by configuration alone. */
class AlibabaKmsIT {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                    policies:
                      - {Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:photos/*"}]}
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: app}
            """;

    /** The time limit of a request where KMS hangs. */
    private static final Duration LIMIT = Duration.ofSeconds(3);
    /** For what a busy machine needs besides. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private final AlibabaKmsServer kms = new AlibabaKmsServer(InstantSource.system());

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    void theGatewayRunsUnderAKeyOfKmsFromApplyToReseal() throws Exception {
        Result applied = run(options(), apply());
        assertThat(applied.errors()).isEmpty();
        assertThat(applied.exit()).isZero();
        assertThat(directory.resolve("data").resolve("root.key")).doesNotExist();
        assertThat(kms.generated()).isEqualTo(1);

        String url = presigned();
        try (PackagedGateway gateway = serve(options())) {
            verify(gateway, url, 200);
        }
        try (PackagedGateway gateway = serve(options())) {
            verify(gateway, url, 200);
            Result resealed = run(options(), "reseal", "--data", data());
            assertThat(resealed.errors()).isEmpty();
            assertThat(resealed.out()).contains("made now");
            Thread.sleep(Duration.ofSeconds(1));
            verify(gateway, url, 200);
            assertThat(kms.generated()).isEqualTo(2);
            assertThat(gateway.output() + gateway.errors()).doesNotContain(AlibabaKmsServer.SECRET);
        }
    }

    /** The running gateway does not have the version that a reseal made, and KMS hangs when it asks for it. */
    @Test
    void aRequestThatNeedsAKmsThatHangsIs503InTime() throws Exception {
        assertThat(run(options(), apply()).errors()).isEmpty();
        String url = presigned();
        List<String> limited = options();
        limited.add("-Dcountersign.aws.api-call-timeout=" + LIMIT);
        try (PackagedGateway gateway = serve(limited)) {
            verify(gateway, url, 200);
            assertThat(run(options(), "reseal", "--data", data()).errors()).isEmpty();
            kms.always(Fault.HANG);
            Thread.sleep(Duration.ofSeconds(1));
            long begun = System.nanoTime();
            verify(gateway, url, 503);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT.plus(SLACK));
            kms.always(Fault.NONE);
            Thread.sleep(Duration.ofSeconds(2));
            verify(gateway, url, 200);
        }
    }

    @Test
    void anotherKeyIsAClearError() throws Exception {
        assertThat(run(options(), apply()).errors()).isEmpty();
        List<String> other = options();
        other.add("-Dcountersign.kms.alibaba.key-id=key-of-another");
        refused(run(other, apply()), "RootKeyUnusable", "the KMS key key-of-another did not wrap");
    }

    @Test
    void aKmsThatRefusesIsAClearErrorAndNothingIsMade() throws Exception {
        kms.always(Fault.DENY);
        refused(
                run(options(), apply()),
                "RootKeyUnusable",
                "Forbidden.NoPermission",
                "allow kms:GenerateDataKey and kms:Decrypt");
        assertThat(directory.resolve("data").resolve("root.key")).doesNotExist();
    }

    @Test
    void missingCredentialsAreAClearError() throws Exception {
        refused(
                PackagedGateway.run(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", ""), options(), apply()),
                "RootKeyUnusable",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET");
        assertThat(kms.requests()).isEmpty();
    }

    @Test
    void twoKeysAreRefused() throws Exception {
        List<String> both = options();
        both.add("-Dcountersign.kms.key-id=alias/registry");
        both.add("-Dcountersign.aws.region=us-east-1");
        refused(run(both, apply()), "countersign.kms.alibaba.key-id", "countersign.kms.key-id is set too");
        assertThat(kms.requests()).isEmpty();
    }

    private static void refused(Result result, String... parts) {
        assertThat(result.exit()).isNotZero();
        assertThat(result.errors()).singleElement().asString().contains(parts);
        assertThat(result.out() + result.err()).doesNotContain(AlibabaKmsServer.SECRET);
    }

    private static void verify(PackagedGateway gateway, String url, int status) {
        var answer = given().contentType("application/json")
                .body("{\"method\":\"GET\",\"url\":\"" + url + "\",\"headers\":{}}")
                .post(gateway.url() + "/verify")
                .then()
                .statusCode(status);
        if (status == 200) {
            answer.body("allowed", equalTo(true));
        }
    }

    private String presigned() {
        Result made = run(options(), "presign", "--json", "--bucket", "photos", "--key", "a.jpg", "--data", data());
        assertThat(made.errors()).isEmpty();
        return JsonPath.from(made.out()).getString("url");
    }

    private PackagedGateway serve(List<String> options) {
        return PackagedGateway.serve(AlibabaKmsServer.ENVIRONMENT, options, "serve", "--data", data(), "--port", "0");
    }

    private static Result run(List<String> options, String... arguments) {
        return PackagedGateway.run(AlibabaKmsServer.ENVIRONMENT, options, arguments);
    }

    private String[] apply() throws IOException {
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        return new String[] {"apply", "--manifest", manifest.toString(), "--data", data()};
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private List<String> options() {
        return new ArrayList<>(List.of(
                "-Dcountersign.cache.ttl=PT0.5S",
                // The machine that tests may be busy, and an attempt that is given up early is made again.
                "-Dcountersign.aws.api-call-timeout=PT1M",
                "-Dcountersign.kms.alibaba.key-id=" + AlibabaKmsServer.KEY_ID,
                "-Dcountersign.kms.alibaba.endpoint=" + kms.endpoint()));
    }
}
