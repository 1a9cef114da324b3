package io.countersign.rotate;

import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;

/** Changes of a user's keys, and interruptions of their handling. */
sealed interface RamHappening {
    /** An event about the keys that are there when it comes. */
    enum Event {
        LOOK,
        COMPROMISE_NEWEST,
        COMPROMISE_OLDEST,
        REQUEST;

        IncomingEvent about(RamKeys keys) throws StoreUnavailable {
            String id = keys.keys.newId();
            return switch (this) {
                case LOOK -> new IncomingEvent.Scheduled(id);
                case COMPROMISE_NEWEST ->
                    new IncomingEvent.AccessKeyCompromised(id, keys.keys.ids().getLast());
                case COMPROMISE_OLDEST ->
                    new IncomingEvent.AccessKeyCompromised(id, keys.keys.ids().getFirst());
                case REQUEST ->
                    new IncomingEvent.AccessKeyRotationRequested(
                            id, keys.keys.ids().getLast());
            };
        }
    }

    void happen(RamKeys keys) throws StoreUnavailable;

    record Pass(Duration time) implements RamHappening {
        @Override
        public void happen(RamKeys keys) {
            keys.pass(time);
        }
    }

    record Sent(Event event) implements RamHappening {
        @Override
        public void happen(RamKeys keys) throws StoreUnavailable {
            send(keys, keys.rotation, event.about(keys));
        }
    }

    /** The process that takes it dies at a point of {@link KillSwitch}. */
    record Killed(Event event, int point) implements RamHappening {
        @Override
        public void happen(RamKeys keys) throws StoreUnavailable {
            try {
                cut(keys, event, new KillSwitch(point));
            } catch (KillSwitch.Died e) {
                // A process less.
            }
        }
    }

    /** At such a point something else happens, from beginning to end. */
    record Overtaken(Event event, int point, RamHappening by) implements RamHappening {
        @Override
        public void happen(RamKeys keys) throws StoreUnavailable {
            cut(keys, event, KillSwitch.doing(point, () -> {
                try {
                    by.happen(keys);
                } catch (StoreUnavailable e) {
                    throw new AssertionError(e);
                }
            }));
        }
    }

    private static void cut(RamKeys keys, Event event, KillSwitch at) throws StoreUnavailable {
        send(keys, keys.rotation(at.around(keys.keys.fixture.store), at::around), event.about(keys));
    }

    /** Events are not sent again here. */
    private static void send(RamKeys keys, Rotation process, IncomingEvent event) {
        try {
            process.handle(event, keys.keys.now);
        } catch (StoreUnavailable e) {
            // It was not to be done at that moment.
        }
    }
}
