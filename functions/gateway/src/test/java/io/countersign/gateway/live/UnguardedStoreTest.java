package io.countersign.gateway.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server whose {@code /auth} everybody on this machine reaches, in front of a bucket with a store behind it. */
class UnguardedStoreTest {
    private static final String MANIFEST = """
            {"accounts": [{
              "id": "1234567890123456",
              "users": [{"name": "signer", "accessKeys": [{"id": "LTAI5tSignerSignerSigne", "secret": "SignerSecret"}], "policies": []}],
              "buckets": [{"name": "photos", "region": "cn-hangzhou", "acl": "public-read",
                "upstream": {"protocol": "%s", "endpoint": "http://127.0.0.1:1", "region": "cn-hangzhou", "bucket": "physical", "pathStyle": true,
                             "signer": "signer"}}]
            }]}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"oss, true, 503", "s3, false, 403"})
    void startsAndHandsOutNoSignature(String protocol, boolean warns, int status) throws Exception {
        Path manifest = Files.writeString(directory.resolve("manifest.json"), MANIFEST.formatted(protocol));
        try (LiveGateway gateway = new LiveGateway(manifest, directory.resolve("data"), InstantSource.system())) {
            assertThat(gateway.said().contains("countersign: warning: The bucket photos has a store behind it"))
                    .isEqualTo(warns);
            given().header("X-Original-Method", "GET")
                    .header("X-Original-Host", "photos.oss-cn-hangzhou.aliyuncs.com")
                    .header("X-Original-URI", "/a.jpg")
                    .get(gateway.url() + "/auth")
                    .then()
                    .statusCode(status)
                    .header("X-Countersign-Upstream-Authorization", nullValue())
                    .header("X-Countersign-Upstream-Uri", nullValue());
        }
    }
}
