package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.StoredKey;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process is killed before and after each transaction of the store and each call of RAM in turn. A fresh process, which gets the event again or hears nothing
 * but that it is time to look, ends where an undisturbed one ends: RAM holds the keys that the registry holds, and never more than two.
 */
class RamCrashTest {
    private static final Duration SOON = Duration.ofMinutes(6);

    enum Story {
        DUE {
            @Override
            void tell(RamKeys keys, Teller teller) throws Exception {
                for (Duration time : List.of(Keys.EVERY, SOON, Keys.OVERLAP, Duration.ofDays(30))) {
                    keys.pass(time);
                    teller.send(new IncomingEvent.Scheduled(keys.keys.newId()));
                }
            }
        },
        REQUESTED {
            @Override
            void tell(RamKeys keys, Teller teller) throws Exception {
                keys.pass(Duration.ofHours(1));
                teller.send(new IncomingEvent.AccessKeyRotationRequested(keys.keys.newId(), Keys.FIRST));
            }
        },
        COMPROMISED {
            @Override
            void tell(RamKeys keys, Teller teller) throws Exception {
                keys.pass(Duration.ofHours(1));
                teller.send(new IncomingEvent.AccessKeyCompromised(keys.keys.newId(), Keys.FIRST));
            }
        },
        COMPROMISED_AT_THE_LIMIT {
            @Override
            void tell(RamKeys keys, Teller teller) throws Exception {
                keys.pass(Duration.ofHours(1));
                keys.compromised(Keys.FIRST);
                keys.pass(Duration.ofHours(1));
                String second =
                        keys.keys.keyOwner().newestActive().orElseThrow().id();
                teller.send(new IncomingEvent.AccessKeyCompromised(keys.keys.newId(), second));
            }
        },
        COMPROMISED_WHILE_ANOTHER_RETIRES {
            @Override
            void tell(RamKeys keys, Teller teller) throws Exception {
                keys.pass(Keys.EVERY);
                keys.scheduled();
                keys.pass(SOON);
                keys.scheduled();
                String second =
                        keys.keys.keyOwner().newestActive().orElseThrow().id();
                teller.send(new IncomingEvent.AccessKeyCompromised(keys.keys.newId(), second));
            }
        },
        REQUESTED_AT_THE_LIMIT {
            @Override
            void tell(RamKeys keys, Teller teller) throws Exception {
                keys.compromised(Keys.FIRST);
                keys.pass(Duration.ofHours(1));
                String second =
                        keys.keys.keyOwner().newestActive().orElseThrow().id();
                teller.send(new IncomingEvent.AccessKeyRotationRequested(keys.keys.newId(), second));
            }
        },
        LOST_ANSWER {
            @Override
            void tell(RamKeys keys, Teller teller) throws Exception {
                keys.pass(Keys.EVERY);
                keys.ram.goWrong(RamFault.NONE, RamFault.LOST);
                try {
                    keys.rotation(keys.keys.fixture.store, http -> http)
                            .handle(new IncomingEvent.Scheduled(keys.keys.newId()), keys.keys.now);
                } finally {
                    keys.ram.goRight();
                }
                keys.pass(SOON);
                teller.send(new IncomingEvent.Scheduled(keys.keys.newId()));
            }
        };

        abstract void tell(RamKeys keys, Teller teller) throws Exception;
    }

    interface Teller {
        void send(IncomingEvent event) throws StoreUnavailable;
    }

    @ParameterizedTest
    @EnumSource
    void aFreshProcessThatGetsTheEventAgainGoesOn(Story story) throws Exception {
        survivesEveryKill(story, true);
    }

    @ParameterizedTest
    @EnumSource
    void aFreshProcessThatOnlyLooksGoesOn(Story story) throws Exception {
        survivesEveryKill(story, false);
    }

    private static void survivesEveryKill(Story story, boolean again) throws Exception {
        int points = told(story, KillSwitch.off(), again);
        assertThat(points).isGreaterThanOrEqualTo(8);
        for (int point = 0; point < points; point++) {
            KillSwitch kill = new KillSwitch(point);
            told(story, kill, again);
        }
    }

    private static int told(Story story, KillSwitch kill, boolean again) throws Exception {
        try (RamKeys keys = new RamKeys()) {
            Rotation doomed = keys.rotation(kill.around(keys.keys.fixture.store), kill::around);
            List<IncomingEvent> lost = new ArrayList<>();
            story.tell(keys, event -> {
                try {
                    (lost.isEmpty() ? doomed : keys.rotation).handle(event, keys.keys.now);
                } catch (KillSwitch.Died e) {
                    lost.add(event);
                    if (again) {
                        keys.rotation.handle(event, keys.keys.now);
                    }
                }
            });
            for (Duration time : List.of(SOON, SOON, SOON, Duration.ofDays(1))) {
                keys.pass(time);
                keys.scheduled();
            }
            String description = story + " killed at " + kill.points() + (lost.isEmpty() ? "" : " in " + lost);
            assertThat(keys.atRam()).as(description).containsExactlyInAnyOrderElementsOf(keys.keys.ids());
            assertThat(keys.ram.most()).as(description).isLessThanOrEqualTo(2);
            assertThat(keys.signerIsGood()).as(description).isTrue();
            assertThat(keys.keys.keyOwner().keys()).as(description).noneMatch(StoredKey::deactivationPending);
            assertThat(keys.keys.read(IntentItem.key(keys.keys.keyOwner().owner()), IntentItem::read))
                    .as(description)
                    .isEmpty();
            outOfUseInBothPlaces(keys, description);
            return kill.points();
        }
    }

    private static void outOfUseInBothPlaces(RamKeys keys, String description) throws StoreUnavailable {
        List<String> here = keys.keys.keyOwner().keys().stream()
                .filter(key -> key.status().verifies())
                .map(StoredKey::id)
                .toList();
        assertThat(keys.takenByRam()).as(description).containsExactlyInAnyOrderElementsOf(here);
    }
}
