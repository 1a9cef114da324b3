package io.countersign.identity;

import static io.countersign.identity.TestRegistry.ROLE;
import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestRegistry.provider;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.OidcProvider;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private static final String READ = policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/*");
    private static final String TOKEN = TestToken.good("ES256", "ec").signed(TestKeys.EC, "ES256");
    private static final Jwks.VerifyingKey KEY = new Jwks.VerifyingKey(TestKeys.EC.getPublic(), "thumbprint");
    private static final PublicKey OTHER = TestKeys.OTHER_EC.getPublic();

    private int longWork;
    private final VerifiedTokens tokens = new VerifiedTokens(() -> longWork++);

    private void require(String token, OidcProvider provider, Jwks.VerifyingKey key, Instant now) throws CallerRefusal {
        tokens.candidate(token).require(new RoleFinder.ProviderFinder.Match(provider, TestToken.AUDIENCE), key, now);
    }

    private void require(String token, Jwks.VerifyingKey key) throws CallerRefusal {
        require(token, provider(Optional.of(ROLE)), key, NOW);
    }

    private static void isRefused(ThrowingCallable call, CallerRefusal.Code code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CallerRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void verifiesTheSignatureOfATokenOnce() throws CallerRefusal {
        require(TOKEN, KEY);
        // This key would refuse the signature. It has the thumbprint of the first, so it is not asked.
        assertThatCode(() -> require(TOKEN, new Jwks.VerifyingKey(OTHER, KEY.thumbprint())))
                .doesNotThrowAnyException();
        assertThat(longWork).isEqualTo(1);
    }

    @Test
    void tellsOfLongWorkBeforeEachSignature() throws CallerRefusal {
        VerifiedTokens onLoop = new VerifiedTokens(() -> {
            throw new IllegalStateException("not here");
        });
        assertThatThrownBy(() -> onLoop.candidate(TOKEN)
                        .require(
                                new RoleFinder.ProviderFinder.Match(provider(Optional.of(ROLE)), TestToken.AUDIENCE),
                                KEY,
                                NOW))
                .hasMessage("not here");
        require(TOKEN, KEY);
        isRefused(() -> require(TOKEN, new Jwks.VerifyingKey(OTHER, "other")), CallerRefusal.Code.INVALID_SIGNATURE);
        assertThat(longWork).isEqualTo(2);
    }

    @Test
    void verifiesTheSignatureAgainUnderAnotherKey() throws CallerRefusal {
        require(TOKEN, KEY);
        isRefused(() -> require(TOKEN, new Jwks.VerifyingKey(OTHER, "other")), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void verifiesTheSignatureAgainForAnotherRecordOfTheProvider() throws CallerRefusal {
        require(TOKEN, KEY);
        isRefused(
                () -> require(TOKEN, provider(Optional.empty()), new Jwks.VerifyingKey(OTHER, KEY.thumbprint()), NOW),
                CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void refusesTheSignatureOfAVerifiedTokenUnderOtherClaims() throws CallerRefusal {
        require(TOKEN, KEY);
        String[] parts = TOKEN.split("\\.");
        String claims = TestToken.encoded(
                TestToken.claims("").replace("alice", "mallory").getBytes(StandardCharsets.UTF_8));
        isRefused(() -> require(parts[0] + "." + claims + "." + parts[2], KEY), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void cachesNoRefusedToken() {
        String forged = TestToken.good("ES256", "ec").signed(TestKeys.OTHER_EC, "ES256");
        for (int call = 0; call < 3; call++) {
            isRefused(() -> require(forged, KEY), CallerRefusal.Code.INVALID_SIGNATURE);
        }
        Instant expired = NOW.plus(Duration.ofHours(2));
        OidcProvider provider = provider(Optional.of(ROLE));
        isRefused(() -> require(TOKEN, provider, KEY, expired), CallerRefusal.Code.TOKEN_EXPIRED);
        isRefused(
                () -> require(TOKEN, provider, new Jwks.VerifyingKey(OTHER, KEY.thumbprint()), NOW),
                CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void checksTheTimesOfAVerifiedTokenForEachCall() throws CallerRefusal {
        OidcProvider provider = provider(Optional.of(ROLE));
        require(TOKEN, provider, KEY, NOW);
        Instant last = NOW.plusSeconds(3600 + TokenVerifier.LEEWAY - 1);
        assertThatCode(() -> require(TOKEN, provider, KEY, last)).doesNotThrowAnyException();
        isRefused(() -> require(TOKEN, provider, KEY, last.plusSeconds(1)), CallerRefusal.Code.TOKEN_EXPIRED);
        Instant first = NOW.minusSeconds(60 + TokenVerifier.LEEWAY);
        assertThatCode(() -> require(TOKEN, provider, KEY, first)).doesNotThrowAnyException();
        isRefused(() -> require(TOKEN, provider, KEY, first.minusSeconds(1)), CallerRefusal.Code.TOKEN_NOT_YET_VALID);
    }

    @Test
    void checksNotBeforeOfAVerifiedTokenForEachCall() throws CallerRefusal {
        OidcProvider provider = provider(Optional.of(ROLE));
        String token = TestToken.good("ES256", "ec")
                .withPayload(TestToken.claims(",\"nbf\":" + NOW.getEpochSecond()))
                .signed(TestKeys.EC, "ES256");
        require(token, provider, KEY, NOW);
        isRefused(
                () -> require(token, provider, KEY, NOW.minusSeconds(TokenVerifier.LEEWAY + 1)),
                CallerRefusal.Code.TOKEN_NOT_YET_VALID);
    }

    @Test
    void checksTheAudienceOfAVerifiedTokenForEachCall() throws CallerRefusal {
        OidcProvider provider = provider(Optional.of(ROLE));
        require(TOKEN, provider, KEY, NOW);
        isRefused(
                () -> tokens.candidate(TOKEN).require(new RoleFinder.ProviderFinder.Match(provider, "other"), KEY, NOW),
                CallerRefusal.Code.INVALID_TOKEN);
    }

    @Test
    void refusesAVerifiedTokenWhenItsProviderHasReplacedTheKeys() throws Exception {
        TestRegistry registry = TestRegistry.with(READ);
        BearerAuthenticator authenticator = new BearerAuthenticator(registry.registry());
        authenticate(authenticator, NOW);
        registry.provider(inline(TestJwks.set(TestJwks.jwk(TestKeys.RSA.getPublic(), "rsa"))));
        isRefused(() -> authenticate(authenticator, NOW), CallerRefusal.Code.UNKNOWN_KEY);
        registry.provider(inline(TestJwks.set(TestJwks.jwk(TestKeys.OTHER_EC.getPublic(), "ec"))));
        isRefused(() -> authenticate(authenticator, NOW), CallerRefusal.Code.INVALID_SIGNATURE);
        registry.provider(inline(TestRegistry.jwks()));
        assertThatCode(() -> authenticate(authenticator, NOW)).doesNotThrowAnyException();
    }

    @Test
    void refusesAVerifiedTokenWhenTheRoleNoLongerTrustsItsProvider() throws Exception {
        TestRegistry registry = TestRegistry.with(READ);
        BearerAuthenticator authenticator = new BearerAuthenticator(registry.registry());
        authenticate(authenticator, NOW);
        registry.role(TestRegistry.ACCOUNT, ROLE, TestRegistry.TRUST.replace(TestToken.AUDIENCE, "another-app"), READ);
        isRefused(() -> authenticate(authenticator, NOW), CallerRefusal.Code.NOT_TRUSTED);
    }

    @Test
    void refusesAVerifiedTokenWhenItsKeyWasWithdrawnOrTheKeySetIsStale() throws Exception {
        URI address = URI.create("https://idp.example/jwks");
        PublishedSet published = new PublishedSet(Optional.of(TestRegistry.jwks()));
        TestRegistry registry = TestRegistry.with(READ)
                .provider(provider(
                        "demo",
                        List.of(TestToken.AUDIENCE),
                        Optional.of(ROLE),
                        new OidcProvider.JwksSource.At(address)));
        BearerAuthenticator authenticator = new BearerAuthenticator(registry.registry(), uri -> published.read());
        authenticate(authenticator, NOW);
        published.json = Optional.empty();
        Instant stale = NOW.plus(JwksResolver.CachedJwks.STALE);
        authenticate(authenticator, stale.minusMillis(1));
        isRefused(() -> authenticate(authenticator, stale), CallerRefusal.Code.KEYS_UNAVAILABLE);
        published.json = Optional.of(TestJwks.set(TestJwks.jwk(TestKeys.RSA.getPublic(), "rsa")));
        isRefused(() -> authenticate(authenticator, stale.plusSeconds(60)), CallerRefusal.Code.UNKNOWN_KEY);
    }

    @Test
    void printsNoToken() throws CallerRefusal {
        assertThat(tokens.candidate(TOKEN).toString())
                .doesNotContain(TOKEN.substring(0, 20))
                .doesNotContain("alice");
    }

    private static void authenticate(BearerAuthenticator authenticator, Instant now) throws Exception {
        authenticator.authenticate(
                TOKEN,
                RoleFaces.Face.TOKEN,
                Optional.empty(),
                Optional.empty(),
                TestClientContext.CLIENT,
                ReadAhead.NOTHING,
                now);
    }

    private static OidcProvider inline(String jwks) {
        return provider(
                "demo", List.of(TestToken.AUDIENCE), Optional.of(ROLE), new OidcProvider.JwksSource.Inline(jwks));
    }

    /** A key set at an address; empty while it cannot be read. */
    private static final class PublishedSet {
        private Optional<String> json;

        PublishedSet(Optional<String> json) {
            this.json = json;
        }

        byte[] read() throws IOException {
            return json.orElseThrow(() -> new IOException("no answer")).getBytes(StandardCharsets.UTF_8);
        }
    }
}
