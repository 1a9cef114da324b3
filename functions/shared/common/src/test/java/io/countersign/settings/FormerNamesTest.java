package io.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormerNamesTest {
    private static final String KEY = "countersign.a.new-name";
    private static final String FORMER_KEY = "countersign.a.name";
    private static final String VARIABLE = "COUNTERSIGN_A_NEW_NAME";
    private static final String FORMER_VARIABLE = "COUNTERSIGN_A_NAME";
    private static final Setting SETTING = Setting.of(KEY, "PT3S", "A time.").formerly(FORMER_KEY);

    @Test
    void eitherNameSetsTheValue() throws PropertyValues.InvalidSettingException {
        assertThat(read(Map.of(), Map.of())).isEqualTo(Duration.ofSeconds(3));
        assertThat(read(Map.of(KEY, "PT7S"), Map.of())).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(Map.of(FORMER_KEY, "PT7S"), Map.of())).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(Map.of(), Map.of(VARIABLE, "PT7S"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(Map.of(), Map.of(FORMER_VARIABLE, "PT7S"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(Map.of(FORMER_KEY, "PT7S"), Map.of(FORMER_VARIABLE, "PT8S")))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void bothNamesAreRefusedWhereverTheyAreSet() {
        assertRefused(Map.of(KEY, "PT7S", FORMER_KEY, "PT7S"), Map.of());
        assertRefused(Map.of(), Map.of(VARIABLE, "PT7S", FORMER_VARIABLE, "PT7S"));
        assertRefused(Map.of(KEY, "PT7S"), Map.of(FORMER_VARIABLE, "PT7S"));
        assertRefused(Map.of(FORMER_KEY, "PT7S"), Map.of(VARIABLE, "PT7S"));
    }

    @Test
    void neitherNameIsUnknown() throws PropertyValues.InvalidSettingException {
        PropertyValues.of(Map.of(KEY, "PT7S"), Map.of()).refuseUnknown(List.of(SETTING));
        PropertyValues.of(Map.of(FORMER_KEY, "PT7S"), Map.of()).refuseUnknown(List.of(SETTING));
        assertThatThrownBy(
                        () -> PropertyValues.of(Map.of(KEY, "PT7S"), Map.of()).refuseUnknown(List.of()))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith(KEY + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cache.ttl", "COUNTERSIGN_CACHE_TTL", "countersign.Cache", "countersign.cache ttl"})
    void aNameThatTheServerDoesNotRecognizeIsNoSettings(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Setting.of(name, "1", "A number."));
        assertThatIllegalArgumentException().isThrownBy(() -> SETTING.formerly(name));
    }

    private static void assertRefused(Map<String, String> systemProperties, Map<String, String> environment) {
        assertThatThrownBy(() -> read(systemProperties, environment))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessage(
                        KEY + ": it is set twice, also by its former name " + FORMER_KEY + "; remove the former name");
    }

    private static Duration read(Map<String, String> systemProperties, Map<String, String> environment)
            throws PropertyValues.InvalidSettingException {
        return PropertyValues.of(systemProperties, environment)
                .duration(SETTING, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
