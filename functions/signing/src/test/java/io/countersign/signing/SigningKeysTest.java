package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
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
        byte[] derived = new SigningKeys(1).key(scope, Secret.of(secret)).getEncoded();
        assertThat(SMALL.key(scope, Secret.of(secret)).getEncoded()).isEqualTo(derived);
        assertThat(SMALL.key(scope, Secret.of(secret)).getEncoded()).isEqualTo(derived);
    }

    @Test
    void anotherInstanceOfOneSecretFindsItsKey() {
        SigningKeys keys = new SigningKeys(16);
        assertThat(keys.key(SCOPE, Secret.of("sk"))).isSameAs(keys.key(SCOPE, Secret.of("sk")));
    }

    @Test
    void aRotatedSecretUnderOneIdFindsNothing() {
        SigningKeys keys = new SigningKeys(1);
        byte[] old = keys.key(SCOPE, Secret.of("old")).getEncoded();
        assertThat(keys.key(SCOPE, Secret.of("new")).getEncoded()).isNotEqualTo(old);
    }

    @Test
    void atLeastOneKeyIsKept() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SigningKeys(0));
    }
}
