package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.MemoryStore;
import org.junit.jupiter.api.Test;

class NativeMetadataTest {
    @Test
    void anExecutableHasTheClassesOfTheCache() throws Exception {
        ReadCache cache = new ReadCache(new MemoryStore(), CacheSettings.Bounds.DEFAULT);
        assertThat(CaffeineClasses.registered("countersign-registry")).isEqualTo(CaffeineClasses.of(cache, "entries"));
    }
}
