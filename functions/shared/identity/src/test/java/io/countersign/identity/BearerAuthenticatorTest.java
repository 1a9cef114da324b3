package io.countersign.identity;

import static io.countersign.identity.TestRegistry.ACCOUNT;
import static io.countersign.identity.TestRegistry.OTHER_ACCOUNT;
import static io.countersign.identity.TestRegistry.ROLE;
import static io.countersign.identity.TestRegistry.TRUST;
import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.Value;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAuthenticatorTest {
    private static final String READ = policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/*");
    private static final String OWN_FOLDER =
            policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*");
    private static final String TEAM_FOLDER =
            policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/teams/${jwt:team}/*");

    private static String token(String claims) {
        return TestToken.good("ES256", "ec").withPayload(claims).signed(TestKeys.EC, "ES256");
    }

    private static final String GOOD = token(TestToken.claims(""));

    private static Caller caller(TestRegistry registry, String token) throws CallerRefusal, StoreUnavailable {
        return caller(registry, token, Optional.empty(), Optional.empty());
    }

    private static Caller caller(
            TestRegistry registry, String token, Optional<String> role, Optional<Value> sessionPolicy)
            throws CallerRefusal, StoreUnavailable {
        return new BearerAuthenticator(registry.registry())
                .authenticate(
                        token,
                        RoleFaces.Face.TOKEN,
                        role,
                        sessionPolicy,
                        TestClientContext.CLIENT,
                        ReadAhead.NOTHING,
                        NOW);
    }

    private static void isRefused(ThrowingCallable call, CallerRefusal.Code error) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CallerRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(error));
    }

    @ParameterizedTest
    @CsvSource({"RS256,rsa", "PS256,rsa", "ES256,ec", "EdDSA,ed"})
    void aGoodTokenMakesACallerInTheDefaultRole(String algorithm, String keyId) throws Exception {
        String token = TestToken.good(algorithm, keyId)
                .signed(
                        switch (keyId) {
                            case "rsa" -> TestKeys.RSA;
                            case "ec" -> TestKeys.EC;
                            default -> TestKeys.ED25519;
                        },
                        algorithm);
        Caller caller = caller(TestRegistry.with(READ), token);
        assertThat(caller.accountId()).isEqualTo(ACCOUNT);
        assertThat(caller.role().name()).isEqualTo(ROLE);
        assertThat(caller.subject()).isEqualTo("alice");
        assertThat(caller.sessionName()).isEqualTo("alice");
        assertThat(caller.audience()).isEqualTo(TestToken.AUDIENCE);
        assertThat(caller.principal().arn()).isEqualTo("acs:ram::" + ACCOUNT + ":role/" + ROLE + "/alice");
        assertThat(caller.principal().session()).isEmpty();
        assertThat(caller.tokenExpires()).isEqualTo(NOW.plusSeconds(3600));
    }

    @Test
    void aTokenWithoutAKeyIdIsCheckedWithTheOnlyKeyThatFits() throws Exception {
        String token =
                TestToken.good("ES256", "ec").withHeader("{\"alg\":\"ES256\"}").signed(TestKeys.EC, "ES256");
        assertThat(caller(TestRegistry.with(READ), token).subject()).isEqualTo("alice");
    }

    @Test
    void theSessionIsNamedByTheSubjectMadeFit() throws Exception {
        Caller caller =
                caller(TestRegistry.with(READ), token(TestToken.claims("").replace("\"alice\"", "\"auth0|42\"")));
        assertThat(caller.subject()).isEqualTo("auth0|42");
        assertThat(caller.sessionName()).matches("auth0-42_[0-9a-f]{20}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://idp.example/", "https://IDP.example", "http://idp.example", "https://other.example"})
    void anIssuerMustBeExactlyAsRegistered(String issuer) {
        String token = token(TestToken.claims("").replace("\"" + TestToken.ISSUER + "\"", "\"" + issuer + "\""));
        isRefused(() -> caller(TestRegistry.with(READ), token), CallerRefusal.Code.UNKNOWN_ISSUER);
    }

    @Test
    void anAudienceMustBeRegistered() {
        String token = token(TestToken.claims("").replace("\"aud\":\"app\"", "\"aud\":[\"App\",\"other\"]"));
        isRefused(() -> caller(TestRegistry.with(READ), token), CallerRefusal.Code.UNKNOWN_ISSUER);
    }

    @Test
    void oneRegisteredAudienceAmongOthersIsAccepted() throws Exception {
        String token = token(TestToken.claims("").replace("\"aud\":\"app\"", "\"aud\":[\"other\",\"app\",\"app\"]"));
        assertThat(caller(TestRegistry.with(READ), token).audience()).isEqualTo("app");
    }

    @Test
    void audiencesOfTwoProvidersAreRefused() {
        TestRegistry registry = TestRegistry.with(READ)
                .provider(TestRegistry.provider(
                        "second",
                        List.of("web"),
                        Optional.of(ROLE),
                        new OidcProvider.JwksSource.Inline(TestRegistry.jwks())));
        String token = token(TestToken.claims("").replace("\"aud\":\"app\"", "\"aud\":[\"app\",\"web\"]"));
        isRefused(() -> caller(registry, token), CallerRefusal.Code.AMBIGUOUS_AUDIENCE);
    }

    @Test
    void twoAudiencesOfOneProviderAreRefusedToo() {
        OidcProvider provider = TestRegistry.provider(
                "demo",
                List.of("app", "web"),
                Optional.of(ROLE),
                new OidcProvider.JwksSource.Inline(TestRegistry.jwks()));
        TestRegistry registry = new TestRegistry().provider(provider).role(ACCOUNT, ROLE, TRUST, READ);
        String token = token(TestToken.claims("").replace("\"aud\":\"app\"", "\"aud\":[\"app\",\"web\"]"));
        isRefused(() -> caller(registry, token), CallerRefusal.Code.AMBIGUOUS_AUDIENCE);
    }

    @Test
    void aSignatureUnderAnotherProvidersKeyIsRefused() {
        String otherKeys = TestJwks.set(TestJwks.jwk(TestKeys.OTHER_RSA.getPublic(), "rsa"));
        TestRegistry registry = TestRegistry.with(READ)
                .provider(TestRegistry.provider(
                        "second", List.of("web"), Optional.of(ROLE), new OidcProvider.JwksSource.Inline(otherKeys)));
        String token = TestToken.good("RS256", "rsa").signed(TestKeys.OTHER_RSA, "RS256");
        isRefused(() -> caller(registry, token), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void anExpiredTokenIsRefused() {
        isRefused(
                () -> caller(TestRegistry.with(READ), token(TestToken.claims(1, 2, ""))),
                CallerRefusal.Code.TOKEN_EXPIRED);
    }

    @Test
    void keysThatAreNoKeySetCloseTheProvider() {
        TestRegistry registry = new TestRegistry()
                .provider(TestRegistry.provider(
                        "demo", List.of("app"), Optional.of(ROLE), new OidcProvider.JwksSource.Inline("{\"keys\":7}")))
                .role(ACCOUNT, ROLE, TRUST, READ);
        isRefused(() -> caller(registry, GOOD), CallerRefusal.Code.KEYS_UNAVAILABLE);
    }

    @Test
    void aRoleMayBeNamedByNameOrArn() throws Exception {
        TestRegistry registry = TestRegistry.with(READ).role(ACCOUNT, "other", TRUST, READ);
        assertThat(caller(registry, GOOD, Optional.of("other"), Optional.empty())
                        .role()
                        .name())
                .isEqualTo("other");
        assertThat(caller(registry, GOOD, Optional.of("acs:ram::" + ACCOUNT + ":role/other"), Optional.empty())
                        .role()
                        .name())
                .isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev@app", "acs:ram::1234567890123456:role/dev@app"})
    void aRoleIsNamedByWhateverNameARoleMayHave(String role) throws Exception {
        TestRegistry registry = TestRegistry.with(READ).role(TestRegistry.ACCOUNT, "dev@app", TestRegistry.TRUST, READ);
        assertThat(caller(registry, GOOD, Optional.of(role), Optional.empty())
                        .role()
                        .name())
                .isEqualTo("dev@app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "role/other", "acs:ram::1234567890123456:user/other", "acs:ram::x:role/other", "a/b"})
    void aRoleThatIsNoNameIsRefused(String role) {
        isRefused(
                () -> caller(TestRegistry.with(READ), GOOD, Optional.of(role), Optional.empty()),
                CallerRefusal.Code.INVALID_ROLE);
    }

    @Test
    void aRoleOfAnotherAccountIsNotFoundEvenWhenItTrustsTheProvider() {
        TestRegistry registry = TestRegistry.with(READ).role(OTHER_ACCOUNT, "other", TRUST, READ);
        isRefused(
                () -> caller(registry, GOOD, Optional.of("other"), Optional.empty()),
                CallerRefusal.Code.ROLE_NOT_FOUND);
        isRefused(
                () -> caller(
                        registry, GOOD, Optional.of("acs:ram::" + OTHER_ACCOUNT + ":role/other"), Optional.empty()),
                CallerRefusal.Code.ROLE_NOT_FOUND);
    }

    @Test
    void withoutADefaultARoleMustBeNamed() {
        TestRegistry registry = new TestRegistry()
                .provider(TestRegistry.provider(Optional.empty()))
                .role(ACCOUNT, ROLE, TRUST, READ);
        isRefused(() -> caller(registry, GOOD), CallerRefusal.Code.ROLE_REQUIRED);
    }

    @ParameterizedTest
    @CsvSource({
        "oidc-provider/demo,oidc-provider/other",
        "https://idp.example,https://other.example",
        "\"oidc:aud\":\"app\",\"oidc:aud\":\"web\"",
        "\"oidc:aud\":\"app\",\"oidc:sub\":\"bob\"",
        "\"Allow\",\"Deny\""
    })
    void aTrustPolicyThatDoesNotAdmitTheTokenRefusesIt(String replaced, String by) {
        String trust = TRUST.replace(replaced, by);
        assertThat(trust).isNotEqualTo(TRUST);
        TestRegistry registry = new TestRegistry()
                .provider(TestRegistry.provider(Optional.of(ROLE)))
                .role(ACCOUNT, ROLE, trust, READ);
        isRefused(() -> caller(registry, GOOD), CallerRefusal.Code.NOT_TRUSTED);
    }

    @Test
    void claimsAreFilledIntoTheRolesPolicies() throws Exception {
        Caller caller = caller(TestRegistry.with(OWN_FOLDER), GOOD);
        assertThat(caller.variables()).containsExactly(java.util.Map.entry("sub", "alice"));
        assertThat(caller.principal().policies()).allMatch(io.countersign.policy.PolicyDocument::canAllow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "true",
                "null",
                "[\"a\"]",
                "{}",
                "\"\"",
                "\"a/b\"",
                "\"*\"",
                "\"..\"",
                "\"a b\"",
                "\"\u00e9\""
            })
    void aClaimThatIsUsedAndIllFormedRefusesTheRequest(String value) {
        String token = token(TestToken.claims(",\"team\":" + value));
        isRefused(() -> caller(TestRegistry.with(READ, TEAM_FOLDER), token), CallerRefusal.Code.CLAIM_REFUSED);
    }

    @Test
    void anIllFormedClaimThatNoPolicyUsesIsNotLookedAt() throws Exception {
        String token = token(TestToken.claims(",\"team\":[1,2,3]"));
        assertThat(caller(TestRegistry.with(READ), token).variables()).isEmpty();
    }

    @Test
    void anAbsentClaimLeavesTheOtherPermissions() throws Exception {
        assertThat(caller(TestRegistry.with(READ, TEAM_FOLDER), GOOD)
                        .principal()
                        .policies())
                .hasSize(2);
    }

    @Test
    void aSessionWithoutAnyAllowIsRefused() {
        isRefused(() -> caller(TestRegistry.with(TEAM_FOLDER), GOOD), CallerRefusal.Code.NO_PERMISSION);
        isRefused(() -> caller(TestRegistry.with(), GOOD), CallerRefusal.Code.NO_PERMISSION);
        isRefused(
                () -> caller(TestRegistry.with(policy("Deny", "oss:GetObject", "acs:oss:*:*:b/*")), GOOD),
                CallerRefusal.Code.NO_PERMISSION);
    }

    @Test
    void keepsASessionPolicyInAdditionToTheRoles() throws Exception {
        Caller caller = caller(
                TestRegistry.with(READ),
                GOOD,
                Optional.empty(),
                Optional.of(TestJwks.value(policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/a"))));
        assertThat(caller.principal().session()).isPresent();
    }

    @Test
    void aSessionPolicyThatAllowsNothingIsRefused() {
        Value deny = TestJwks.value(policy("Deny", "oss:GetObject", "acs:oss:*:*:examplebucket/a"));
        isRefused(
                () -> caller(TestRegistry.with(READ), GOOD, Optional.empty(), Optional.of(deny)),
                CallerRefusal.Code.NO_PERMISSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{}", "{\"Version\":\"1\",\"Statement\":[]}", "{\"Version\":\"2\",\"Statement\":[]}"})
    void aSessionPolicyThatIsNoPolicyIsRefused(String json) {
        isRefused(
                () -> caller(TestRegistry.with(READ), GOOD, Optional.empty(), Optional.of(TestJwks.value(json))),
                CallerRefusal.Code.INVALID_SESSION_POLICY);
    }

    @Test
    void aSessionPolicyHoldsNoVariables() {
        Value policy = TestJwks.value(policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/${jwt:sub}/*"));
        isRefused(
                () -> caller(TestRegistry.with(READ), GOOD, Optional.empty(), Optional.of(policy)),
                CallerRefusal.Code.INVALID_SESSION_POLICY);
    }

    @Test
    void aSessionPolicyHasAtMost2048Characters() throws Exception {
        String frame = policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/");
        String fits = policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/" + "k".repeat(1000));
        assertThat(caller(
                                TestRegistry.with(READ),
                                GOOD,
                                Optional.empty(),
                                Optional.of(TestJwks.value(" " + fits + " ".repeat(3000))))
                        .principal()
                        .session())
                .isPresent();
        String tooLong = frame.replace(
                "\"Resource\":\"acs:oss:*:*:examplebucket/\"",
                "\"Resource\":[\"acs:oss:*:*:examplebucket/" + "k".repeat(1000) + "\",\"acs:oss:*:*:examplebucket/"
                        + "l".repeat(1000) + "\"]");
        isRefused(
                () -> caller(TestRegistry.with(READ), GOOD, Optional.empty(), Optional.of(TestJwks.value(tooLong))),
                CallerRefusal.Code.INVALID_SESSION_POLICY);
    }

    @Test
    void failsWhileTheStoreIsDown() {
        TestRegistry registry = TestRegistry.with(READ);
        registry.store().down(true);
        assertThatThrownBy(() -> caller(registry, GOOD)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aTokenThatIsNotReadCostsNoLookUp() {
        TestRegistry registry = TestRegistry.with(READ);
        int before = registry.store().reads();
        isRefused(() -> caller(registry, "a.b.c"), CallerRefusal.Code.INVALID_TOKEN);
        assertThat(registry.store().reads()).isEqualTo(before);
    }

    @Test
    void allAudiencesOfATokenAreLookedUpAtOnce() {
        TestRegistry registry = TestRegistry.with(READ);
        int before = registry.store().reads();
        String token = token(TestToken.claims("").replace("\"aud\":\"app\"", "\"aud\":[\"a\",\"b\",\"c\",\"d\"]"));
        isRefused(() -> caller(registry, token), CallerRefusal.Code.UNKNOWN_ISSUER);
        assertThat(registry.store().reads() - before).isEqualTo(1);
    }

    @Test
    void noRefusalRepeatsTheTokenOrAClaim() {
        String token = token(TestToken.claims(",\"team\":\"se/cret\""));
        assertThatThrownBy(() -> caller(TestRegistry.with(TEAM_FOLDER), token))
                .message()
                .doesNotContain("se/cret")
                .doesNotContain(token.substring(0, 30));
    }

    @Test
    void everyErrorHasItsOwnCodeAndAStatusOfAnError() {
        assertThat(CallerRefusal.Code.values())
                .extracting(CallerRefusal.Code::text)
                .doesNotHaveDuplicates();
        assertThat(CallerRefusal.Code.values()).allMatch(error -> error.status() >= 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'IpAddress':{'acs:SourceIp':'203.0.113.0/24'},'Bool':{'acs:SecureTransport':true} | true",
                "'NotIpAddress':{'acs:SourceIp':'203.0.113.0/24'} | false",
                "'StringLike':{'acs:UserAgent':'app/*'} | true",
                "'DateGreaterThan':{'acs:CurrentTime':'2030-01-01T00:00Z'} | false",
                "'StringNotLike':{'acs:SourceVpc':'vpc-*','acs:AccessId':'*','acs:PrincipalARN':'*','sts:ExternalId':'*','saml:recipient':'*'} | true",
                "'StringLike':{'sts:ExternalId':'*'} | false",
                "'Bool':{'acs:MFAPresent':true} | false",
            })
    void theTrustPolicySeesFromWhereTheCallComes(String condition, boolean admitted) throws Exception {
        String trust = TRUST.replace("\"Condition\":{", "\"Condition\":{" + condition.replace('\'', '"') + ",");
        assertThat(trust).isNotEqualTo(TRUST);
        TestRegistry registry = new TestRegistry()
                .provider(TestRegistry.provider(Optional.of(ROLE)))
                .role(ACCOUNT, ROLE, trust, READ);
        if (admitted) {
            assertThat(caller(registry, GOOD).subject()).isEqualTo("alice");
        } else {
            isRefused(() -> caller(registry, GOOD), CallerRefusal.Code.NOT_TRUSTED);
        }
    }

    @Test
    void anInstantIsAllThatMovesTheTime() throws Exception {
        BearerAuthenticator authenticator =
                new BearerAuthenticator(TestRegistry.with(READ).registry());
        Instant later = NOW.plusSeconds(3600 + 60);
        assertThat(authenticator
                        .authenticate(
                                GOOD,
                                RoleFaces.Face.TOKEN,
                                Optional.empty(),
                                Optional.empty(),
                                TestClientContext.CLIENT,
                                ReadAhead.NOTHING,
                                later.minusSeconds(1))
                        .subject())
                .isEqualTo("alice");
        isRefused(
                () -> authenticator.authenticate(
                        GOOD,
                        RoleFaces.Face.TOKEN,
                        Optional.empty(),
                        Optional.empty(),
                        TestClientContext.CLIENT,
                        ReadAhead.NOTHING,
                        later),
                CallerRefusal.Code.TOKEN_EXPIRED);
    }

    private static final URI KEYS = URI.create("https://idp.example/jwks");

    private static TestRegistry byAddress() {
        return new TestRegistry()
                .provider(TestRegistry.provider(
                        "demo", List.of("app"), Optional.of(ROLE), new OidcProvider.JwksSource.At(KEYS)))
                .role(ACCOUNT, ROLE, TRUST, READ);
    }

    @Test
    void keysAreReadFromTheRegisteredAddressAndRemembered() throws Exception {
        List<URI> asked = new ArrayList<>();
        BearerAuthenticator authenticator = new BearerAuthenticator(byAddress().registry(), uri -> {
            asked.add(uri);
            return TestRegistry.jwks().getBytes(StandardCharsets.UTF_8);
        });
        for (int i = 0; i < 3; i++) {
            assertThat(authenticator
                            .authenticate(
                                    GOOD,
                                    RoleFaces.Face.TOKEN,
                                    Optional.empty(),
                                    Optional.empty(),
                                    TestClientContext.CLIENT,
                                    ReadAhead.NOTHING,
                                    NOW)
                            .subject())
                    .isEqualTo("alice");
        }
        assertThat(asked).containsExactly(KEYS);
    }

    @Test
    void aProviderWhoseKeysCannotBeReadIsClosed() {
        BearerAuthenticator authenticator = new BearerAuthenticator(byAddress().registry(), uri -> {
            throw new IOException("down");
        });
        isRefused(
                () -> authenticator.authenticate(
                        GOOD,
                        RoleFaces.Face.TOKEN,
                        Optional.empty(),
                        Optional.empty(),
                        TestClientContext.CLIENT,
                        ReadAhead.NOTHING,
                        NOW),
                CallerRefusal.Code.KEYS_UNAVAILABLE);
    }

    @Test
    void aTokenIsRefusedThatIsNotYoungerThanTheRevocationOfItsSubject() throws Exception {
        TestRegistry registry = TestRegistry.with(READ);
        Instant issued = caller(registry, GOOD).tokenIssued();
        Revocations revocations = new Revocations(registry.store());
        RevocationItem.Revocable.OfProvider provider = new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo");
        revocations.revoke(new RevocationItem.Revocable.OfSubject(provider, "bob"), NOW, NOW);
        RevocationItem.Revocable.OfSubject alice = new RevocationItem.Revocable.OfSubject(provider, "alice");
        revocations.revoke(alice, issued.minusMillis(1), NOW);
        assertThat(caller(registry, GOOD).subject()).isEqualTo("alice");
        revocations.revoke(alice, issued, NOW);
        isRefused(() -> caller(registry, GOOD), CallerRefusal.Code.TOKEN_REVOKED);
    }

    @Test
    void aCallerWhoseRevocationIsNotKnownIsNotLetIn() throws Exception {
        TestRegistry registry = TestRegistry.with(READ);
        RevocationItem.Revocable.OfSubject alice = new RevocationItem.Revocable.OfSubject(
                new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo"), "alice");
        registry.store().write(Transaction.of(Write.put(RevocationItem.key(alice), "{}", Condition.anything())), NOW);
        assertThatThrownBy(() -> caller(registry, GOOD)).isInstanceOf(StoreUnavailable.class);
    }
}
