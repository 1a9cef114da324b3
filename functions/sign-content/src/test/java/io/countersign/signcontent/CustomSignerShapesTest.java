package io.countersign.signcontent;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Reply;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.delegation.SigningOptions;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.KeyStatus;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shape that the Android SDK hands to a custom signer (docs/protocol.md 5.3), for a role that may do anything in two buckets. */
class CustomSignerShapesTest {
    private static final Instant MOMENT = Instant.parse("2026-11-22T02:52:36Z");
    private static final String TOKEN = TestToken.good("RS256", "rsa")
            .withPayload(TestToken.claims(MOMENT.getEpochSecond() - 60, MOMENT.getEpochSecond() + 3600, ""))
            .signed(TestKeys.RSA, "RS256");
    private static final Map<String, Value.ObjectValue> VECTORS = vectors();

    private static Map<String, Value.ObjectValue> vectors() {
        try (InputStream in = CustomSignerShapesTest.class.getResourceAsStream("/vectors/custom-signer-content.json")) {
            Map<String, Value.ObjectValue> vectors = new TreeMap<>();
            Value.ObjectValue file = (Value.ObjectValue) Values.parse(in.readAllBytes());
            for (Value vector : Members.array(file.members().get("vectors"))) {
                Value.ObjectValue object = (Value.ObjectValue) vector;
                vectors.put(Members.string(object.members().get("operation")), object);
            }
            return vectors;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Reply ask(String operation, SignContentSettings settings, String... policies) throws Exception {
        TestRegistry registry = TestRegistry.with(policies)
                .bucket("examplebucket")
                .bucket("srcbucket")
                .signer("ak", "sk", KeyStatus.ACTIVE);
        String content = Members.string(VECTORS.get(operation).members().get("content"));
        return SignContentCalls.function(registry, settings)
                .handle(SignContentCalls.call("text/plain; charset=utf-8", Bytes.utf8(content), TOKEN), MOMENT);
    }

    private static void isSigned(String operation, Reply reply) throws Exception {
        Value.ObjectValue expected =
                (Value.ObjectValue) VECTORS.get(operation).members().get("expected");
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.body().utf8())
                .isEqualTo(Members.string(expected.members().get("returned")));
    }

    @ParameterizedTest
    @CsvSource({
        "append,",
        "bucketAcl,BucketOperationNotSignable",
        "copy,",
        "delMulti,DeleteMultipleObjectsNotSignable",
        "delete,",
        "get,",
        "getAcl,SubResourceNotSignable",
        "head,",
        "initMp,",
        "list,ListObjectsNotSignable",
        "listBuckets,ListBucketsNotSignable",
        "part,",
        "presign,",
        "presignPut,ProcessNotSignable",
        "put,",
        "putCallback,CallbackNotSignable"
    })
    void signsOrRefusesByTheTable(String operation, String code) throws Exception {
        Reply reply = ask(operation, SignContentSettings.DEFAULT, SignContentCalls.ANYTHING);
        if (code == null) {
            isSigned(operation, reply);
        } else {
            SignContentCalls.isRefused(reply, 403, code);
        }
    }

    @Test
    void noShapeIsLeftOut() {
        assertThat(VECTORS).hasSize(16);
    }

    @Test
    void aCallbackIsSignedWhereTheOperatorAllowsIt() throws Exception {
        SigningOptions options = new SigningOptions(true, false, SigningOptions.DEFAULT.processes());
        isSigned(
                "putCallback",
                ask("putCallback", new SignContentSettings(Duration.ofHours(1), options), SignContentCalls.ANYTHING));
    }

    /** Each shape, an action without which it is refused. */
    @ParameterizedTest
    @CsvSource({
        "put,oss:PutObject",
        "put,oss:PutObjectAcl",
        "get,oss:GetObject",
        "head,oss:GetObject",
        "copy,oss:GetObject",
        "copy,oss:PutObject",
        "append,oss:PutObject",
        "initMp,oss:PutObject",
        "part,oss:PutObject",
        "delete,oss:DeleteObject",
        "presign,oss:GetObject"
    })
    void requiresTheRightOfTheOperation(String operation, String action) throws Exception {
        SignContentCalls.isRefused(
                ask(
                        operation,
                        SignContentSettings.DEFAULT,
                        SignContentCalls.ANYTHING,
                        TestRegistry.policy("Deny", action, "*")),
                403,
                "AccessDenied");
    }

    @Test
    void aCopyFromABucketThatIsNotTheAccountsIsRefusedWhateverThePoliciesSay() throws Exception {
        TestRegistry registry = TestRegistry.with(SignContentCalls.ANYTHING)
                .bucket("examplebucket")
                .bucket(TestRegistry.bucket(
                        "srcbucket",
                        TestRegistry.OTHER_ACCOUNT,
                        "https://{bucket}.oss-{region}.aliyuncs.com",
                        List.of(),
                        java.util.Optional.empty()))
                .signer("ak", "sk", KeyStatus.ACTIVE);
        String content = Members.string(VECTORS.get("copy").members().get("content"));
        SignContentCalls.isRefused(
                SignContentCalls.function(registry, SignContentSettings.DEFAULT)
                        .handle(SignContentCalls.call("text/plain", Bytes.utf8(content), TOKEN), MOMENT),
                403,
                "AccessDenied");
    }

    @Test
    void aCopyFromOutsideThePrefixIsRefused() throws Exception {
        SignContentCalls.isRefused(
                ask(
                        "copy",
                        SignContentSettings.DEFAULT,
                        TestRegistry.policy("Allow", "oss:*", "acs:oss:*:*:examplebucket/*")),
                403,
                "AccessDenied");
    }
}
