package io.countersign.verify;

import static io.countersign.verify.decide.SampleRegistry.NOW;
import static io.countersign.verify.decide.SampleRegistry.PRIVATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.token.SessionIssuer;
import io.countersign.identity.token.SessionReader;
import io.countersign.oss.BaseDomains;
import io.countersign.policy.PlaceTags;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.SessionWay;
import io.countersign.verify.decide.Sessions;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import io.countersign.verify.explain.Explained;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {
    private static final String GET_ALONE = """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}]}""";

    private final SampleRegistry registry = new SampleRegistry();
    private final Sessions sessions = new Sessions(registry);
    private final KeyRegistry reader = new KeyRegistry(
            registry.store, registry.sealer, new CacheSettings.Bounds(Duration.ZERO, Duration.ZERO, 100));
    private final Verifier verifier =
            new Verifier(reader, SessionOpener.of(new SessionReader(reader)), new SigningKeys(16), BaseDomains.DEFAULT);

    private VerifyAnswer verify(VerifyRequest request, Instant now) {
        try {
            return verifier.verify(request, now);
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static VerifyRequest put(SessionWay way, String key, SessionIssuer.IssuedSession session) {
        return way.put(PRIVATE, key, Sessions.key(session), Optional.of(session.token()));
    }

    private VerifyAnswer assertAllowed(VerifyRequest request) {
        VerifyAnswer answer = verify(request, NOW);
        assertThat(answer.error()).isEmpty();
        assertThat(answer.allowed()).isTrue();
        return answer;
    }

    private VerifyAnswer.AnswerError assertRefused(VerifyRequest request, String code, String ec) {
        return assertRefused(request, NOW, code, ec);
    }

    private VerifyAnswer.AnswerError assertRefused(VerifyRequest request, Instant now, String code, String ec) {
        VerifyAnswer answer = verify(request, now);
        VerifyAnswer.AnswerError error = answer.error().orElseThrow(() -> new AssertionError("allowed: " + answer));
        assertThat(error.code()).as(answer.toString()).isEqualTo(code);
        assertThat(error.ec()).isEqualTo(Optional.of(ec).filter(text -> !text.isEmpty()));
        assertThat(answer.status()).isEqualTo(403);
        return error;
    }

    private void assertInvalid(VerifyRequest request) {
        VerifyAnswer answer = verify(request, NOW);
        assertRefused(request, "InvalidSecurityToken", "0002-00000006");
        assertThat(answer.principal()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSessionDoesWhatItsRoleMay(SessionWay way) {
        SessionIssuer.IssuedSession alice = sessions.alice();
        VerifyAnswer answer = assertAllowed(put(way, "users/alice/a b+c.txt", alice));
        assertThat(answer.principal())
                .contains(new VerifyAnswer.VerifiedPrincipal(
                        "AssumedRoleUser",
                        Optional.of("acs:ram::" + SampleRegistry.OWNER + ":role/mobile/alice"),
                        Optional.of(SampleRegistry.OWNER),
                        Optional.of(alice.accessKeyId()),
                        Optional.of("alice"),
                        Optional.of(alice.sessionId())));
        assertThat(answer.action()).contains("oss:PutObject");
        VerifyAnswer.AnswerError error =
                assertRefused(put(way, "users/bob/a.txt", alice), "AccessDenied", "0003-00000201");
        assertThat(error.details())
                .containsEntry("AuthPrincipalType", "AssumedRoleUser")
                .containsEntry("AuthPrincipalDisplayName", "mobile:alice")
                .containsEntry("PolicyType", "AccountLevelIdentityBasedPolicy");
    }

    @ParameterizedTest
    @EnumSource
    void aSessionPolicyNarrowsTheRole(SessionWay way) {
        SessionIssuer.IssuedSession narrowed = sessions.bearer("alice", Optional.of(GET_ALONE), NOW);
        VerifyAnswer.AnswerError error =
                assertRefused(put(way, "users/alice/a", narrowed), "AccessDenied", "0003-00000301");
        assertThat(error.details())
                .containsEntry("PolicyType", "SessionPolicy")
                .containsEntry("NoPermissionType", "ImplicitDeny");
    }

    @Test
    void aSessionPolicyGivesNothingThatTheRoleDoesNotHave() {
        SessionIssuer.IssuedSession narrowed = sessions.bearer("alice", Optional.of(GET_ALONE), NOW);
        ClientRequest own = ClientRequest.get(PRIVATE, "users/alice/a")
                .token(narrowed.token().reveal());
        ClientRequest other =
                ClientRequest.get(PRIVATE, "users/bob/a").token(narrowed.token().reveal());
        assertAllowed(own.signed(SignatureVersion.V4, Sessions.key(narrowed)));
        assertRefused(other.signed(SignatureVersion.V4, Sessions.key(narrowed)), "AccessDenied", "0003-00000201");
    }

    @Test
    void aDenyByExistingTagsBindsARoleAndASessionPolicyAlike() {
        String deny = """
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:*","Resource":"*"},
                 {"Effect":"Deny","Action":"oss:GetObject","Resource":"*",
                  "Condition":{"StringEquals":{"oss:ExistingObjectTag/status":"ok","oss:ExistingObjectTag/key1":"value1"}}}]}""";
        Context untagged = new Context(
                new PlaceTags(PlaceTags.Tags.UNKNOWN, PlaceTags.Tags.NONE),
                PlaceTags.Tags.UNKNOWN,
                Optional.empty(),
                Optional.empty());
        SessionIssuer.IssuedSession narrowed = sessions.bearer("alice", Optional.of(deny), NOW);
        VerifyRequest own = ClientRequest.get(PRIVATE, "users/alice/a")
                .token(narrowed.token().reveal())
                .signed(SignatureVersion.V4, Sessions.key(narrowed));
        assertRefused(own, "AccessDenied", "0003-00000301");
        assertThat(verify(own, NOW).trace().getLast().detail())
                .endsWith("(unknown: oss:ExistingObjectTag/status, oss:ExistingObjectTag/key1)");
        assertAllowed(VerifyRequests.knowing(own, untagged));
        sessions.role(Sessions.ROLE_ID, deny);
        SessionIssuer.IssuedSession alice = sessions.alice();
        VerifyRequest ofRole = ClientRequest.get(PRIVATE, "users/alice/a")
                .token(alice.token().reveal())
                .signed(SignatureVersion.V4, Sessions.key(alice));
        assertRefused(ofRole, "AccessDenied", "0003-00000201");
        assertAllowed(VerifyRequests.knowing(ofRole, untagged));
    }

    @ParameterizedTest
    @EnumSource
    void conditionsAreThoseOfTheRequest(SessionWay way) {
        VerifyRequest request = put(way, "users/alice/a", sessions.alice());
        assertAllowed(request);
        assertRefused(VerifyRequests.from(request, "198.51.100.7"), "AccessDenied", "0003-00000201");
    }

    @Test
    void conditionsKnowTheSessionsKey() {
        SessionIssuer.IssuedSession alice = sessions.alice();
        sessions.role(Sessions.ROLE_ID, """
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:PutObject","Resource":"*",
                 "Condition":{"StringEquals":{"acs:AccessId":"%s"}}}]}""".formatted(alice.accessKeyId()));
        assertAllowed(put(SessionWay.V4_HEADER, "a", alice));
        assertRefused(put(SessionWay.V4_HEADER, "a", sessions.alice()), "AccessDenied", "0003-00000201");
    }

    @ParameterizedTest
    @EnumSource
    void aSessionsKeyNeedsItsToken(SessionWay way) {
        VerifyRequest request = way.put(PRIVATE, "users/alice/a", Sessions.key(sessions.alice()), Optional.empty());
        assertRefused(request, "InvalidAccessKeyId", "0002-00000902");
    }

    @ParameterizedTest
    @EnumSource
    void refusesATokenWithAKeyOfTheRegistry(SessionWay way) {
        VerifyRequest request = way.put(
                PRIVATE, "a", SampleRegistry.ROOT, Optional.of(sessions.alice().token()));
        assertRefused(request, "SecurityTokenNotSupported", "0002-00000002");
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatWasNotSealedHereIsRefused(SessionWay way) {
        SessionIssuer.IssuedSession alice = sessions.alice();
        String text = alice.token().reveal();
        String elsewhere = new Sessions(new SampleRegistry()).alice().token().reveal();
        for (String token : new String[] {"token", text + "A", text.substring(1), elsewhere, "x".repeat(4_097)}) {
            assertInvalid(way.put(PRIVATE, "users/alice/a", Sessions.key(alice), Optional.of(SecurityToken.of(token))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherSessionsTokenIsRefused(SessionWay way) {
        VerifyRequest request = way.put(
                PRIVATE,
                "users/alice/a",
                Sessions.key(sessions.alice()),
                Optional.of(sessions.bearer("bob", Optional.empty(), NOW).token()));
        assertRefused(request, "AccessKeyIdAndSecurityTokenNotMatch", "");
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredSessionIsRefusedAtItsExactSecond(SessionWay way) {
        SessionIssuer.IssuedSession session =
                sessions.bearer("alice", Optional.empty(), NOW.minus(Duration.ofHours(1)));
        VerifyRequest request = put(way, "users/alice/a", session);
        assertThat(session.expiration()).isEqualTo(NOW);
        assertRefused(request, "SecurityTokenExpired", "0002-00000007");
        assertThat(verify(request, NOW.minusMillis(1)).allowed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anotherMomentToJudgeAtDoesNotMoveASessionsEnd(SessionWay way) {
        SessionIssuer.IssuedSession session =
                sessions.bearer("alice", Optional.empty(), NOW.minus(Duration.ofHours(1)));
        VerifyRequest past = VerifyRequests.at(put(way, "users/alice/a", session), NOW.minusSeconds(30));
        assertRefused(past, "SecurityTokenExpired", "0002-00000007");
    }

    @ParameterizedTest
    @EnumSource
    void checksForTheEndOfASessionEachTime(SessionWay way) throws Exception {
        SessionIssuer.IssuedSession alice = sessions.alice();
        VerifyRequest request = put(way, "users/alice/a", alice);
        assertAllowed(request);
        sessions.role("300000000000000002", GET_ALONE);
        assertInvalid(request);
        sessions.role(Sessions.ROLE_ID, GET_ALONE);
        assertRefused(request, "AccessDenied", "0003-00000201");
        sessions.role(Sessions.ROLE_ID, GET_ALONE.replace("oss:GetObject", "oss:*"));
        assertAllowed(request);
        new Revocations(registry.store).revoke(new RevocationItem.Revocable.OfRole(Sessions.ROLE_ID), NOW, NOW);
        assertInvalid(request);
        assertAllowed(put(way, "users/alice/a", sessions.bearer("alice", Optional.empty(), NOW.plusMillis(1))));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionEndsWithItsParentKey(SessionWay way) throws Exception {
        VerifyRequest request = put(way, "jobs/a", sessions.of(SampleRegistry.USER));
        assertAllowed(request);
        var key = AccessKeyItem.key(SampleRegistry.USER.id());
        var item = Objects.requireNonNull(registry.store
                .get(Set.of(key), RegistryStore.Consistency.STRONG, NOW)
                .get(key));
        registry.put(
                key, AccessKeyItem.text(Records.read(item, AccessKeyItem::read).movedTo(KeyStatus.INACTIVE, NOW)));
        assertInvalid(request);
    }

    @ParameterizedTest
    @EnumSource
    void refusesACallerWithoutTheSecretAndShowsNoToken(SessionWay way) {
        SessionIssuer.IssuedSession alice = sessions.alice();
        AccessKey wrong = new AccessKey(alice.accessKeyId(), Secret.of("another secret"));
        VerifyRequest request = way.put(PRIVATE, "users/alice/a", wrong, Optional.of(alice.token()));
        boolean form = way == SessionWay.V1_POST || way == SessionWay.V4_POST;
        assertRefused(request, "SignatureDoesNotMatch", form ? "0002-00000705" : "0002-00000040");
        VerifyAnswer answer = verify(request, NOW);
        assertThat(answer.principal()).isEmpty();
        assertThat(Answers.json(answer, Explained.NOTHING))
                .doesNotContain(alice.token().reveal())
                .doesNotContain(alice.secret().reveal());
    }

    @ParameterizedTest
    @EnumSource
    void aSessionStaysInItsAccount(SessionWay way) {
        SessionIssuer.IssuedSession alice = sessions.alice();
        String region = way == SessionWay.V4_HEADER || way == SessionWay.V4_URL || way == SessionWay.V4_POST
                ? "InvalidArgument"
                : "AccessDenied";
        VerifyAnswer answer =
                verify(way.put(SampleRegistry.OTHERS, "a", Sessions.key(alice), Optional.of(alice.token())), NOW);
        assertThat(answer.error().orElseThrow().code()).isEqualTo(region);
    }

    @Test
    void aV4SessionStaysInItsAccountToo() {
        SessionIssuer.IssuedSession alice = sessions.alice();
        VerifyRequest request = ClientRequest.put(SampleRegistry.OTHERS, "a")
                .region("cn-shanghai")
                .token(alice.token().reveal())
                .signed(SignatureVersion.V4, Sessions.key(alice));
        VerifyAnswer.AnswerError error = assertRefused(request, "AccessDenied", "0003-00000001");
        assertThat(error.message()).contains("does not belong to you");
    }

    @Test
    void withoutTheStoreNothingIsDecided() {
        VerifyRequest request = put(SessionWay.V4_HEADER, "users/alice/a", sessions.alice());
        assertAllowed(request);
        registry.store.down(true);
        assertThatThrownBy(() -> verifier.verify(request, NOW)).isInstanceOf(StoreUnavailable.class);
    }
}
