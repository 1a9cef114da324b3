package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.rotation.OutgoingEvent;
import io.countersign.registry.store.ItemKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Keys keys = new Keys();
    private final List<OutgoingEvent> received = new ArrayList<>();

    OutboxTest() throws Exception {}

    @Test
    void whatWasToldIsSentOnceInItsOrder() throws Exception {
        tell(12);
        assertThat(new Outbox(keys.fixture.store, received::addAll).send(keys.now))
                .isEqualTo(received.size());
        assertThat(received).hasSizeGreaterThan(30);
        assertThat(received).extracting(OutgoingEvent::time).isSorted();
        assertThat(new Outbox(keys.fixture.store, received::addAll).send(keys.now))
                .isZero();
        assertThat(keys.outbox()).isEmpty();
    }

    @Test
    void whatTheSinkDoesNotTakeWaits() throws Exception {
        tell(2);
        Outbox broken = new Outbox(keys.fixture.store, events -> {
            throw new IOException("the bus is away");
        });
        assertThatThrownBy(() -> broken.send(keys.now)).isInstanceOf(IOException.class);
        new Outbox(keys.fixture.store, received::addAll).send(keys.now);
        assertThat(received).hasSizeGreaterThan(4);
    }

    @Test
    void aCrashBetweenSendingAndForgettingSendsTwiceUnderOneId() throws Exception {
        tell(1);
        keys.fixture.store.diesAfter(0);
        Outbox outbox = new Outbox(keys.fixture.store, received::addAll);
        assertThatThrownBy(() -> outbox.send(keys.now))
                .isInstanceOf(io.countersign.registry.store.StoreUnavailable.class);
        keys.fixture.store.diesAfter(Integer.MAX_VALUE);
        outbox.send(keys.now);
        var ids = received.stream().map(OutgoingEvent::id).toList();
        assertThat(ids).hasSize(2 * new HashSet<>(ids).size());
    }

    @Test
    void whatCannotBeReadHoldsUpNothingElse() throws Exception {
        tell(12);
        keys.fixture.put(new ItemKey(OutboxItem.PARTITION, "0"), "{}");
        Outbox outbox = new Outbox(keys.fixture.store, received::addAll);
        assertThatThrownBy(() -> outbox.send(keys.now))
                .isInstanceOf(io.countersign.registry.store.StoreUnavailable.class)
                .hasMessageContaining("outbox");
        assertThat(received).hasSizeGreaterThan(30);
        assertThat(keys.list(keys.fixture.store, OutboxItem.PARTITION)).hasSize(1);
    }

    private void tell(int compromises) throws Exception {
        for (int i = 0; i < compromises; i++) {
            keys.compromised(keys.holder().newestActive().orElseThrow().id());
            keys.pass(java.time.Duration.ofMinutes(1));
        }
    }
}
