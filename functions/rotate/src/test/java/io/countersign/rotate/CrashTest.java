package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.rotation.OutgoingEvent;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process is killed after each of its writes in turn; whoever takes the event up again ends where an undisturbed one ends. */
class CrashTest {
    private interface Story {
        void tell(Keys keys, Teller teller) throws Exception;
    }

    private interface Teller {
        void send(IncomingEvent event) throws Exception;
    }

    private static final Story WHOLE_LIFE = (keys, teller) -> {
        for (Duration time : List.of(
                Keys.EVERY, Keys.BOUND, Keys.OVERLAP, Duration.ofDays(30), Keys.EVERY, Keys.BOUND, Keys.OVERLAP)) {
            keys.pass(time);
            teller.send(new IncomingEvent.Scheduled(keys.newId()));
        }
    };

    private static final Story COMPROMISE = (keys, teller) -> {
        keys.pass(Keys.EVERY);
        teller.send(new IncomingEvent.Scheduled(keys.newId()));
        keys.pass(Keys.BOUND);
        teller.send(new IncomingEvent.Scheduled(keys.newId()));
        teller.send(new IncomingEvent.AccessKeyCompromised(
                keys.newId(), keys.holder().newestActive().orElseThrow().id()));
        keys.pass(Duration.ofHours(1));
        teller.send(new IncomingEvent.AccessKeyCompromised(
                keys.newId(), keys.holder().newestActive().orElseThrow().id()));
        teller.send(new IncomingEvent.TokenKeyRotationRequested(keys.newId()));
        keys.pass(Keys.OVERLAP);
        teller.send(new IncomingEvent.AccessKeyRotationRequested(
                keys.newId(), keys.holder().newestActive().orElseThrow().id()));
    };

    @Test
    void aWholeLifeSurvivesEveryCrash() throws Exception {
        survivesEveryCrash(WHOLE_LIFE);
    }

    @Test
    void aCompromiseSurvivesEveryCrash() throws Exception {
        survivesEveryCrash(COMPROMISE);
    }

    private static void survivesEveryCrash(Story story) throws Exception {
        Keys calm = new Keys();
        int before = calm.fixture.store.writes();
        story.tell(calm, event -> calm.rotation.handle(event, calm.now));
        int writes = calm.fixture.store.writes() - before;
        assertThat(writes).isGreaterThan(8);
        for (int crash = 0; crash < writes; crash++) {
            Keys keys = new Keys();
            keys.fixture.store.diesAfter(crash);
            List<Integer> crashes = new ArrayList<>();
            story.tell(keys, event -> {
                try {
                    keys.rotation.handle(event, keys.now);
                } catch (StoreUnavailable e) {
                    crashes.add(1);
                    keys.fixture.store.diesAfter(Integer.MAX_VALUE);
                    keys.rotation.handle(event, keys.now);
                }
            });
            assertThat(crashes).hasSize(1);
            assertThat(state(keys)).as("a crash after write " + crash).isEqualTo(state(calm));
        }
    }

    /** All but the names that are drawn. */
    private static List<Object> state(Keys keys) throws Exception {
        List<KeyStatus> statuses = keys.statuses();
        List<String> told =
                keys.outbox().stream().map(OutgoingEvent::type).sorted().toList();
        assertThat(keys.outbox()).extracting(OutgoingEvent::id).doesNotHaveDuplicates();
        return List.of(statuses, told);
    }
}
