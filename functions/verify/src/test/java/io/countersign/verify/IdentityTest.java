package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.policy.Principal;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.AbstractVerifierTest;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import io.countersign.verify.explain.Explained;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityTest extends AbstractVerifierTest {
    private static final ClientRequest READ = ClientRequest.get(SampleRegistry.PRIVATE, "team/a b+c.txt");

    @ParameterizedTest
    @EnumSource
    void aGoodSignatureSaysWhoAsks(SignatureVersion version) {
        for (VerifyRequest request : List.of(
                READ.signed(version, SampleRegistry.USER),
                READ.presigned(version, SampleRegistry.USER, Duration.ofMinutes(5)))) {
            VerifyAnswer answer = assertAllowed(request);
            assertThat(answer.principal())
                    .contains(new VerifyAnswer.VerifiedPrincipal(
                            "RAMUser",
                            Optional.of("acs:ram::" + SampleRegistry.OWNER + ":user/app"),
                            Optional.of(SampleRegistry.OWNER),
                            Optional.of(SampleRegistry.USER.id()),
                            Optional.empty(),
                            Optional.empty()));
            assertThat(answer.action()).contains("oss:GetObject");
            assertThat(answer.resource())
                    .contains("acs:oss:*:" + SampleRegistry.OWNER + ":private-bucket/team/a b+c.txt");
            assertThat(answer.trace().stream().map(step -> step.step()))
                    .startsWith("format", "date")
                    .containsSubsequence("key", "signature", "bucket", "ram-policy");
        }
    }

    @Test
    void anAccountsOwnKeyIsTheAccount() {
        VerifyAnswer answer = assertAllowed(READ.signed(SignatureVersion.V4, SampleRegistry.ROOT));
        assertThat(answer.principal().orElseThrow().type()).isEqualTo("Account");
    }

    @Test
    void aRetiringKeyStillVerifies() {
        assertAllowed(READ.signed(SignatureVersion.V4, SampleRegistry.RETIRING));
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownOrDeletedKeyIsRefused(SignatureVersion version) {
        for (AccessKey key : List.of(SampleRegistry.UNKNOWN, SampleRegistry.DELETED)) {
            VerifyAnswer.AnswerError error =
                    assertRefused(READ.signed(version, key), 403, "InvalidAccessKeyId", "0002-00000902");
            assertThat(error.details()).containsEntry("OSSAccessKeyId", key.id());
        }
    }

    @Test
    void anInactiveKeyIsCalledDisabled() {
        VerifyAnswer.AnswerError error =
                assertRefused(READ.signed(SignatureVersion.V1, SampleRegistry.INACTIVE), 403, "InvalidAccessKeyId");
        assertThat(error.message()).contains("disabled");
    }

    @ParameterizedTest
    @EnumSource
    void refusesATokenWithAKeyOfTheRegistry(SignatureVersion version) {
        assertRefused(
                READ.token("token").signed(version, SampleRegistry.USER),
                403,
                "SecurityTokenNotSupported",
                "0002-00000002");
        assertRefused(
                READ.token("token").presigned(version, SampleRegistry.USER, Duration.ofMinutes(5)),
                403,
                "SecurityTokenNotSupported",
                "0002-00000002");
    }

    @Test
    void aSessionsKeyNeedsItsToken() {
        AccessKey session = new AccessKey("STS.abc", Secret.of("secret"));
        assertRefused(READ.signed(SignatureVersion.V4, session), 403, "InvalidAccessKeyId", "0002-00000902");
        assertRefused(
                READ.token("token").signed(SignatureVersion.V4, session), 403, "InvalidSecurityToken", "0002-00000006");
    }

    @Test
    void anOpenedSessionIsJudgedAsItsRole() throws StoreUnavailable {
        AccessKey session = new AccessKey("STS.abc", Secret.of("secret"));
        Principal.AssumedRole role =
                new Principal.AssumedRole(SampleRegistry.OWNER, "mobile", "alice", List.of(), Optional.empty());
        SessionOpener opener = (id, token, now) -> new SessionOpener.Session(
                session.secret(), role, Optional.empty(), Optional.of("id"), SampleRegistry.NOW.plusSeconds(3600));
        Verifier withSessions = new Verifier(registry.reader(), opener, new SigningKeys(4), BaseDomains.DEFAULT);
        VerifyAnswer shown = withSessions.verify(
                ClientRequest.get(SampleRegistry.READABLE, "a").token("t").signed(SignatureVersion.V4, session),
                SampleRegistry.NOW);
        assertThat(shown.allowed()).isTrue();
        assertThat(shown.principal().orElseThrow())
                .isEqualTo(new VerifyAnswer.VerifiedPrincipal(
                        "AssumedRoleUser",
                        Optional.of(role.arn()),
                        Optional.of(SampleRegistry.OWNER),
                        Optional.of("STS.abc"),
                        Optional.empty(),
                        Optional.of("id")));
        VerifyAnswer refused =
                withSessions.verify(READ.token("t").signed(SignatureVersion.V4, session), SampleRegistry.NOW);
        assertThat(refused.error().orElseThrow().details())
                .containsEntry("AuthPrincipalType", "AssumedRoleUser")
                .containsEntry("AuthPrincipalDisplayName", "mobile:alice");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSignatureShowsWhatWasToBeSignedAndNeverTheSignature(SignatureVersion version) {
        AccessKey wrong = new AccessKey(SampleRegistry.USER.id(), Secret.of("another secret"));
        VerifyAnswer.AnswerError error =
                assertRefused(READ.signed(version, wrong), 403, "SignatureDoesNotMatch", "0002-00000040");
        assertThat(error.details())
                .containsKeys("OSSAccessKeyId", "SignatureProvided", "StringToSign", "StringToSignBytes");
        assertThat(error.details().containsKey("CanonicalRequest")).isEqualTo(version == SignatureVersion.V4);
        assertThat(error.details().get("StringToSignBytes")).matches("[0-9A-F]{2}( [0-9A-F]{2})*");
        String expected = signature(READ.signed(version, SampleRegistry.USER));
        assertThat(error.details().values()).noneMatch(value -> value.contains(expected));
    }

    private static String signature(VerifyRequest request) {
        String authorization = request.headers().first("authorization").orElseThrow();
        return authorization.substring(
                Math.max(authorization.lastIndexOf(':'), authorization.lastIndexOf("re=") + 2) + 1);
    }

    @Test
    void aWrongSignatureOnAPublicObjectIsNotAnonymous() {
        AccessKey wrong = new AccessKey(SampleRegistry.USER.id(), Secret.of("another secret"));
        VerifyRequest request = ClientRequest.get(SampleRegistry.READABLE, "a").signed(SignatureVersion.V4, wrong);
        VerifyAnswer answer = verify(request);
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.principal()).isEmpty();
    }

    @Test
    void aTokenIsNeverEchoed() {
        AccessKey session = new AccessKey("STS.abc", Secret.of("secret"));
        SessionOpener opener = (id, token, now) -> new SessionOpener.Session(
                Secret.of("other"),
                new Principal.AssumedRole(SampleRegistry.OWNER, "r", "s", List.of(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                SampleRegistry.NOW.plusSeconds(3600));
        Verifier withSessions = new Verifier(registry.reader(), opener, new SigningKeys(4), BaseDomains.DEFAULT);
        for (SignatureVersion version : SignatureVersion.values()) {
            for (VerifyRequest request : List.of(
                    READ.token("very-secret-token").signed(version, session),
                    READ.token("very-secret-token").presigned(version, session, Duration.ofMinutes(1)))) {
                try {
                    VerifyAnswer answer = withSessions.verify(request, SampleRegistry.NOW);
                    assertThat(answer.error().orElseThrow().code()).isEqualTo("SignatureDoesNotMatch");
                    assertThat(Answers.json(answer, Explained.NOTHING))
                            .doesNotContain("very-secret-token")
                            .contains("sha256:");
                } catch (StoreUnavailable e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    void credentialsInHeaderAndUrlAreRefused() {
        VerifyRequest header = READ.signed(SignatureVersion.V1, SampleRegistry.USER);
        VerifyRequest url = READ.presigned(SignatureVersion.V1, SampleRegistry.USER, Duration.ofMinutes(5));
        assertRefused(VerifyRequests.url(header, url.url()), 400, "InvalidArgument");
    }

    @Test
    void aMalformedAuthorizationIsNotAnonymous() {
        VerifyRequest request = ClientRequest.get(SampleRegistry.READABLE, "a").anonymous();
        assertRefused(
                VerifyRequests.headers(request, Headers.NONE.and("Authorization", "Basic abc")),
                400,
                "InvalidArgument");
        assertRefused(VerifyRequests.headers(request, Headers.NONE.and("Authorization", "")), 400, "InvalidArgument");
    }
}
