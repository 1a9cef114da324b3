package io.countersign.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.TrustedProxies;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyValuesTest {
    @Test
    void aSystemPropertyGoesBeforeTheEnvironment() throws PropertyValues.InvalidSettingException {
        PropertyValues values = PropertyValues.of(
                Map.of("countersign.http.workers", "3"),
                Map.of("COUNTERSIGN_HTTP_WORKERS", "4", "COUNTERSIGN_HTTP_QUEUE", "5"));
        assertThat(HttpSettings.from(values).workers()).isEqualTo(3);
        assertThat(HttpSettings.from(values).queue()).isEqualTo(5);
    }

    @Test
    void aMistypedSystemPropertyIsRefused() {
        assertThatThrownBy(() -> Settings.from(PropertyValues.of(Map.of("countersign.cache.tll", "PT5S"), Map.of())))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessage("countersign.cache.tll: there is no such setting; serve --help lists them all");
    }

    @Test
    void ignoresVariablesOfAnOrchestrator() throws PropertyValues.InvalidSettingException {
        PropertyValues values =
                PropertyValues.of(Map.of("java.version", "25"), Map.of("COUNTERSIGN_SERVICE_HOST", "x"));
        assertThat(HttpSettings.from(values).workers()).isEqualTo(16);
    }

    @Test
    void anEmptyValueIsToldByTheNameThatItHas() {
        PropertyValues values = PropertyValues.of(
                Map.of("countersign.decisions.file", "", "java.version", ""),
                Map.of(
                        "COUNTERSIGN_PRIVATE_TOKENS",
                        " ",
                        "COUNTERSIGN_SERVICE_HOST",
                        "",
                        "COUNTERSIGN_DECISIONS_LOG",
                        "all"));
        assertThat(values.empty(Settings.ALL))
                .containsExactly("COUNTERSIGN_PRIVATE_TOKENS", "countersign.decisions.file");
        assertThat(values.empty())
                .containsExactly(
                        "COUNTERSIGN_PRIVATE_TOKENS", "COUNTERSIGN_SERVICE_HOST", "countersign.decisions.file");
    }

    @Test
    void aSettingWithoutADefaultIsAskedFor() {
        PropertyValues values = PropertyValues.of(Map.of(), Map.of());
        assertThatThrownBy(() -> values.string(AwsProperties.REGION))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessage("countersign.aws.region: it is not set; set a value");
    }

    @Test
    void aDurationIsShownByAnExample() {
        PropertyValues values = PropertyValues.of(Map.of(), Map.of("COUNTERSIGN_CACHE_TTL", "5"));
        assertThatThrownBy(() -> Settings.from(values))
                .hasMessage("countersign.cache.ttl: expected an ISO 8601 duration from PT0S to PT5M, such as PT5S");
    }

    /** Without any domain, hosts of OSS could be bound to a bucket. */
    @Test
    void anEmptyListIsRefusedWhereTheSettingHasADefault() {
        assertThatThrownBy(() -> Settings.from(PropertyValues.of(Map.of(), Map.of("COUNTERSIGN_BASE_DOMAINS", ""))))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessage("countersign.base-domains: it is empty; set a value or unset it");
    }

    /** So compose files unset a variable. */
    @Test
    void everySettingIsRefusedWhenItIsEmptyOrIsAsIfItWereNotSet() throws PropertyValues.InvalidSettingException {
        Settings unset = Settings.from(PropertyValues.of(Map.of(), Map.of()));
        for (Setting setting : Settings.ALL) {
            PropertyValues values = PropertyValues.of(Map.of(), Map.of(setting.variable(), ""));
            try {
                assertThat(Settings.from(values))
                        .as(setting.name())
                        .usingRecursiveComparison()
                        .isEqualTo(unset);
            } catch (PropertyValues.InvalidSettingException e) {
                assertThat(e).hasMessage(setting.name() + ": it is empty; set a value or unset it");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "countersign.http.workers, 0",
        "countersign.http.workers, many",
        "countersign.http.workers, ''",
        "countersign.http.workers, 99999999999",
        "countersign.http.queue, -1",
        "countersign.http.max-connections, 1.5",
        "countersign.http.max-connections-per-address, 0",
        "countersign.http.body-timeout, 10",
        "countersign.http.body-timeout, PT0S",
        "countersign.http.body-timeout, PT1H",
        "countersign.http.idle-timeout, -PT5S",
        "countersign.drain, -1",
        "countersign.drain, 301",
        "countersign.drain, PT5S"
    })
    void aBadValueIsRefusedByNameAndNotRepeated(String name, String value) {
        assertThatThrownBy(() -> HttpSettings.from(PropertyValues.of(Map.of(name, value), Map.of())))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageStartingWith(name + ": ");
    }

    @Test
    void httpHasTheseDefaults() throws PropertyValues.InvalidSettingException {
        assertThat(HttpSettings.from(PropertyValues.of(Map.of(), Map.of())))
                .isEqualTo(new HttpSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        new ConnectionBounds(1024, 256, TrustedProxies.NONE),
                        16,
                        256,
                        Duration.ofSeconds(8),
                        TrustedProxies.NONE,
                        Duration.ofSeconds(3)));
    }
}
