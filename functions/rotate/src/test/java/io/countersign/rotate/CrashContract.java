package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The process is killed before and after each of its writes in turn. A retry of the event ends in the state of an undisturbed run. Every store on which keys
 * rotate must pass it.
 */
public abstract class CrashContract {
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
                keys.newId(), keys.keyOwner().newestActive().orElseThrow().id()));
        keys.pass(Duration.ofHours(1));
        teller.send(new IncomingEvent.AccessKeyCompromised(
                keys.newId(), keys.keyOwner().newestActive().orElseThrow().id()));
        teller.send(new IncomingEvent.TokenKeyRotationRequested(keys.newId()));
        teller.send(new IncomingEvent.TokenKeyCompromised(keys.newId()));
        keys.pass(Keys.OVERLAP);
        teller.send(new IncomingEvent.AccessKeyRotationRequested(
                keys.newId(), keys.keyOwner().newestActive().orElseThrow().id()));
    };

    @Test
    void aWholeLifeSurvivesEveryCrash() throws Exception {
        survivesEveryCrash(WHOLE_LIFE);
    }

    @Test
    void aCompromiseSurvivesEveryCrash() throws Exception {
        survivesEveryCrash(COMPROMISE);
    }

    /** An empty store; it is closed here. */
    protected abstract RegistryStore open() throws Exception;

    /** Whether a store is fast enough to repeat a scenario for each point of a crash, in addition to the one in which every process dies. */
    protected boolean isFast() {
        return true;
    }

    private void survivesEveryCrash(Story story) throws Exception {
        KillSwitch off = KillSwitch.off();
        List<Object> calm = told(story, keys -> new Mortal(keys, List.of(off)), 0);
        assertThat(off.points()).isGreaterThan(16);
        int writes = off.points() / 2;
        List<KillSwitch> eachAfterItsFirstWrite =
                IntStream.range(0, writes).mapToObj(i -> new KillSwitch(1)).toList();
        assertThat(told(story, keys -> new Mortal(keys, eachAfterItsFirstWrite), writes))
                .isEqualTo(calm);
        for (int point = 0; isFast() && point < off.points(); point++) {
            List<KillSwitch> kill = List.of(new KillSwitch(point));
            assertThat(told(story, keys -> new Mortal(keys, kill), 1))
                    .as("a crash at point " + point)
                    .isEqualTo(calm);
        }
    }

    /** Processes that follow one another: each takes up what the one before it left. The last lives on. */
    private static final class Mortal implements Teller {
        private final Keys keys;
        private final Deque<Rotation> processes = new ArrayDeque<>();
        private int deaths;

        Mortal(Keys keys, List<KillSwitch> kills) {
            this.keys = keys;
            kills.forEach(kill -> processes.add(keys.process(kill.around(keys.store))));
            processes.add(keys.rotation);
        }

        @Override
        public void send(IncomingEvent event) throws StoreUnavailable {
            while (true) {
                try {
                    processes.getFirst().handle(event, keys.now);
                    return;
                } catch (KillSwitch.Died e) {
                    processes.removeFirst();
                    deaths++;
                }
            }
        }
    }

    /** The state in which the story ends, with so many deaths on the way. */
    private List<Object> told(Story story, Function<Keys, Mortal> processes, int deaths) throws Exception {
        try (RegistryStore store = open()) {
            Keys keys = new Keys(store);
            Mortal mortal = processes.apply(keys);
            story.tell(keys, mortal);
            assertThat(mortal.deaths).isEqualTo(deaths);
            return state(keys);
        }
    }

    /** All but the names that are drawn. */
    private static List<Object> state(Keys keys) throws Exception {
        List<KeyStatus> statuses = keys.statuses();
        List<String> told = keys.outbox().stream()
                .map(OutboxItem.OutgoingEvent::type)
                .sorted()
                .toList();
        assertThat(keys.outbox()).extracting(OutboxItem.OutgoingEvent::id).doesNotHaveDuplicates();
        return List.of(statuses, told);
    }
}
