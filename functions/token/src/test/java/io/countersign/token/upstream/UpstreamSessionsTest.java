package io.countersign.token.upstream;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.call;
import static io.countersign.token.SampleAccounts.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.LongWork;
import io.countersign.http.Reply;
import io.countersign.http.client.Transport;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Ports;
import io.countersign.testkit.Seeds;
import io.countersign.token.SampleAccounts;
import io.countersign.token.TokenFunction;
import io.countersign.token.sts.StsFunction;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code /token} for roles whose authority is {@code sts}, over HTTP: against our own STS endpoint, and against other servers in its place. */
class UpstreamSessionsTest {
    private static final String POLICY = "{\"Version\":\"1\",\"Statement\":["
            + "{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\",\"Resource\":[\"acs:oss:*:*:examplebucket/users/alice/*\"]},"
            + "{\"Effect\":\"Allow\",\"Action\":\"oss:ListObjects\",\"Resource\":[\"acs:oss:*:*:examplebucket\"]}]}";

    private final SampleAccounts here = new SampleAccounts();

    @Test
    void ourOwnStsMakesTheSession() {
        SampleAccounts there = SampleAccounts.withUpstreamOfItsOwn();
        StsFunction sts = new StsFunction(
                there.authenticator,
                there.registry,
                new SubjectLimits(Seeds.secure()),
                there.fixture.store,
                there.fixture.random);
        try (FaultyServer server = new FaultyServer(face(sts))) {
            Reply reply = ask(server.endpoint(), "role=upstream&durationSeconds=1200");
            assertThat(member(reply, "StatusCode")).as(reply.body().utf8()).contains("200");
            assertThat(member(reply, "AccessKeyId").orElseThrow()).startsWith("STS.");
            assertThat(member(reply, "Expiration")).contains("2026-11-22T08:20:00Z");
            QueryParameters form = parsed(server.forms.getFirst());
            assertThat(form.first("Policy")).contains(POLICY);
            assertThat(form.first("RoleArn")).contains("acs:ram::1234567890123456:role/upstream");
            assertThat(form.first("RoleSessionName")).contains("alice");
            assertThat(form.first("AccessKeyId")).contains(SampleAccounts.ADA_KEY);
        }
    }

