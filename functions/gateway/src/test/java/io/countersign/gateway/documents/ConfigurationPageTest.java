package io.countersign.gateway.documents;

import io.countersign.gateway.config.Settings;
import io.countersign.settings.Setting;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists every setting as the program knows it. */
class ConfigurationPageTest {
    private static final String HEADER = "| setting | environment | default | meaning |";

    @Test
    void theTableOfSettingsIsTheProgramsOwn() throws IOException {
        List<String> rows =
                Settings.ALL.stream().map(ConfigurationPageTest::row).toList();
        Golden.table("docs/configuration.md", HEADER, rows);
    }

    private static String row(Setting setting) {
        return "| `%s` | `%s` | %s | %s |"
                .formatted(setting.name(), setting.variable(), shown(setting.helpDefault()), setting.description());
    }

    /** A value is code; a sentence, or the word for no value, is not. */
    private static String shown(String byDefault) {
        return byDefault.contains(" ") || byDefault.equals("none") ? byDefault : "`" + byDefault + "`";
    }
}
