package io.countersign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SeedHookTest {
    private final String before = Seeds.text();

    @AfterEach
    void restore() {
        System.setProperty(Seeds.PROPERTY, before);
    }

    @Test
    void aPropertyHasTheSameCasesInEachRunAndOthersUnderAnotherText() {
        List<List<Long>> once = cases("a");
        assertThat(cases("a")).isEqualTo(once);
        assertThat(cases("b").getFirst()).isNotEqualTo(once.getFirst());
    }

    @Test
    void twoPropertiesDoNotHaveTheSameCases() {
        List<List<Long>> cases = cases("a");
        assertThat(cases.getFirst()).hasSize(20).isNotEqualTo(cases.getLast());
    }

    private static List<List<Long>> cases(String text) {
        System.setProperty(Seeds.PROPERTY, text);
        SomeProperties.FIRST.clear();
        SomeProperties.SECOND.clear();
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(SomeProperties.class))
                        .configurationParameter("jqwik.database", "")
                        .build());
        return List.of(List.copyOf(SomeProperties.FIRST), List.copyOf(SomeProperties.SECOND));
    }
}