    @Test
    void aSessionIsKeptForHalfOfItsLife() {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("08:30:00")))) {
            TokenFunction tokens = here.tokens(server.endpoint());
            Reply first = ask(tokens, "role=upstream", NOW);
            assertThat(member(first, "StatusCode")).contains("200");
            assertThat(ask(tokens, "role=upstream", NOW.plusSeconds(899)).body().utf8())
                    .isEqualTo(first.body().utf8());
            assertThat(server.forms).hasSize(1);
            ask(tokens, "role=upstream", NOW.plusSeconds(900));
            assertThat(server.forms).hasSize(2);
        }
    }

    @Test
    void anotherDurationOrCallerIsAnotherSession() {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("09:00:00")))) {
            TokenFunction tokens = here.tokens(server.endpoint());
            ask(tokens, "role=upstream", NOW);
            ask(tokens, "role=upstream&durationSeconds=900", NOW);
            ask(tokens, "role=upstream", SampleAccounts.token("web"), NOW);
            ask(tokens, "role=upstream", loggedIn("bob", NOW), NOW);
            assertThat(server.forms).hasSize(4);
        }
    }

    @Test
    void doesNotReturnARevokedSession() throws Exception {
        for (RevocationItem.Revocable about : List.of(
                new RevocationItem.Revocable.OfRole(roleId()),
                new RevocationItem.Revocable.OfProvider(SampleAccounts.ACCOUNT, "demo"),
                new RevocationItem.Revocable.OfAccessKey(SampleAccounts.ADA_KEY))) {
            try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("09:00:00")))) {
                TokenFunction tokens = here.tokens(server.endpoint());
                Instant asked = NOW.plusSeconds(1);
                ask(tokens, "role=upstream", asked);
                new Revocations(here.fixture.store).revoke(about, asked, NOW.plusSeconds(2));
                ask(tokens, "role=upstream", NOW.plusSeconds(3));
                assertThat(server.forms).as(about.key()).hasSize(2);
                ask(tokens, "role=upstream", NOW.plusSeconds(4));
                assertThat(server.forms).as(about.key()).hasSize(2);
            }
            here.fixture.store.write(
                    Transaction.of(Write.delete(RevocationItem.key(about), Condition.anything())), NOW);
        }
    }

    @Test
    void aRevokedUserGetsNoCachedSessionAtTheNextLogin() throws Exception {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("09:00:00")))) {
            TokenFunction tokens = here.tokens(server.endpoint());
            ask(tokens, "role=upstream", loggedIn("alice", NOW), NOW);
            ask(tokens, "role=upstream", loggedIn("bob", NOW), NOW);
            new Revocations(here.fixture.store)
                    .revoke(
                            new RevocationItem.Revocable.OfSubject(
                                    new RevocationItem.Revocable.OfProvider(SampleAccounts.ACCOUNT, "demo"), "alice"),
                            NOW.plusSeconds(1),
                            NOW.plusSeconds(1));
            refused(
                    ask(tokens, "role=upstream", loggedIn("alice", NOW), NOW.plusSeconds(2)),
                    401,
                    "TokenRevoked",
                    "log in again");
            assertThat(server.forms).hasSize(2);
            String again = loggedIn("alice", NOW.plusSeconds(2));
            assertThat(member(ask(tokens, "role=upstream", again, NOW.plusSeconds(2)), "StatusCode"))
                    .contains("200");
            assertThat(server.forms).hasSize(3);
            ask(tokens, "role=upstream", again, NOW.plusSeconds(3));
            ask(tokens, "role=upstream", loggedIn("bob", NOW), NOW.plusSeconds(3));
            assertThat(server.forms).hasSize(3);
        }
    }

    /** It is Alibaba Cloud's, so there is nothing to name it by in a revocation of one session. */
    @Test
    void aSessionOfStsHasNoIdHere() {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("09:00:00")))) {
            Reply reply = ask(server.endpoint(), "role=upstream");
            assertThat(member(reply, "StatusCode")).contains("200");
            assertThat(reply.body().utf8()).doesNotContain("SessionId");
        }
    }

    private static String loggedIn(String subject, Instant at) {
        TestToken good = TestToken.good("EdDSA", "ed");
        return good.withPayload(good.payload()
                        .replace("\"sub\":\"alice\"", "\"sub\":\"" + subject + "\"")
                        .replaceFirst("\"iat\":[0-9]+", "\"iat\":" + at.getEpochSecond()))
                .signed(TestKeys.ED25519, "EdDSA");
    }

    @Test
    void returnsNoCachedSessionToACallerWhoLostTrust() throws Exception {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("09:00:00")))) {
            TokenFunction tokens = here.tokens(server.endpoint());
            ask(tokens, "role=upstream", NOW);
            here.trustNobody();
            assertThat(member(ask(tokens, "role=upstream", NOW.plusSeconds(1)), "ErrorCode"))
                    .contains("NotTrusted");
        }
    }

    @Test
    void tellsOfLongWorkBeforeStsIsAsked() throws Exception {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("09:00:00")))) {
            UpstreamSessions onLoop = new UpstreamSessions(
                    here.registry,
                    new SubjectLimits(Seeds.secure()),
                    server.endpoint(),
                    here.fixture.random,
                    System::nanoTime,
                    () -> {
                        throw new IllegalStateException("not here");
                    });
            TokenFunction tokens = new TokenFunction(
                    here.authenticator, here.registry, new SubjectLimits(Seeds.secure()), onLoop, here.fixture.random);
            assertThatThrownBy(() -> ask(tokens, "role=upstream", NOW)).hasMessage("not here");
            assertThat(server.forms).isEmpty();
        }
    }

    @Test
    void aCachedSessionCountsAndPastTheLimitStsIsNotAsked() {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("09:00:00")))) {
            TokenFunction tokens = here.tokens(server.endpoint());
            for (int i = 0; i < 2; i++) {
                assertThat(member(ask(tokens, "role=upstream-limited", NOW), "StatusCode"))
                        .contains("200");
            }
            assertThat(server.forms).hasSize(1);
            Reply reply = ask(tokens, "role=upstream-limited", NOW);
            refused(reply, 429, "TooManyRequests", "2 sessions in a minute");
            assertThat(reply.header("Retry-After")).contains("70");
            refused(
                    ask(tokens, "role=upstream-limited&durationSeconds=900", NOW),
                    429,
                    "TooManyRequests",
                    "2 sessions");
            assertThat(server.forms).hasSize(1);
            assertThat(member(ask(tokens, "role=upstream-limited", NOW.plusSeconds(70)), "StatusCode"))
                    .contains("200");
        }
    }

    @Test
    void moreThanAnAccountMayAskForIsRefusedWithAPause() {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, session("09:00:00")))) {
            UpstreamSessions frozen = new UpstreamSessions(
                    here.registry,
                    new SubjectLimits(Seeds.secure()),
                    server.endpoint(),
                    here.fixture.random,
                    () -> 0L,
                    LongWork.ANYWHERE);
            TokenFunction tokens = new TokenFunction(
                    here.authenticator, here.registry, new SubjectLimits(Seeds.secure()), frozen, here.fixture.random);
            for (int i = 0; i < 100; i++) {
                Reply reply = ask(tokens, "role=upstream&durationSeconds=" + (900 + i), NOW);
                assertThat(member(reply, "StatusCode")).contains("200");
            }
            Reply reply = ask(tokens, "role=upstream&durationSeconds=2000", NOW);
            refused(reply, 429, "TooManyRequests", "try again in a second");
            assertThat(reply.header("Retry-After")).contains("1");
            assertThat(member(ask(tokens, "role=upstream&durationSeconds=900", NOW), "StatusCode"))
                    .contains("200");
            assertThat(server.forms).hasSize(100);
        }
    }

    private String roleId() throws StoreUnavailable {
        return here.registry
                .role(SampleAccounts.ACCOUNT, "upstream", ReadAhead.NOTHING, NOW)
                .orElseThrow()
                .roleId();
    }

    private static String session(String until) {
        return "{\"Credentials\":{\"AccessKeyId\":\"STS.abc\",\"AccessKeySecret\":\"secret\",\"SecurityToken\":\"token\","
                + "\"Expiration\":\"2026-11-22T" + until + "Z\"}}";
    }

    @Test
    void theCodeOfItsRefusalIsPassedOn() {
        StsFunction sts = new StsFunction(
                here.authenticator,
                here.registry,
                new SubjectLimits(Seeds.secure()),
                here.fixture.store,
                here.fixture.random);
        try (FaultyServer server = new FaultyServer(face(sts))) {
            refused(ask(server.endpoint(), "role=upstream"), 502, "UpstreamRefused", "refused with NoPermission");
        }
    }

    @Test
    void aCallersOwnPolicyIsRefused() {
        refused(
                ask(UpstreamSessions.StsEndpoint.DEFAULT, "role=upstream&policy=" + PercentEncoding.encode(POLICY)),
                400,
                "PolicyNotTaken",
                "leave policy out");
    }

    @Test
    void aDurationBeyondTheRolesMaximumIsRefused() {
        refused(
                ask(UpstreamSessions.StsEndpoint.DEFAULT, "role=upstream&durationSeconds=3601"),
                400,
                "InvalidDuration",
                "3600");
    }

    @Test
    void aPolicyThatStsWouldNotTakeIsRefused() {
        refused(ask(UpstreamSessions.StsEndpoint.DEFAULT, "role=upstream-long"), 403, "PolicyTooLong", "2048");
        TestToken colon = TestToken.good("EdDSA", "ed");
        String token = colon.withPayload(colon.payload().replace("\"sub\":\"alice\"", "\"sub\":\"a:b\""))
                .signed(TestKeys.ED25519, "EdDSA");
        refused(
                ask(UpstreamSessions.StsEndpoint.DEFAULT, "role=upstream-owner", token),
                403,
                "PolicyInexpressible",
                "the claim sub has a colon");
    }

    @Test
    void aSignerWithoutAKeyIsRefused() {
        refused(
                ask(UpstreamSessions.StsEndpoint.DEFAULT, "role=upstream-keyless"),
                503,
                "SignerUnavailable",
                "active access key");
    }

    @Test
    void retriesAFailureAndThenReportsIt() {
        for (FaultyServer.Way way : List.of(FaultyServer.status(500, "oops"), FaultyServer.reset())) {
            try (FaultyServer server = new FaultyServer(way)) {
                refused(ask(server.endpoint(), "role=upstream"), 503, "UpstreamUnavailable", "try again");
                assertThat(server.forms.size()).isGreaterThanOrEqualTo(3);
            }
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNone() {
        try (FaultyServer server =
                new FaultyServer(FaultyServer.status(200, "x".repeat(Transport.HttpTransport.MAX_BYTES + 1)))) {
            refused(ask(server.endpoint(), "role=upstream"), 503, "UpstreamUnavailable", "try again");
        }
    }

    @Test
    void garbageIsRefusedAtOnce() {
        try (FaultyServer server = new FaultyServer(FaultyServer.status(200, "<html>"))) {
            refused(ask(server.endpoint(), "role=upstream"), 502, "UpstreamUnusable", "does not answer like STS");
            assertThat(server.forms).hasSize(1);
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (FaultyServer elsewhere = new FaultyServer(FaultyServer.status(200, "{}"));
                FaultyServer server = new FaultyServer(
                        FaultyServer.redirect(elsewhere.endpoint().uri().toString()))) {
            refused(ask(server.endpoint(), "role=upstream"), 502, "UpstreamUnusable", "does not answer like STS");
            assertThat(elsewhere.forms).isEmpty();
        }
    }

    @Test
    void reportsAClosedPort() throws Exception {
        try (Socket bound = Ports.refusing()) {
            refused(
                    ask(
                            new UpstreamSessions.StsEndpoint(URI.create("http://127.0.0.1:" + bound.getLocalPort())),
                            "role=upstream"),
                    503,
                    "UpstreamUnavailable",
                    "try again");
        }
    }

    private Reply ask(UpstreamSessions.StsEndpoint endpoint, String query) {
        return ask(endpoint, query, SampleAccounts.token("app"));
    }

    private Reply ask(UpstreamSessions.StsEndpoint endpoint, String query, String token) {
        return ask(here.tokens(endpoint), query, token, NOW);
    }

    private static Reply ask(TokenFunction tokens, String query, Instant now) {
        return ask(tokens, query, SampleAccounts.token("app"), now);
    }

    private static Reply ask(TokenFunction tokens, String query, String token, Instant now) {
        return tokens.handle(call("GET", "/token", query, "", "Authorization", "Bearer " + token), now);
    }

    private static void refused(Reply reply, int status, String code, String message) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(member(reply, "ErrorCode")).as(reply.body().utf8()).contains(code);
        assertThat(member(reply, "StatusCode")).contains(Integer.toString(status));
        assertThat(member(reply, "ErrorMessage").orElseThrow()).contains(message);
    }

    private static FaultyServer.Way face(StsFunction sts) {
        return (exchange, form) -> {
            List<Header> headers = List.of(
                    new Header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type")));
            Reply reply = sts.handle(
                    new Call("POST", "/", Optional.empty(), headers, Bytes.utf8(form), "127.0.0.1", false), NOW);
            FaultyServer.status(reply.status(), reply.body().utf8()).answer(exchange, form);
        };
    }

    private static QueryParameters parsed(String form) {
        try {
            return QueryParameters.parse(form, EncodedText.URL);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }
}
