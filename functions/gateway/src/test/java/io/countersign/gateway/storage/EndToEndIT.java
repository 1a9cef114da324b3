package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Alibaba Cloud's own SDKs against a storage that asks the gateway about each of their requests. */
@ExtendWith(WorldParameter.class)
class EndToEndIT {
    private static final String BUCKET = World.PRIVATE;
    private static final String ODD = "users/alice/a b+c%2B/中?&=#~!'()*.txt";

    private final World world;

    EndToEndIT(World world) {
        this.world = world;
    }

    private StorageClient client(ClientKind kind, Login login) {
        return kind.client(world.storage.endpoint(), login);
    }

    private static void refused(String code, ThrowingCallable call) {
        RefusedByStorage refusal = catchThrowableOfType(RefusedByStorage.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource
    void theAccountsOwnKeyDoesWhatItWantsWithItsBucket(ClientKind kind) {
        everyOperationWorks(kind, Login.ACCOUNT, "owned/" + kind + "/");
    }

    @ParameterizedTest
    @EnumSource
    void aRamUserWorksInItsPrefix(ClientKind kind) {
        everyOperationWorks(kind, Login.ALICE, "users/alice/" + kind + "/");
    }

    private void everyOperationWorks(ClientKind kind, Login login, String prefix) {
        try (StorageClient client = client(kind, login)) {
            client.put(BUCKET, prefix + "a.txt", "hello");
            assertThat(client.get(BUCKET, prefix + "a.txt")).isEqualTo("hello");
            assertThat(client.size(BUCKET, prefix + "a.txt")).isEqualTo(5);
            client.copy(BUCKET, prefix + "a.txt", BUCKET, prefix + "b.txt");
            client.putInParts(BUCKET, prefix + "c.txt", List.of("one ", "two ", "three"));
            assertThat(client.get(BUCKET, prefix + "c.txt")).isEqualTo("one two three");
            client.copyInParts(BUCKET, prefix + "c.txt", BUCKET, prefix + "a.txt");
            assertThat(client.get(BUCKET, prefix + "a.txt")).isEqualTo("one two three");
            client.abort(BUCKET, prefix + "d.txt");
            assertThat(client.list(BUCKET, prefix))
                    .containsExactly(prefix + "a.txt", prefix + "b.txt", prefix + "c.txt");
            client.delete(BUCKET, prefix + "a.txt");
            assertThat(client.listAgain(BUCKET, prefix)).containsExactly(prefix + "b.txt", prefix + "c.txt");
            client.deleteAll(BUCKET, List.of(prefix + "b.txt", prefix + "c.txt"));
            assertThat(client.list(BUCKET, prefix)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysOfEveryKindSurvive(ClientKind kind) {
        try (StorageClient client = client(kind, Login.ALICE)) {
            client.put(BUCKET, ODD, "odd");
            assertThat(client.get(BUCKET, ODD)).isEqualTo("odd");
            client.copy(BUCKET, ODD, BUCKET, ODD + "2");
            assertThat(client.get(BUCKET, ODD + "2")).isEqualTo("odd");
            client.deleteAll(BUCKET, List.of(ODD, ODD + "2"));
            refused("NoSuchKey", () -> client.get(BUCKET, ODD));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherUsersPrefixIsRefused(ClientKind kind) throws Exception {
        world.storage.seed(BUCKET, "users/bob/a.txt", "bob's");
        try (StorageClient client = client(kind, Login.ALICE)) {
            refused("AccessDenied", () -> client.get(BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.size(BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.put(BUCKET, "users/bob/a.txt", "mine"));
            refused("AccessDenied", () -> client.delete(BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.copy(BUCKET, "users/bob/a.txt", BUCKET, "users/alice/stolen"));
            refused("AccessDenied", () -> client.copyInParts(BUCKET, "users/bob/a.txt", BUCKET, "users/alice/stolen"));
            refused("AccessDenied", () -> client.copy(BUCKET, "users/alice/x", BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.abort(BUCKET, "users/bob/a.txt"));
            refused("AccessDenied", () -> client.list(BUCKET, "users/bob/"));
            refused("AccessDenied", () -> client.listAgain(BUCKET, ""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneForbiddenKeyForbidsTheWholeDelete(ClientKind kind) throws Exception {
        world.storage.seed(BUCKET, "users/alice/mine", "m");
        world.storage.seed(BUCKET, "users/alice/keep/this", "k");
        try (StorageClient client = client(kind, Login.ALICE)) {
            refused(
                    "AccessDenied",
                    () -> client.deleteAll(BUCKET, List.of("users/alice/mine", "users/alice/keep/this")));
            refused("AccessDenied", () -> client.delete(BUCKET, "users/alice/keep/this"));
            assertThat(client.get(BUCKET, "users/alice/mine")).isEqualTo("m");
            assertThat(client.get(BUCKET, "users/alice/keep/this")).isEqualTo("k");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherAccountsBucketIsRefused(ClientKind kind) throws Exception {
        world.storage.seed(World.FOREIGN, "a.txt", "foreign");
        try (StorageClient client = client(kind, Login.ACCOUNT)) {
            refused("AccessDenied", () -> client.get(World.FOREIGN, "a.txt"));
            refused("AccessDenied", () -> client.list(World.FOREIGN, ""));
            refused("AccessDenied", () -> client.copy(World.FOREIGN, "a.txt", BUCKET, "stolen.txt"));
        }
        try (StorageClient client = client(kind, Login.STRANGER)) {
            assertThat(client.get(World.FOREIGN, "a.txt")).isEqualTo("foreign");
            refused("AccessDenied", () -> client.put(BUCKET, "a.txt", "x"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBucketThatIsNotThereIsNotThere(ClientKind kind) {
        try (StorageClient client = client(kind, Login.ACCOUNT)) {
            refused("NoSuchBucket", () -> client.get("no-such-bucket", "a.txt"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownKeyIsRefused(ClientKind kind) {
        try (StorageClient client = client(kind, Login.NOBODY)) {
            refused("InvalidAccessKeyId", () -> client.get(BUCKET, "users/alice/a.txt"));
            refused("InvalidAccessKeyId", () -> client.get(World.PUBLIC, "a.txt"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInactiveKeyIsRefused(ClientKind kind) {
        try (StorageClient client = client(kind, Login.SLEEPER)) {
            refused("InvalidAccessKeyId", () -> client.get(BUCKET, "users/alice/a.txt"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSecretIsRefusedEvenForWhatIsPublic(ClientKind kind) throws Exception {
        world.storage.seed(World.PUBLIC, "a.txt", "public");
        try (StorageClient client = client(kind, Login.ALICE.withSecret("another-secret-0123456789abcde"))) {
            refused("SignatureDoesNotMatch", () -> client.get(BUCKET, "users/alice/a.txt"));
            refused("SignatureDoesNotMatch", () -> client.put(BUCKET, "users/alice/a.txt", "x"));
            refused("SignatureDoesNotMatch", () -> client.size(BUCKET, "users/alice/a.txt"));
            refused("SignatureDoesNotMatch", () -> client.get(World.PUBLIC, "a.txt"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void urlsThatTheSdkPresignsWork(ClientKind kind) throws Exception {
        world.storage.seed(BUCKET, ODD, "odd");
        try (StorageClient client = client(kind, Login.ALICE)) {
            String url = client.presign(BUCKET, ODD, Instant.now().plus(Duration.ofMinutes(5)));
            assertThat(world.get(url).body()).isEqualTo("odd");
            String tampered = url.replace("/users/alice/", "/users/alicf/");
            assertThat(world.get(tampered).statusCode()).isEqualTo(403);
            assertThat(world.get(tampered).body()).contains("<Code>SignatureDoesNotMatch</Code>");
            assertThat(world.get(url + "&x-oss-process=image/info").statusCode())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void urlsThatTheSdkPresignsForOthersAreJudgedWhenTheyAreUsed(ClientKind kind) throws Exception {
        try (StorageClient client = client(kind, Login.ALICE)) {
            String url = client.presign(BUCKET, "users/bob/a.txt", Instant.now().plus(Duration.ofMinutes(5)));
            assertThat(world.get(url).statusCode()).isEqualTo(403);
            assertThat(world.get(url).body()).contains("<Code>AccessDenied</Code>");
        }
    }
}
