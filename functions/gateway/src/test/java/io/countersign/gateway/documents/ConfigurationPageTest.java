package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.Settings;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** docs/configuration.md lists every setting as the program knows it. */
class ConfigurationPageTest {
    private static final String HEADER = "| setting | environment | default | meaning |";

    @Test
    void theTableOfSettingsIsTheProgramsOwn() throws IOException {
        List<String> rows =
                Settings.ALL.stream().map(ConfigurationPageTest::row).toList();
        Golden.table("docs/configuration.md", HEADER, rows);
    }

    /** The page says it by the column of defaults, where a value is code and words are not. */
    @ParameterizedTest
    @FieldSource("io.countersign.gateway.config.Settings#ALL")
    void anEmptyValueIsRefusedWhereTheTableHasAValueOtherThanFalse(Setting setting) throws IOException {
        assertThat(Files.readString(Path.of("..", "..", "docs", "configuration.md")))
                .contains("refuses the start where the table's default is a value in `code`, other than `false`.");
        String byDefault = shown(setting);
        boolean refused = byDefault.startsWith("`") && !byDefault.equals("`false`");
        Map<String, String> unset = new HashMap<>(storeThatReads(setting));
        unset.remove(setting.variable());
        Map<String, String> empty = new HashMap<>(unset);
        empty.put(setting.variable(), "");
        if (refused) {
            assertThat(refusal(unset)).isEmpty();
            assertThat(refusal(empty)).isPresent().get().asString().startsWith(setting.name() + ": ");
        } else {
            assertThat(refusal(empty)).isEqualTo(refusal(unset));
        }
        assertThat(PropertyValues.of(Map.of(), empty).empty(Settings.ALL)).containsExactly(setting.variable());
    }

    /** A store's settings are read where it is chosen. */
    private static Map<String, String> storeThatReads(Setting setting) {
        if (setting.name().startsWith("countersign.postgresql.")) {
            return Map.of(
                    "COUNTERSIGN_STORE", "postgresql", "COUNTERSIGN_POSTGRESQL_URL", "jdbc:postgresql://127.0.0.1/db");
        }
        return setting.name().startsWith("countersign.dynamodb.")
                ? Map.of("COUNTERSIGN_STORE", "dynamodb", "COUNTERSIGN_AWS_REGION", "eu-central-1")
                : Map.of();
    }

    private static Optional<String> refusal(Map<String, String> environment) {
        try {
            Settings.from(PropertyValues.of(Map.of(), environment));
            return Optional.empty();
        } catch (PropertyValues.InvalidSettingException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String row(Setting setting) {
        return "| `%s` | `%s` | %s | %s |"
                .formatted(setting.name(), setting.variable(), shown(setting), setting.description());
    }

    /** A value is code; a sentence, or the word for no value, is not. */
    private static String shown(Setting setting) {
        String byDefault = setting.helpDefault();
        boolean isValue = byDefault.equals(setting.defaultValue()) || !byDefault.equals("none");
        return byDefault.contains(" ") || !isValue ? byDefault : "`" + byDefault + "`";
    }
}
