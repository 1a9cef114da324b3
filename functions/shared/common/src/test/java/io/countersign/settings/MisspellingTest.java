package io.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisspellingTest {
    private static final List<Setting> SETTINGS = List.of(
            Setting.of("countersign.decisions.log", "refused", "Which."),
            Setting.of("countersign.store", "sqlite", "Where.").formerly("countersign.stored-in"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COUNTERSIGN_DECISION_LOG",
                "COUNTERSIGN_DECISIONSLOG",
                "COUNTERSIGN_DECISIONS__LOG",
                "COUNTERSIGN_DECISIONS_LOGS",
                "COUNTERSIGN_DECISIONS_LOC",
                "COUNTERSIGN_DECISIONS_LGO"
            })
    void aVariableNearASettingIsOne(String variable) {
        assertThat(Misspelling.of(Set.of(variable, "PATH"), SETTINGS))
                .containsExactly(new Misspelling(variable, "COUNTERSIGN_DECISIONS_LOG"));
    }

    /** Settings, variables that Kubernetes sets for a service, those of other programs, and what is not ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COUNTERSIGN_DECISIONS_LOG",
                "COUNTERSIGN_STORE",
                "COUNTERSIGN_STORED_IN",
                "COUNTERSIGN_SERVICE_HOST",
                "COUNTERSIGN_PORT",
                "COUNTERSIGN_PORT_8080_TCP",
                "COUNTERSIGN_STORAGE",
                "COUNTERSIGN_DECISIONS_LOG_XY",
                "COUNTERSIGN_",
                "OUNTERSIGN_STORE",
                "countersign_store"
            })
    void everyOtherVariableIsNone(String variable) {
        assertThat(Misspelling.of(Set.of(variable), SETTINGS)).isEmpty();
    }

    @Test
    void theyAreSorted() {
        assertThat(Misspelling.of(Set.of("COUNTERSIGN_STORES", "COUNTERSIGN_STOR"), SETTINGS))
                .extracting(Misspelling::variable)
                .containsExactly("COUNTERSIGN_STOR", "COUNTERSIGN_STORES");
    }
}
