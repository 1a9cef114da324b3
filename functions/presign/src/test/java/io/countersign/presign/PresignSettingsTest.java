package io.countersign.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.delegation.SigningOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresignSettingsTest {
    @Test
    void theDefaultsAreAnHour() {
        assertThat(PresignSettings.DEFAULT.maxExpiry()).isEqualTo(Duration.ofHours(1));
        assertThat(PresignSettings.DEFAULT.defaultExpiry()).isEqualTo(Duration.ofHours(1));
        assertThat(PresignSettings.DEFAULT.signing().callback()).isFalse();
        assertThat(PresignSettings.DEFAULT.signing().symlink()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT0S", "P8D,PT1S", "PT1M,PT2M", "PT1.5S,PT1S", "PT1M,PT0.5S", "PT-1S,PT-1S"})
    void anExpiryOutOfRangeIsRefused(Duration longest, Duration byDefault) {
        assertThatThrownBy(() -> new PresignSettings(longest, byDefault, SigningOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aShorterCapCutsTheDefault() {
        assertThat(PresignSettings.DEFAULT.withMaxExpiry(Duration.ofSeconds(1)).defaultExpiry())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(PresignSettings.DEFAULT.withMaxExpiry(Duration.ofDays(1)).defaultExpiry())
                .isEqualTo(Duration.ofHours(1));
    }
}
