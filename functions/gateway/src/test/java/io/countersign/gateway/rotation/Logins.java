package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.sessions.ProviderName;
import io.countersign.rotate.sessions.RevokeFunction;
import io.countersign.verify.decide.VerifyAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Users work without pause, over processes with caches of their own, while now and then one of them, or one session, is revoked. */
final class Logins {
    private static final int USERS = 8;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(9);
    private static final String BUCKET = "photos";

    private final Site site;
    private final RandomGenerator random;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Login> logins = new ArrayList<>();
    private final Map<String, Instant> users = new HashMap<>();
    private final Map<String, Instant> sessions = new HashMap<>();
    int accepted;
    int refused;

    Logins(Site site, int processes, RandomGenerator random) throws Exception {
        this.site = site;
        this.random = random;
        for (int i = 0; i < processes; i++) {
            readers.add(site.reader());
        }
        for (int i = 0; i < USERS; i++) {
            logIn("user-" + i);
        }
    }

    void run(int revocations) throws Exception {
        for (int i = 0; i < revocations; i++) {
            for (int step = 0; step < 4; step++) {
                site.pass(Duration.ofMillis(random.nextInt(2_500)));
                work();
            }
            revoke();
            work();
        }
        site.pass(Site.BOUND);
        work();
    }

    private void work() throws Exception {
        logins.removeIf(login -> site.now.isAfter(login.issued().plus(TOKEN_LIFE)));
        for (Login login : List.copyOf(logins)) {
            ask(login);
            use(login);
        }
        for (int i = 0; i < USERS; i++) {
            String user = "user-" + i;
            if (logins.stream()
                    .noneMatch(login ->
                            login.subject().equals(user) && revoked(login).isEmpty())) {
                logIn(user);
            }
        }
    }

    private void logIn(String user) throws Exception {
        logins.add(new Login(user, site.login(user), site.now.truncatedTo(ChronoUnit.SECONDS)));
    }

    private void ask(Login login) {
        switch (any().token(login.token(), site.now)) {
            case Login.Answer.Session session -> {
                assertThat(isOver(revoked(login)))
                        .as("a session for a revoked login")
                        .isFalse();
                login.sessions().add(new Login.Owned(session, site.now));
                accepted++;
            }
            case Login.Answer.Refused answer -> {
                assertThat(answer.code()).isEqualTo("TokenRevoked");
                assertThat(revoked(login)).as("a login that is good is refused").isPresent();
                refused++;
            }
        }
    }

    private void use(Login login) throws StoreUnavailable {
        if (login.sessions().isEmpty()) {
            return;
        }
        Login.Owned held = login.sessions().get(random.nextInt(login.sessions().size()));
        Login.Answer.Session session = held.session();
        String object = "users/" + login.subject() + "/photo.jpg";
        VerifyAnswer answer = any().verify(
                        Held.presigned(BUCKET, object, session.key(), Optional.of(session.token()), site.now),
                        site.now);
        Optional<Instant> since = revoked(login, held);
        if (answer.allowed()) {
            assertThat(isOver(since)).as("accepted a revoked session").isFalse();
            accepted++;
        } else {
            assertThat(answer.error().orElseThrow().code()).isEqualTo("InvalidSecurityToken");
            assertThat(since).as("refused a session that is good").isPresent();
            refused++;
        }
    }

    private void revoke() throws StoreUnavailable {
        Login login = logins.get(random.nextInt(logins.size()));
        switch (random.nextInt(3)) {
            case 0 -> {
                site.send(new IncomingEvent.SubjectCompromised(
                        site.newId(), ProviderName.of("login").orElseThrow(), login.subject()));
                users.put(login.subject(), site.now);
            }
            case 1 -> {
                post(json -> json.put("provider", "login").put("subject", login.subject()));
                users.put(login.subject(), site.now);
            }
            default -> {
                if (!login.sessions().isEmpty()) {
                    String id = login.sessions()
                            .get(random.nextInt(login.sessions().size()))
                            .session()
                            .id();
                    post(json -> json.put("session", id));
                    sessions.putIfAbsent(id, site.now);
                }
            }
        }
    }

    private void post(Consumer<JsonText.ObjectWriter> body) {
        Reply reply = new RevokeFunction(site.witness, site.random)
                .handle(
                        new Call(
                                "POST",
                                "/sessions/revoke",
                                Optional.empty(),
                                List.of(new Header("Content-Type", "application/json")),
                                Bytes.utf8(JsonText.object(body)),
                                "127.0.0.1",
                                false),
                        site.now);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
    }

    /** The revocation that the login must not outlive. */
    private Optional<Instant> revoked(Login login) {
        return Optional.ofNullable(users.get(login.subject()))
                .filter(moment -> !login.issued().isAfter(moment));
    }

    /** The same of a session, which ends with its login, however late a process made it. */
    private Optional<Instant> revoked(Login login, Login.Owned held) {
        return revoked(login)
                .or(() -> Optional.ofNullable(sessions.get(held.session().id())));
    }

    /** Whether every process must know it. */
    private boolean isOver(Optional<Instant> since) {
        return since.filter(moment -> !site.now.isBefore(moment.plus(Site.BOUND)))
                .isPresent();
    }

    private Reader any() {
        return readers.get(random.nextInt(readers.size()));
    }
}
