package io.countersign.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ItemKeyTest {
    @Test
    void keysAreEqualIfBothTheirPartsAre() {
        ItemKey key = new ItemKey("bucket#a", "b");
        assertThat(new ItemKey("bucket#" + 'a', "b")).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(List.of(new ItemKey("bucket#a", "a"), new ItemKey("bucket#b", "b"), new ItemKey("b", "bucket#a")))
                .doesNotContain(key);
    }
}
