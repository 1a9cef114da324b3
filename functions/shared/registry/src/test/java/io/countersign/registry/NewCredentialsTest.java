package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NewCredentialsTest {
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
}
