package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.TestClientContext;
import io.countersign.identity.TestJwks;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.json.InvalidDocumentException;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.HttpMethod;
import io.countersign.registry.Facts;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.manifest.Manifest;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two accounts in one registry, alike in every name that may be the same, with policies that allow everything everywhere. */
class AccountsNeverCrossTest {
    private static final String A = "1000000000000001";
    private static final String B = "2000000000000002";
    private static final String EVERYTHING =
            "[{Version: \"1\", Statement: [{Effect: Allow, Action: \"oss:*\", Resource: \"acs:oss:*:*:*\"}]}]";

    private final Fixture fixture = new Fixture();
    private KeyRegistry registry;
    private Verifier verifier;

    private static String account(String id, String name, KeyPair idp, String keyId) {
        return """
                  - id: "%1$s"
                    accessKeys: [{id: LTAI5tRootOf%2$s, secret: "secret-of-LTAI5tRootOf%2$s"}]
                    users:
                      - {name: app, accessKeys: [{id: LTAI5tAppOf%2$s, secret: "secret-of-LTAI5tAppOf%2$s"}], policies: %3$s}
                    roles:
                      - name: mobile
                        maxSessionDuration: PT1H
                        trust: {Version: "1", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Federated: \
                ["acs:ram::%5$s:oidc-provider/idp", "acs:ram::%6$s:oidc-provider/idp"]}}]}
                        policies: %3$s
                    oidcProviders:
                      - {name: idp, issuer: "https://%2$s.example", clientIds: [app], jwks: %4$s, defaultRole: mobile}
                    buckets:
                      - {name: bucket-%2$s, region: cn-hangzhou, acl: private, domains: [img.%2$s.example], signer: app}
                """.formatted(id, name, EVERYTHING, TestJwks.set(TestJwks.jwk(idp.getPublic(), keyId)), A, B);
    }

    private static String manifest() {
        return "accounts:\n" + account(A, "a", TestKeys.EC, "ec") + account(B, "b", TestKeys.ED25519, "ed");
    }

    @BeforeEach
    void apply() throws Exception {
        fixture.apply(manifest());
        registry = fixture.registry();
        verifier = new Verifier(registry, SessionOpener.NONE, new SigningKeys(16), BaseDomains.DEFAULT);
    }

    private static AccessKey key(String id) {
        return new AccessKey(id, Secret.of("secret-of-" + id));
    }

    private static ClientRequest get(String bucket, String key) {
        return ClientRequest.get(bucket, key).date(Fixture.NOW);
    }

    private VerifyAnswer verify(VerifyRequest request) throws Exception {
        return verifier.verify(request, Fixture.NOW);
    }

    private void assertRefused(VerifyRequest request, String code) throws Exception {
        VerifyAnswer answer = verify(request);
        assertThat(answer.error().map(VerifyAnswer.AnswerError::code))
                .as(answer.toString())
                .contains(code);
        assertThat(answer.status()).isEqualTo(403);
    }

    private static String token(String issuer, KeyPair pair, String algorithm, String keyId) {
        long now = Fixture.NOW.getEpochSecond();
        String claims = TestToken.claims(now - 60, now + 3600, "").replace(TestToken.ISSUER, issuer);
        return TestToken.good(algorithm, keyId).withPayload(claims).signed(pair, algorithm);
    }

    private static String tokenOfA() {
        return token("https://a.example", TestKeys.EC, "ES256", "ec");
    }

    private Caller caller(String token, String... role) throws Exception {
        return new BearerAuthenticator(registry)
                .authenticate(
                        token,
                        RoleFaces.Face.TOKEN,
                        List.of(role).stream().findFirst(),
                        Optional.empty(),
                        TestClientContext.CLIENT,
                        ReadAhead.NOTHING,
                        Fixture.NOW);
    }

    @ParameterizedTest
    @CsvSource({"LTAI5tRootOfa,a,b", "LTAI5tAppOfa,a,b", "LTAI5tRootOfb,b,a", "LTAI5tAppOfb,b,a"})
    void aKeyOpensOnlyBucketsOfItsAccount(String id, String own, String other) throws Exception {
        for (SignatureVersion version : SignatureVersion.values()) {
            VerifyAnswer answer = verify(get("bucket-" + own, "k").signed(version, key(id)));
            assertThat(answer.allowed()).isTrue();
            assertThat(answer.principal().orElseThrow().accountId()).contains(own.equals("a") ? A : B);
            for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)) {
                ClientRequest foreign =
                        ClientRequest.of(method, "bucket-" + other, "k").date(Fixture.NOW);
                assertRefused(foreign.signed(version, key(id)), "AccessDenied");
                assertRefused(foreign.presigned(version, key(id), Duration.ofHours(1)), "AccessDenied");
            }
            assertRefused(get("bucket-" + other, "").signed(version, key(id)), "AccessDenied");
            assertRefused(get("bucket-" + other, "").query("acl").signed(version, key(id)), "AccessDenied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecretIsValidOnlyForItsId(SignatureVersion version) throws Exception {
        AccessKey crossed = new AccessKey("LTAI5tAppOfa", Secret.of("secret-of-LTAI5tAppOfb"));
        assertRefused(get("bucket-a", "k").signed(version, crossed), "SignatureDoesNotMatch");
        assertRefused(get("bucket-b", "k").signed(version, crossed), "SignatureDoesNotMatch");
    }

