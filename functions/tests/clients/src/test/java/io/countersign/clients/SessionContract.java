package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.RefusedByStorage;
import io.countersign.gateway.storage.StorageClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of every SDK with a session of {@code /token}. */
abstract class SessionContract {
    static final String BUCKET = GuardedStorageManifest.PRIVATE;

    /** Seconds. */
    private static final int SHORTEST = 900;

    /** So long ago a session of the shortest length is begun that a client's clock, which is right, is still near enough. */
    private static final Duration BEHIND = Duration.ofMinutes(-10);

    /** And here it has ended. */
    private static final Duration AHEAD = Duration.ofMinutes(6);

    private final HttpClient http = HttpClient.newHttpClient();

    abstract ClientStorage guarded();

    /** A client with this session, which it keeps. */
    abstract StorageClient client(Login session);

    @AfterEach
    void setTheClockRight() {
        guarded().clock.set(Duration.ZERO);
    }

    static void refused(String code, ThrowingCallable call) {
        RefusedByStorage refusal = catchThrowableOfType(RefusedByStorage.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    private Login login(String subject) {
        return Phone.of(guarded(), subject).session(SHORTEST).login();
    }

    @Test
    void usersWorkBelowTheirPrefix() {
        try (StorageClient client = client(login("carol"))) {
            client.put(BUCKET, "users/carol/a b+c中.txt", "hello");
            assertThat(client.get(BUCKET, "users/carol/a b+c中.txt")).isEqualTo("hello");
            assertThat(client.size(BUCKET, "users/carol/a b+c中.txt")).isEqualTo(5);
            client.putInParts(BUCKET, "users/carol/parts", List.of("one ", "two"));
            assertThat(client.get(BUCKET, "users/carol/parts")).isEqualTo("one two");
            client.abort(BUCKET, "users/carol/never");
            refused("NoSuchKey", () -> client.get(BUCKET, "users/carol/never"));
        }
    }

    @Test
    void refusesWhatTheRoleDoesNotAllow() throws Exception {
        guarded().storage.seed(BUCKET, "users/dave/a.txt", "dave's");
        guarded().storage.seed(BUCKET, "users/carol/kept.txt", "kept");
        try (StorageClient client = client(login("carol"))) {
            refused("AccessDenied", () -> client.get(BUCKET, "users/dave/a.txt"));
            refused(client.refusalOfHead("AccessDenied"), () -> client.size(BUCKET, "users/dave/a.txt"));
            refused("AccessDenied", () -> client.put(BUCKET, "users/dave/a.txt", "mine"));
            refused("AccessDenied", () -> client.put(BUCKET, "users/carolx/a.txt", "mine"));
            refused("AccessDenied", () -> client.copy(BUCKET, "users/dave/a.txt", BUCKET, "users/carol/stolen"));
            refused("AccessDenied", () -> client.delete(BUCKET, "users/carol/kept.txt"));
            refused("AccessDenied", () -> client.list(BUCKET, "users/carol/"));
            refused("AccessDenied", () -> client.get(GuardedStorageManifest.FOREIGN, "users/carol/a.txt"));
            assertThat(client.get(BUCKET, "users/carol/kept.txt")).isEqualTo("kept");
        }
    }

    @Test
    void urlsThatASessionPresignsWork() throws Exception {
        guarded().storage.seed(BUCKET, "users/carol/shown.txt", "shown");
        try (StorageClient client = client(login("carol"))) {
            Instant soon = Instant.now().plus(Duration.ofMinutes(5));
            assertThat(get(client.presign(BUCKET, "users/carol/shown.txt", soon))
                            .body())
                    .isEqualTo("shown");
            HttpResponse<String> other = get(client.presign(BUCKET, "users/dave/a.txt", soon));
            assertThat(other.statusCode()).isEqualTo(403);
            assertThat(other.body()).contains("<Code>AccessDenied</Code>");
        }
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    @Test
    void afterItsEndASessionIsRefusedAndANewOneGoesOn() {
        guarded().clock.set(BEHIND);
        Phone phone = Phone.of(guarded(), "carol");
        try (StorageClient client = client(phone.session(SHORTEST).login())) {
            client.put(BUCKET, "users/carol/day.txt", "first");
            guarded().clock.set(AHEAD);
            refused("SecurityTokenExpired", () -> client.get(BUCKET, "users/carol/day.txt"));
        }
        try (StorageClient client = client(login("carol"))) {
            assertThat(client.get(BUCKET, "users/carol/day.txt")).isEqualTo("first");
            client.put(BUCKET, "users/carol/day.txt", "second");
        }
    }

    @Test
    void aKeyWithTheTokenOfAnotherSessionIsRefused() {
        Login one = login("carol");
        Login other = login("carol");
        Login mixed = new Login(one.id(), one.secret(), other.securityToken().orElseThrow());
        try (StorageClient client = client(mixed)) {
            refused("AccessKeyIdAndSecurityTokenNotMatch", () -> client.get(BUCKET, "users/carol/a.txt"));
        }
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        Login login = login("carol");
        String token = login.securityToken().orElseThrow();
        int middle = token.length() / 2;
        char changed = token.charAt(middle) == 'A' ? 'B' : 'A';
        Login spoiled = new Login(
                login.id(), login.secret(), token.substring(0, middle) + changed + token.substring(middle + 1));
        try (StorageClient client = client(spoiled)) {
            refused("InvalidSecurityToken", () -> client.get(BUCKET, "users/carol/a.txt"));
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        Login login = login("carol");
        Login wrong = new Login(
                login.id(),
                "another-secret-0123456789abcde",
                login.securityToken().orElseThrow());
        try (StorageClient client = client(wrong)) {
            refused("SignatureDoesNotMatch", () -> client.get(BUCKET, "users/carol/a.txt"));
        }
    }
}
