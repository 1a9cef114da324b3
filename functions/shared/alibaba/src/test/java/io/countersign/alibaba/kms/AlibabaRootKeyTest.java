package io.countersign.alibaba.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.alibaba.Acs3Received;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.wrapping.KeyWrapper;
import io.countersign.registry.wrapping.KmsServer;
import io.countersign.registry.wrapping.WrappedRootKeyContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A root key under Alibaba Cloud's KMS. */
class AlibabaRootKeyTest extends WrappedRootKeyContract {
    private final AlibabaKmsServer kms = new AlibabaKmsServer(InstantSource.fixed(NOW));

    @Override
    protected KmsServer kms() {
        return kms;
    }

    @Override
    protected KeyWrapper wrapper(String keyId, Duration budget) throws SealingException {
        return wrapper(keyId, budget, AlibabaKmsServer.ENVIRONMENT);
    }

    private KeyWrapper wrapper(String keyId, Duration budget, Map<String, String> environment) throws SealingException {
        return AlibabaKeyWrapper.of(
                new AlibabaKey(keyId, kms.endpoint(), budget),
                environment,
                random,
                InstantSource.fixed(NOW),
                System::nanoTime);
    }

    @Test
    void bindsTheKeyToItsPurposeAndVersion() throws Exception {
        String version = open().version();
        open();
        String context = "{\"purpose\":\"countersign registry root key\",\"version\":\"" + version + "\"}";
        assertThat(kms.requests()).extracting(Acs3Received::action).containsExactly("GenerateDataKey", "Decrypt");
        assertThat(kms.requests())
                .allSatisfy(request -> assertThat(request.parameters()).containsEntry("EncryptionContext", context));
    }

    @Test
    void sendsNeitherTheSecretNorTheKey() throws Exception {
        RootKeyRing ring = open();
        open();
        byte[] key = ring.key(ring.version()).orElseThrow().getEncoded();
        assertThat(kms.requests().toString())
                .doesNotContain(AlibabaKmsServer.SECRET)
                .doesNotContain(Base64.getEncoder().encodeToString(key))
                .doesNotContain(HexFormat.of().formatHex(key));
        assertThat(kms.requests())
                .extracting(request -> request.headers().get("x-acs-signature-nonce"))
                .doesNotHaveDuplicates();
    }

    /** A writer of the store who may use another key of the account could put a root key of their own there. */
    @Test
    void refusesWhatAnotherKeyOfTheAccountWrapped() throws Exception {
        kms.replaceKey("key-of-another");
        open(wrapper("key-of-another", PATIENT));
        kms.replaceKey(AlibabaKmsServer.KEY_ID);
        assertThatThrownBy(this::open)
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("the KMS key " + AlibabaKmsServer.KEY_ID + " did not wrap");
        assertThat(kms.decrypted()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(AlibabaKmsServer.Odd.class)
    void makesNoRootKeyOfAnAnswerThatIsNone(AlibabaKmsServer.Odd odd) {
        kms.thenOdd(odd, odd, odd);
        assertThatThrownBy(this::open)
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("check the endpoint")
                .hasNoCause();
        assertThat(store.payloads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = AlibabaKmsServer.Odd.class,
            names = {"REDIRECTED", "NO_BASE64", "OTHER_KEY"})
    void unwrapsNoKeyWithAnAnswerThatIsNone(AlibabaKmsServer.Odd odd) throws Exception {
        open();
        int before = kms.requests().size();
        kms.thenOdd(odd);
        assertThatThrownBy(this::open).isInstanceOf(SealingException.class).hasNoCause();
        assertThat(kms.requests()).hasSize(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "Forbidden.KeyNotFound, does not exist",
        "Rejected.Disabled, is disabled",
        "Rejected.PendingDeletion, cancel its deletion",
        "Rejected.PendingImport, wait until it is ready",
        "Rejected.Unavailable, cannot be used in its state",
        "UnsupportedOperation, configure a symmetric key",
        "Forbidden.NoPermission, allow kms:GenerateDataKey and kms:Decrypt",
        "InvalidAccessKeyId.NotFound, check the credentials",
        "Forbidden.AccessKey, check the credentials",
        "InvalidSecurityToken.Expired, check the credentials",
        "SignatureDoesNotMatch, check the credentials"
    })
    void saysForEachCodeWhatToDoAndRepeatsNothingElse(String code, String advice) throws Exception {
        kms.thenRefuse(code);
        SealingException making = catchThrowableOfType(SealingException.class, this::open);
        open();
        kms.thenRefuse(code);
        SealingException unwrapping = catchThrowableOfType(SealingException.class, this::open);
        for (SealingException failure : new SealingException[] {making, unwrapping}) {
            assertThat(failure)
                    .hasMessageContaining("the KMS key " + AlibabaKmsServer.KEY_ID)
                    .hasMessageContaining(advice)
                    .hasNoCause();
            assertThat(failure.getMessage()).doesNotContain(AlibabaKmsServer.SECRET, "http", "CiphertextBlob");
        }
    }

    @Test
    void saysThatKmsThrottles() {
        kms.always(KmsServer.Fault.THROTTLE);
        assertThatThrownBy(this::open).isInstanceOf(SealingException.class).hasMessageContaining("is throttled");
        assertThat(kms.requests()).hasSize(3);
    }

    @Test
    void endsWithinTheBudgetWhenKmsHangs() {
        kms.always(KmsServer.Fault.HANG);
        Duration budget = Duration.ofMillis(600);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> open(wrapper(AlibabaKmsServer.KEY_ID, budget)))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("does not answer in the time");
        // The budget, and what a busy machine takes besides.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(budget.plusSeconds(2));
    }

    @Test
    void sendsTheTokenOfASession() throws Exception {
        Map<String, String> session = new HashMap<>(AlibabaKmsServer.ENVIRONMENT);
        session.put("ALIBABA_CLOUD_SECURITY_TOKEN", "CAIS+token/of=session");
        open(wrapper(AlibabaKmsServer.KEY_ID, PATIENT, session));
        assertThat(kms.requests().getFirst().headers())
                .containsEntry("x-acs-security-token", "CAIS+token/of=session")
                .containsEntry("x-acs-accesskey-id", AlibabaKmsServer.ACCESS_KEY_ID);
    }

    @Test
    void refusesAWrongSecretAtKms() {
        Map<String, String> wrong = new HashMap<>(AlibabaKmsServer.ENVIRONMENT);
        wrong.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "another");
        assertThatThrownBy(() -> open(wrapper(AlibabaKmsServer.KEY_ID, PATIENT, wrong)))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @CsvSource({
        "ALIBABA_CLOUD_ACCESS_KEY_ID, ''",
        "ALIBABA_CLOUD_ACCESS_KEY_ID, 'a b'",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET, ''",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET, 'secret with spaces'",
        "ALIBABA_CLOUD_SECURITY_TOKEN, 'a b'"
    })
    void asksForCredentialsAndDoesNotRepeatThem(String variable, String value) {
        Map<String, String> environment = new HashMap<>(AlibabaKmsServer.ENVIRONMENT);
        environment.put(variable, value);
        assertThatThrownBy(() -> wrapper(AlibabaKmsServer.KEY_ID, PATIENT, environment))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET")
                .hasMessageNotContaining("secret with")
                .hasMessageNotContaining(AlibabaKmsServer.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "alias/registry", "acs:kms:cn-hangzhou:1234567890123456:key/key-hzz", "key\n"})
    void refusesWhatIsNoKeyId(String keyId) {
        assertThatThrownBy(() -> new AlibabaKey(keyId, kms.endpoint(), PATIENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither an alias nor an ARN");
    }
}