    @Test
    void aCopyTakesNothingFromTheOtherAccount() throws Exception {
        ClientRequest copy = ClientRequest.of(HttpMethod.PUT, "bucket-a", "k").date(Fixture.NOW);
        assertThat(verify(copy.header("x-oss-copy-source", "/bucket-a/s")
                                .signed(SignatureVersion.V4, key("LTAI5tAppOfa")))
                        .allowed())
                .isTrue();
        assertRefused(
                copy.header("x-oss-copy-source", "/bucket-b/s").signed(SignatureVersion.V4, key("LTAI5tAppOfa")),
                "AccessDenied");
    }

    @Test
    void theServiceIsEachAccountsOwn() throws Exception {
        VerifyAnswer answer = verify(get("", "").signed(SignatureVersion.V4, key("LTAI5tAppOfa")));
        assertThat(answer.principal().orElseThrow().accountId()).contains(A);
        assertThat(answer.resource().orElse("")).doesNotContain(B);
    }

    @Test
    void aRoleIsOneOfTheProvidersAccount() throws Exception {
        assertThat(caller(tokenOfA()).principal().arn()).startsWith("acs:ram::" + A + ":role/mobile/");
        assertThat(caller(tokenOfA(), "mobile").accountId()).isEqualTo(A);
        assertThatThrownBy(() -> caller(tokenOfA(), "acs:ram::" + B + ":role/mobile"))
                .isInstanceOfSatisfying(
                        CallerRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(CallerRefusal.Code.ROLE_NOT_FOUND));
    }

    @Test
    void aSessionStaysInItsRolesAccount() throws Exception {
        AccessKey session = key("STS.a");
        Caller caller = caller(tokenOfA());
        SessionOpener opener = (id, token, now) -> new SessionOpener.Session(
                session.secret(), caller.principal(), Optional.empty(), Optional.empty(), now.plusSeconds(3600));
        verifier = new Verifier(registry, opener, new SigningKeys(4), BaseDomains.DEFAULT);
        assertThat(verify(get("bucket-a", "k").token("t").signed(SignatureVersion.V4, session))
                        .allowed())
                .isTrue();
        assertRefused(get("bucket-b", "k").token("t").signed(SignatureVersion.V4, session), "AccessDenied");
    }

    @Test
    void aProviderSpeaksForItsOwnAccountWithItsOwnKeys() throws Exception {
        assertThat(caller(token("https://b.example", TestKeys.ED25519, "EdDSA", "ed"))
                        .accountId())
                .isEqualTo(B);
        for (String forged : List.of(
                token("https://a.example", TestKeys.ED25519, "EdDSA", "ed"),
                token("https://a.example", TestKeys.ED25519, "EdDSA", "ec"),
                token("https://b.example", TestKeys.EC, "ES256", "ec"))) {
            assertThatThrownBy(() -> caller(forged)).isInstanceOf(CallerRefusal.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bucket-b,bucket-a,the bucket bucket-a",
        "img.b.example,img.a.example,the domain img.a.example",
        "LTAI5tAppOfb,LTAI5tAppOfa,the access key LTAI5tAppOfa",
        "LTAI5tAppOfb,LTAI5tRootOfa,the access key LTAI5tRootOfa",
        "https://b.example,https://a.example,the client id app of the issuer https://a.example"
    })
    void refusesASecondOwner(String of, String becomes, String said) {
        assertThatThrownBy(() -> Manifest.parse(manifest().replace(of, becomes)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aBucketIsSignedForByItsOwnAccountsUserOfThatName() throws Exception {
        for (String name : List.of("a", "b")) {
            var facts = registry.load(
                    new Facts.Query(Optional.empty(), Set.of("bucket-" + name), Optional.empty()), Fixture.NOW);
            assertThat(registry.signer(facts.bucket("bucket-" + name).orElseThrow(), Fixture.NOW)
                            .orElseThrow()
                            .key()
                            .id())
                    .isEqualTo("LTAI5tAppOf" + name);
        }
    }

    @Test
    void aDomainIsItsOwnBucketWhateverThePathSays() throws Exception {
        VerifyRequest own = get("bucket-a", "k").signed(SignatureVersion.V4, key("LTAI5tAppOfa"));
        assertThat(verify(VerifyRequests.url(own, "http://img.a.example/k")).allowed())
                .isTrue();
        assertRefused(VerifyRequests.url(own, "http://img.b.example/k"), "SignatureDoesNotMatch");
        VerifyRequest foreign = get("bucket-b", "k").signed(SignatureVersion.V4, key("LTAI5tAppOfa"));
        assertRefused(VerifyRequests.url(foreign, "http://img.b.example/k"), "AccessDenied");
        assertRefused(VerifyRequests.url(foreign, "http://img.a.example/bucket-b/k"), "SignatureDoesNotMatch");
        VerifyRequest below = get("bucket-a", "bucket-b/k").signed(SignatureVersion.V4, key("LTAI5tAppOfa"));
        assertThat(verify(VerifyRequests.url(below, "http://img.a.example/bucket-b/k"))
                        .resource()
                        .orElseThrow())
                .endsWith(":" + A + ":bucket-a/bucket-b/k");
    }
}
