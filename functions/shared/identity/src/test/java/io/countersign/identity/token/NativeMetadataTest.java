package io.countersign.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.CaffeineClasses;
import org.junit.jupiter.api.Test;

class NativeMetadataTest {
    @Test
    void anExecutableHasTheClassesOfTheCache() throws Exception {
        assertThat(CaffeineClasses.registered("countersign-identity"))
                .isEqualTo(CaffeineClasses.of(new OpenedTokens(), "tokens"));
    }
}
