package io.countersign.identity.token;

import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.TestRegistry;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.TokenKeyRing;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class SealedContentPropertiesTest {
    private static final TokenKeyRing.TokenKey KEY = new TokenKeyRing.TokenKey(
            "tk-one", KeyStatus.ACTIVE, Secret.of("A".repeat(43)), NOW, NOW, Optional.empty());
    private static final TokenKeyRing.TokenKey OTHER = new TokenKeyRing.TokenKey(
            "tk-one", KeyStatus.ACTIVE, Secret.of("B" + "A".repeat(42)), NOW, NOW, Optional.empty());

    @Provide
    Arbitrary<SealedContent> contents() {
        Arbitrary<String> text = Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
        Arbitrary<RevocationItem.Revocable.Founder> founder = text.flatMap(name -> Arbitraries.of(
                new RevocationItem.Revocable.OfProvider("1234", name), new RevocationItem.Revocable.OfAccessKey(name)));
        Arbitrary<Map<String, String>> variables = Arbitraries.maps(
                        text, Arbitraries.strings().ascii().ofMaxLength(256))
                .ofMaxSize(4);
        Arbitrary<Optional<PolicyDocument>> session = Arbitraries.of("a", "b/*", "*")
                .map(SealedContentPropertiesTest::session)
                .optional();
        Arbitrary<Instant> moments =
                Arbitraries.longs().between(0, 253_402_300_799_000L).map(Instant::ofEpochMilli);
        return Combinators.combine(text, founder, variables, session, moments, moments)
                .as((name, by, vars, policy, issued, expires) -> new SealedContent(
                        "jti",
                        "1234",
                        name,
                        "3" + name,
                        by,
                        name,
                        name,
                        "STS." + name,
                        Secret.of(name),
                        policy,
                        vars,
                        policy.map(some -> issued.truncatedTo(ChronoUnit.SECONDS)),
                        issued,
                        expires.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static PolicyDocument session(String key) {
        try {
            return PolicyDocument.parse(
                    Values.parse(policy("Allow", "oss:GetObject", "acs:oss:*:*:bucket/" + key)),
                    PolicyDocument.Kind.SESSION);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<byte[]> open(String text, TokenKeyRing.TokenKey key) {
        return new TokenText(text).sealed().flatMap(parts -> TokenCipher.open(parts, key));
    }

    @Property
    void opensSealedContentOnlyUnderItsKey(@ForAll("contents") SealedContent content) throws Exception {
        String text = TokenCipher.seal(SealedContent.ContentText.of(content), KEY, Seeds.secure());
        SealedContent opened = SealedContent.ContentText.read(open(text, KEY).orElseThrow());
        assertThat(opened)
                .usingRecursiveComparison()
                .ignoringFields("secret", "sessionPolicy")
                .isEqualTo(content);
        assertThat(opened.sessionPolicy()).isEqualTo(content.sessionPolicy());
        assertThat(opened.secret().reveal()).isEqualTo(content.secret().reveal());
        assertThat(open(text, OTHER)).isEmpty();
    }

    @Property
    void noTextIsAcceptedButATokenOfOurs(@ForAll @StringLength(min = 1, max = 300) String text) {
        assertThat(new TokenText(text).sealed()).isEmpty();
    }

    @Property
    void noBytesInPlaceOfAPartOpen(
            @ForAll byte[] bytes, @ForAll @IntRange(min = 0, max = 4) int part, @ForAll boolean asText) {
        TestRegistry registry = Standing.REGISTRY;
        String[] parts = Standing.SESSION.token().reveal().split("\\.", -1);
        String other = asText
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                : new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "-");
        if (!other.equals(parts[part])) {
            parts[part] = other;
            String token = String.join(".", parts);
            assertThatThrownBy(() -> new SessionReader(registry.registry())
                            .open(Standing.SESSION.accessKeyId(), SecurityToken.of(token), NOW))
                    .isInstanceOf(OssRefusal.class);
        }
    }

    /** Made once: signing the bearer's token is slow. */
    private static final class Standing {
        static final TestRegistry REGISTRY =
                TestRegistry.with(policy("Allow", "oss:GetObject", "acs:oss:*:*:bucket/*"));
        static final SessionIssuer.IssuedSession SESSION = TestSessions.alice(REGISTRY);
    }
}
