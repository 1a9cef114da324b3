package io.countersign.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreLimitsTest {
    @Test
    void aKeysPartsAreBoundedInBytes() {
        assertThat(new ItemKey("p".repeat(2_048), "é".repeat(512)).sort()).hasSize(512);
        assertThatThrownBy(() -> new ItemKey("p".repeat(2_049), "s")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ItemKey("p", "é".repeat(513))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ItemKey("", "s")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ItemKey("p", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ItemKey("p", "\uD83D")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTransactionIsBoundedInWritesAndBytesAndWritesAKeyOnce() {
        assertThatThrownBy(() -> new Transaction(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Transaction(puts(101, "1"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Transaction(puts(11, "x".repeat(Write.MAX_PAYLOAD_BYTES))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Transaction(puts(10, "x".repeat(Write.MAX_PAYLOAD_BYTES))).writes())
                .hasSize(10);
        Write write = puts(1, "1").getFirst();
        assertThatThrownBy(() -> Transaction.of(write, Write.delete(write.key(), Condition.anything())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPayloadIsBoundedInBytes() {
        assertThatThrownBy(() -> puts(1, "é".repeat(Write.MAX_PAYLOAD_BYTES / 2 + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Write> puts(int count, String payload) {
        return IntStream.range(0, count)
                .mapToObj(i -> Write.put(new ItemKey("p", "s" + i), payload, Condition.absent()))
                .toList();
    }
}
