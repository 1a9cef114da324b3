package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NewCredentialsTest {
    private static final SecureRandom RANDOM = Seeds.secure();

    @Test
    void aUuidHasVersionAndVariantOfRfc9562AndElseRandomBits() {
        SecureRandom random = Seeds.secure();
        Set<UUID> all = new HashSet<>();
        long high = 0;
        long low = 0;
        for (int i = 0; i < 1_000; i++) {
            UUID uuid = NewCredentials.uuid(random);
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            all.add(uuid);
            high |= uuid.getMostSignificantBits();
            low |= uuid.getLeastSignificantBits();
        }
        assertThat(all).hasSize(1_000);
        // Each other bit was set at least once.
        assertThat(high).isEqualTo(0xFFFF_FFFF_FFFF_4FFFL);
        assertThat(low).isEqualTo(0xBFFF_FFFF_FFFF_FFFFL);
    }

    @Test
    void idsAndSecretsHaveTheirLength() {
        SecureRandom random = Seeds.secure();
        for (int i = 0; i < 1_000; i++) {
            assertThat(NewCredentials.accessKeyId(random)).matches("LTAI5t[A-Za-z0-9]{18}");
            assertThat(NewCredentials.sessionKeyId(random)).matches("STS\\.[A-Za-z0-9]{25}");
            assertThat(NewCredentials.secret(random).reveal()).matches("[A-Za-z0-9]{30}");
            assertThat(NewCredentials.roleId(random)).matches("3[0-9]{17}");
            assertThat(NewCredentials.tokenKeyId(random)).matches("tk-[A-Za-z0-9]{12}");
        }
    }

    /** A remainder of a byte alone would give the first 8 characters a quarter more. */
    @Test
    void everyCharacterOfASecretIsEquallyLikely() {
        assertEquallyLikely(62, () -> NewCredentials.secret(RANDOM).reveal());
        assertEquallyLikely(10, () -> NewCredentials.roleId(RANDOM).substring(1));
    }

    private static void assertEquallyLikely(int characters, Supplier<String> drawn) {
        Map<Integer, Integer> counts = new HashMap<>();
        int all = 0;
        while (all < 10_000 * characters) {
            String text = drawn.get();
            text.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
            all += text.length();
        }
        assertThat(counts).hasSize(characters);
        // Six standard deviations of one character's count.
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(9_400, 10_600));
    }
}
