package io.countersign.registry.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.TestRootKey;
import io.countersign.registry.store.ItemKey;
import io.countersign.signing.Secret;
import io.countersign.testkit.Seeds;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
    private static final Sealer.SealIdentity HERE = new Sealer.SealIdentity(new ItemKey("key/a", "key"), "a");
    private static final String SECRET = "a secret that nobody may read";

    private final Sealer sealer = new Sealer(TestRootKey.ONE, Seeds.secure());

    @Test
    void opensSealedTextOnlyForItsRecord() throws SealingException {
        String sealed = sealer.seal(Secret.of(SECRET), HERE);
        assertThat(sealer.open(sealed, HERE).reveal()).isEqualTo(SECRET);
        for (Sealer.SealIdentity elsewhere : new Sealer.SealIdentity[] {
            new Sealer.SealIdentity(new ItemKey("key/b", "key"), "a"),
            new Sealer.SealIdentity(new ItemKey("key/a", "yek"), "a"),
            new Sealer.SealIdentity(new ItemKey("key/a", "key"), "b"),
            new Sealer.SealIdentity(new ItemKey("key/ak", "ey"), "a"),
            new Sealer.SealIdentity(new ItemKey("key/a", "keya"), "")
        }) {
            assertThatThrownBy(() -> sealer.open(sealed, elsewhere))
                    .isInstanceOf(SealingException.class)
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Property
    void anySecretComesBack(@ForAll @StringLength(min = 1, max = 128) String text, @ForAll @AlphaChars String id)
            throws SealingException {
        if (!java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return;
        }
        Sealer.SealIdentity identity = new Sealer.SealIdentity(new ItemKey("key/" + id, "key"), id);
        assertThat(sealer.open(sealer.seal(Secret.of(text), identity), identity).reveal())
                .isEqualTo(text);
    }

    @Test
    void theSealedTextNamesItsRootKeyAndHidesTheSecret() throws SealingException {
        String sealed = sealer.seal(Secret.of(SECRET), HERE);
        assertThat(sealed).startsWith("1.test-1.").doesNotContain(SECRET);
    }

    @Test
    void noTwoSealsAreAlike() throws SealingException {
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            sealed.add(sealer.seal(Secret.of(SECRET), HERE));
        }
        assertThat(sealed).hasSize(100);
    }

    @Test
    void everyChangedCharacterIsNoticed() throws SealingException {
        String sealed = sealer.seal(Secret.of(SECRET), HERE);
        for (int i = 0; i < sealed.length() - 1; i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> sealer.open(changed, HERE)).isInstanceOf(SealingException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1.test-1", "1.test-1.", "1.test-1.AAAA", "2.test-1.AAAA", "1.test-1.%%%", "1.x.y.z"})
    void refusesAnInvalidSealedText(String text) {
        assertThatThrownBy(() -> sealer.open(text, HERE)).isInstanceOf(SealingException.class);
    }

    @Test
    void aMissingRootKeyVersionIsNamed() throws SealingException {
        String sealed = sealer.seal(Secret.of(SECRET), HERE);
        Sealer other = new Sealer(new TestRootKey("test-2", 2), Seeds.secure());
        assertThatThrownBy(() -> other.open(sealed, HERE)).hasMessageContaining("test-1");
        Sealer sameName = new Sealer(new TestRootKey("test-1", 2), Seeds.secure());
        assertThatThrownBy(() -> sameName.open(sealed, HERE)).hasMessageContaining("root key");
    }

    @Test
    void doesNotResealUnderTheNewestRootKey() throws SealingException {
        assertThat(sealer.renewed(sealer.seal(Secret.of(SECRET), HERE), HERE)).isEmpty();
    }

    @Test
    void tellsWhetherItHoldsASecret() throws SealingException {
        String sealed = sealer.seal(Secret.of(SECRET), HERE);
        assertThat(sealer.holds(sealed, HERE, Secret.of(SECRET))).isTrue();
        assertThat(sealer.holds(sealed, HERE, Secret.of(SECRET + "!"))).isFalse();
    }
}
