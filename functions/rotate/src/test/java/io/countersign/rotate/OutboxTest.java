package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.ItemKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Keys keys = new Keys();
    private final List<OutboxItem.OutgoingEvent> received = new ArrayList<>();

    OutboxTest() throws Exception {}

    @Test
    void sendsEventsOnceAndInOrder() throws Exception {
        tell(12);
        assertThat(new Outbox(keys.fixture.store, received::addAll).send(keys.now))
                .isEqualTo(received.size());
        assertThat(received).hasSizeGreaterThan(30);
        assertThat(received).extracting(OutboxItem.OutgoingEvent::time).isSorted();
        assertThat(new Outbox(keys.fixture.store, received::addAll).send(keys.now))
                .isZero();
        assertThat(keys.outbox()).isEmpty();
    }

    @Test
    void keepsAnUndeliveredEvent() throws Exception {
        tell(2);
        Outbox broken = new Outbox(keys.fixture.store, events -> {
            throw new IOException("the bus is away");
        });
        assertThatThrownBy(() -> broken.send(keys.now)).isInstanceOf(IOException.class);
        new Outbox(keys.fixture.store, received::addAll).sendAll(keys.now);
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
        var ids = received.stream().map(OutboxItem.OutgoingEvent::id).toList();
        assertThat(ids).hasSize(2 * new HashSet<>(ids).size());
    }

    @Test
    void skipsAnUnreadableEvent() throws Exception {
        tell(12);
        keys.fixture.put(new ItemKey(OutboxItem.PARTITION, "0"), "{}");
        Outbox outbox = new Outbox(keys.fixture.store, received::addAll);
        assertThatThrownBy(() -> outbox.send(keys.now))
                .isInstanceOf(io.countersign.registry.store.StoreUnavailable.class)
                .hasMessageContaining("outbox");
        assertThat(received).hasSizeGreaterThan(30);
        assertThat(keys.list(keys.fixture.store, OutboxItem.PARTITION)).hasSize(1);
    }

    @Test
    void anEventThatIsRefusedHoldsUpNoOtherAndRepeatsNone() throws Exception {
        tell(12);
        Refusing sink = new Refusing(1);
        Outbox outbox = new Outbox(keys.fixture.store, sink);
        assertThatThrownBy(() -> outbox.send(keys.now))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("400");
        assertThat(received).hasSizeGreaterThan(30);
        assertThat(keys.list(keys.fixture.store, OutboxItem.PARTITION)).hasSize(1);
        int delivered = received.size();
        assertThat(outbox.send(keys.now)).isZero();
        assertThat(sink.tried).hasSize(delivered + 1);
        keys.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> outbox.send(keys.now)).isInstanceOf(IOException.class);
        assertThat(sink.tried).hasSize(delivered + 2);
        sink.refused = "none";
        assertThat(outbox.send(keys.now)).isZero();
        assertThat(outbox.sendAll(keys.now)).isEqualTo(1);
        assertThat(received).hasSize(delivered + 1).doesNotHaveDuplicates();
    }

    @Test
    void ofABatchThatIsAcceptedInPartTheRestIsSentAgain() throws Exception {
        tell(12);
        Refusing sink = new Refusing(EventSink.MAX_EVENTS);
        assertThatThrownBy(() -> new Outbox(keys.fixture.store, sink).send(keys.now))
                .isInstanceOf(EventSink.NotTaken.class);
        assertThat(received).hasSizeGreaterThan(30).doesNotHaveDuplicates();
        assertThat(keys.list(keys.fixture.store, OutboxItem.PARTITION)).hasSize(1);
    }

    @Test
    void thePauseDoublesUntilTheEventIsLaidAside() throws Exception {
        tell(1);
        Refusing sink = new Refusing(1);
        Outbox outbox = new Outbox(keys.fixture.store, sink);
        int looks = 0;
        for (; keys.list(keys.fixture.store, OutboxItem.DEAD).isEmpty(); looks++) {
            assertThat(looks).isLessThan(24 * 60 + 2);
            try {
                outbox.send(keys.now);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("400");
            }
            keys.pass(Duration.ofMinutes(1));
        }
        assertThat(looks).isGreaterThanOrEqualTo(24 * 60 - 1);
        assertThat(sink.tried.stream().filter(sink.refused::equals).count()).isBetween(100L, 200L);
        assertThat(keys.list(keys.fixture.store, OutboxItem.PARTITION)).isEmpty();
        int tried = sink.tried.size();
        keys.pass(Duration.ofDays(1));
        assertThat(outbox.sendAll(keys.now)).isZero();
        assertThat(sink.tried).hasSize(tried);
    }

    @Test
    void stopsSendingToAFailingSink() throws Exception {
        tell(12);
        List<OutboxItem.OutgoingEvent> seen = new ArrayList<>();
        EventSink away = new EventSink() {
            @Override
            public int atOnce() {
                return 1;
            }

            @Override
            public void waiting(List<OutboxItem.OutgoingEvent> events) {
                assertThat(received).isEmpty();
                seen.addAll(events);
            }

            @Override
            public void send(List<OutboxItem.OutgoingEvent> events) throws IOException {
                assertThat(seen).containsAll(events);
                received.addAll(events);
                throw new IOException("away");
            }
        };
        assertThatThrownBy(() -> new Outbox(keys.fixture.store, away).send(keys.now))
                .hasMessage("away");
        assertThat(received).hasSize(3);
    }

    /** Refuses the first event that it meets, for good. */
    private final class Refusing implements EventSink {
        private final int atOnce;
        private final List<String> tried = new ArrayList<>();
        private String refused = "";

        Refusing(int atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public int atOnce() {
            return atOnce;
        }

        @Override
        public void send(List<OutboxItem.OutgoingEvent> events) throws IOException {
            refused = refused.isEmpty() ? events.getFirst().id() : refused;
            List<OutboxItem.OutgoingEvent> bad = new ArrayList<>();
            for (OutboxItem.OutgoingEvent event : events) {
                tried.add(event.id());
                (event.id().equals(refused) ? bad : received).add(event);
            }
            if (!bad.isEmpty()) {
                throw atOnce == 1 ? new IOException("it answered 400") : new EventSink.NotTaken("it answered 400", bad);
            }
        }
    }

    private void tell(int compromises) throws Exception {
        for (int i = 0; i < compromises; i++) {
            keys.compromised(keys.keyOwner().newestActive().orElseThrow().id());
            keys.pass(java.time.Duration.ofMinutes(1));
        }
    }
}
