package io.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerNamesTest {
    private static final String SETTINGS = """
            AWS_API_CALL_TIMEOUT, countersign.aws.api-call-timeout, countersign.aws.budget, COUNTERSIGN_AWS_API_CALL_TIMEOUT, COUNTERSIGN_AWS_BUDGET
            ROTATION_POLL_INTERVAL, countersign.rotation.poll-interval, countersign.rotation.look-every, COUNTERSIGN_ROTATION_POLL_INTERVAL, COUNTERSIGN_ROTATION_LOOK_EVERY""";

    @Test
    void theseHaveAFormerName() {
        assertThat(Arrays.stream(Property.values())
                        .filter(property -> property.formerKey().isPresent()))
                .containsExactly(Property.AWS_API_CALL_TIMEOUT, Property.ROTATION_POLL_INTERVAL);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SETTINGS)
    void eitherNameSetsTheValue(Property property, String key, String formerKey, String variable, String formerVariable)
            throws PropertyValues.InvalidSettingException {
        assertThat(read(property, Map.of(key, "PT7S"), Map.of())).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(property, Map.of(formerKey, "PT7S"), Map.of())).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(property, Map.of(), Map.of(variable, "PT7S"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(property, Map.of(), Map.of(formerVariable, "PT7S"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(property, Map.of(formerKey, "PT7S"), Map.of(formerVariable, "PT8S")))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(textBlock = SETTINGS)
    void bothNamesAreRefusedWhereverTheyAreSet(
            Property property, String key, String formerKey, String variable, String formerVariable) {
        assertRefused(key, formerKey, Map.of(key, "PT7S", formerKey, "PT7S"), Map.of());
        assertRefused(key, formerKey, Map.of(), Map.of(variable, "PT7S", formerVariable, "PT7S"));
        assertRefused(key, formerKey, Map.of(key, "PT7S"), Map.of(formerVariable, "PT7S"));
        assertRefused(key, formerKey, Map.of(formerKey, "PT7S"), Map.of(variable, "PT7S"));
    }

    private static void assertRefused(
            String key, String formerKey, Map<String, String> systemProperties, Map<String, String> environment) {
        assertThatThrownBy(() -> PropertyValues.of(systemProperties, environment))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith(key + ": ")
                .hasMessageContaining(formerKey + ";");
    }

    private static Duration read(
            Property property, Map<String, String> systemProperties, Map<String, String> environment)
            throws PropertyValues.InvalidSettingException {
        return PropertyValues.of(systemProperties, environment)
                .duration(property, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
