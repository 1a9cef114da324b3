package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.countersign.signing.base.Hmac;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
    private static final String TEXT = "what is signed 签名";

    /** Shared by all tries: whatever is in its one place must never be handed out for other inputs. */
    private static final SigningKeys SMALL = new SigningKeys(1);

    private static final CredentialScope SCOPE = new CredentialScope("ak", "20261122", "cn-hangzhou", "oss");

    @Provide
    Arbitrary<CredentialScope> scopes() {
        return Combinators.combine(
                        Arbitraries.of("ak", "ak2"),
                        Arbitraries.of("20261122", "20261123"),
                        Arbitraries.of("cn-hangzhou", "cn-beijing"),
                        Arbitraries.of("oss", "oss-cloudbox"))
                .as(CredentialScope::new);
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.of("sk", "sk2", "秘密");
    }

    @Property
    void aKeyFromTheTableIsTheKeyOfExactlyTheseInputs(
            @ForAll("scopes") CredentialScope scope, @ForAll("secrets") String secret) {
        byte[] derived = new SigningKeys(1).v4(scope, Secret.of(secret)).sign(TEXT);
        assertThat(SMALL.v4(scope, Secret.of(secret)).sign(TEXT)).isEqualTo(derived);
        assertThat(SMALL.v4(scope, Secret.of(secret)).sign(TEXT)).isEqualTo(derived);
    }

    @Property
    void derivesAnotherKeyForEachVersion(@ForAll("scopes") CredentialScope scope, @ForAll("secrets") String secret) {
        byte[] first = Hmac.sha1(Hmac.sha1Key(secret), TEXT);
        byte[] second = Hmac.sha256(Hmac.sha256Key(secret), TEXT);
        assertThat(SMALL.v1(Secret.of(secret)).sign(TEXT)).isEqualTo(first);
        assertThat(SMALL.v2(Secret.of(secret)).sign(TEXT)).isEqualTo(second);
        assertThat(SMALL.v4(scope, Secret.of(secret)).sign(TEXT)).isNotIn(first, second);
        assertThat(SMALL.v1(Secret.of(secret)).sign(TEXT)).isEqualTo(first);
    }

    @Test
    void anotherInstanceOfOneSecretFindsItsKey() {
        SigningKeys keys = new SigningKeys(16);
        assertThat(keys.v4(SCOPE, Secret.of("sk"))).isSameAs(keys.v4(SCOPE, Secret.of("sk")));
        assertThat(keys.v1(Secret.of("sk"))).isSameAs(keys.v1(Secret.of("sk")));
        assertThat(keys.v2(Secret.of("sk"))).isSameAs(keys.v2(Secret.of("sk")));
    }

    @Test
    void aRotatedSecretUnderOneIdFindsNothing() {
        SigningKeys keys = new SigningKeys(1);
        byte[] old = keys.v4(SCOPE, Secret.of("old")).sign(TEXT);
        assertThat(keys.v4(SCOPE, Secret.of("new")).sign(TEXT)).isNotEqualTo(old);
    }

    @Test
    void aKeyPrintsNothing() {
        assertThat(new SigningKeys(1).v1(Secret.of("sk")).toString()).doesNotContain("sk");
    }

    @Test
    void atLeastOneKeyIsKept() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SigningKeys(0));
    }
}
