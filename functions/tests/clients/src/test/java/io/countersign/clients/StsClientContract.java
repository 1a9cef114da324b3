package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.gateway.storage.ClientKind;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.RefusedByStorage;
import io.countersign.gateway.storage.StorageClient;
import io.countersign.gateway.storage.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of every client of STS with the gateway. */
abstract class StsClientContract {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final AssumeRoleArguments UPLOADER = AssumeRoleArguments.of("uploader");
    private static final AssumeRoleArguments MOBILE = AssumeRoleArguments.of("mobile-app");

    abstract ClientStorage guarded();

    /** @param endpoint host and port */
    abstract StsClient client(String endpoint, Login login);

    private StsClient client(Login login) {
        return client(guarded().gateway.authority(), login);
    }

    @AfterEach
    void setTheClockRight() {
        guarded().clock.set(Duration.ZERO);
    }

    private static RefusedByServer refused(String code, ThrowingCallable call) {
        RefusedByServer refusal = catchThrowableOfType(RefusedByServer.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }

    private static void refusedByStorage(String code, ThrowingCallable call) {
        RefusedByStorage refusal = catchThrowableOfType(RefusedByStorage.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    private StorageClient storage(Session session) {
        return ClientKind.SDK_V4.client(guarded().storage.endpoint(), session.login());
    }

    @Test
    void anAssumedRoleMayWhatTheRoleMay() {
        Session session = client(Login.APP_SERVER).assumeRole(UPLOADER);
        assertThat(session.login().id()).startsWith("STS.");
        assertThat(session.expiration())
                .isBetween(
                        Instant.now().plus(14, ChronoUnit.MINUTES),
                        Instant.now().plus(15, ChronoUnit.MINUTES));
        try (StorageClient storage = storage(session)) {
            storage.put(BUCKET, "uploads/a.txt", "hello");
            assertThat(storage.get(BUCKET, "uploads/a.txt")).isEqualTo("hello");
            refusedByStorage("AccessDenied", () -> storage.put(BUCKET, "elsewhere/a.txt", "hello"));
            refusedByStorage("AccessDenied", () -> storage.delete(BUCKET, "uploads/a.txt"));
        }
    }

    @Test
    void aSessionPolicyNarrowsTheRole() {
        String readA = """
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:*","Resource":"acs:oss:*:*:examplebucket/uploads/a*"}]}\
                """;
        Session session = client(Login.APP_SERVER).assumeRole(UPLOADER.with(readA));
        try (StorageClient storage = storage(session)) {
            storage.put(BUCKET, "uploads/a.txt", "hello");
            refusedByStorage("AccessDenied", () -> storage.put(BUCKET, "uploads/b.txt", "hello"));
            refusedByStorage("AccessDenied", () -> storage.delete(BUCKET, "uploads/a.txt"));
        }
    }

    @Test
    void aTokenOfTheLoginAssumesARole() throws Exception {
        StsClient client = client(Login.NOBODY);
        assumeTrue(client.knowsOidc());
        Session session = client.assumeRoleWithOidc(MOBILE, guarded().tokens.of("carol"));
        try (StorageClient storage = storage(session)) {
            storage.put(BUCKET, "users/carol/a.txt", "hello");
            assertThat(storage.get(BUCKET, "users/carol/a.txt")).isEqualTo("hello");
            refusedByStorage("AccessDenied", () -> storage.get(BUCKET, "users/dave/a.txt"));
        }
    }

    @Test
    void aTokenOfTheLoginThatIsNotGoodIsRefused() throws Exception {
        StsClient client = client(Login.NOBODY);
        assumeTrue(client.knowsOidc());
        String good = guarded().tokens.of("carol");
        String signedByAnother = new Tokens().of("carol");
        refused(
                "AuthenticationFail.OIDCToken.InvalidSignature",
                () -> client.assumeRoleWithOidc(MOBILE, signedByAnother));
        refused("AuthenticationFail.OIDCToken.Invalid", () -> client.assumeRoleWithOidc(MOBILE, "no token"));
        refused("NoPermission", () -> client.assumeRoleWithOidc(UPLOADER, good));
        guarded().clock.set(Duration.ofMinutes(12));
        refused("AuthenticationFail.OIDCToken.Expired", () -> client.assumeRoleWithOidc(MOBILE, good));
    }

    @Test
    void callersAreToldWhoTheyAre() {
        StsClient client = client(Login.APP_SERVER);
        assumeTrue(client.knowsIdentity());
        assertThat(client.callerArn()).isEqualTo("acs:ram::1234567890123456:user/app-server");
        assertThat(client(Login.ACCOUNT).callerArn()).isEqualTo("acs:ram::1234567890123456:root");
        Session session = client.assumeRole(UPLOADER);
        assertThat(client(session.login()).callerArn()).isEqualTo("acs:ram::1234567890123456:role/uploader/tester");
    }

    @Test
    void namesThePolicyThatRefusedAssumeRole() {
        assertThat(refused(
                        "NoPermission", () -> client(Login.ALICE).assumeRole(AssumeRoleArguments.of("trusts-alice"))))
                .hasMessageContaining("caller");
        assertThat(refused(
                        "NoPermission",
                        () -> client(Login.APP_SERVER).assumeRole(AssumeRoleArguments.of("trusts-alice"))))
                .hasMessageContaining("trust");
        refused("NoPermission", () -> client(Login.ACCOUNT).assumeRole(UPLOADER));
        refused("NoPermission", () -> client(Login.STRANGER).assumeRole(UPLOADER));
    }

    @Test
    void aSessionAssumesNoRole() {
        StsClient client = client(Login.APP_SERVER);
        assumeTrue(client.knowsIdentity());
        Session session = client.assumeRole(UPLOADER);
        refused("NoPermission", () -> client(session.login()).assumeRole(UPLOADER));
    }

    @Test
    void aRoleThatIsNotThereIsNotThere() {
        refused("EntityNotExist.Role", () -> client(Login.APP_SERVER).assumeRole(AssumeRoleArguments.of("nobody")));
    }

    @Test
    void aWrongSecretIsRefused() {
        StsClient client = client(new Login(Login.APP_SERVER.id(), "another-secret-0123456789abcde"));
        refused(client.refusalOfSecret(), () -> client.assumeRole(UPLOADER));
    }

    @Test
    void keysThatAreUnknownOrInactiveAreRefused() {
        refused("InvalidAccessKeyId.NotFound", () -> client(Login.NOBODY).assumeRole(UPLOADER));
        refused("InvalidAccessKeyId.Inactive", () -> client(Login.SLEEPER).assumeRole(UPLOADER));
    }

    @Test
    void parametersThatAreOutOfBoundsAreRefused() {
        StsClient client = client(Login.APP_SERVER);
        refused("InvalidParameter.DurationSeconds", () -> client.assumeRole(UPLOADER.lasting(899)));
        refused("InvalidParameter.DurationSeconds", () -> client.assumeRole(UPLOADER.lasting(3_601)));
        refused(
                "InvalidParameter.PolicyGrammar",
                () -> client.assumeRole(UPLOADER.with("{\"Version\":\"1\",\"Statement\":\"none\"}")));
    }

    @Test
    void aClockThatIsFarOffIsRefused() {
        StsClient client = client(Login.APP_SERVER);
        guarded().clock.set(Duration.ofMinutes(16));
        refused("InvalidTimeStamp.Expired", () -> client.assumeRole(UPLOADER));
        guarded().clock.set(Duration.ofMinutes(-16));
        refused("InvalidTimeStamp.Expired", () -> client.assumeRole(UPLOADER));
    }

    @Test
    void aCallSentAgainIsRefused() throws Exception {
        try (Recorder recorder = new Recorder(guarded().gateway.authority())) {
            client(recorder.authority(), Login.APP_SERVER).assumeRole(UPLOADER);
            assertThat(recorder.sendAgain()).contains(" 400 ").contains("SignatureNonceUsed");
        }
    }
}
