package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.AccessKeyRecord;
import io.countersign.registry.FactsQuery;
import io.countersign.registry.Identity;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.rotation.OutgoingEvent;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SelfSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Clients sign and verify without pause, each with a cache of its own, while keys rotate fifty times and more: events come doubled, late and in another order, keys
 * are reported compromised, the manifest is applied again, and the process is killed between writes.
 */
class RotationUnderLoadTest {
    private static final int ROTATIONS = 50;
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);
    private static final Duration STEP = Duration.ofHours(9);
    private static final int READERS = 4;

    /** What a client holds: it must be accepted until it expires, unless its key is reported compromised. */
    private record Signed(AccessKey key, String content, String authorization, Instant until) {}

    private final Keys keys = new Keys();
    private final Random random = new Random(20_261_122);
    private final List<KeyRegistry> readers = new ArrayList<>();
    private final Deque<Signed> outstanding = new ArrayDeque<>();
    private final Map<String, Instant> outOfUse = new HashMap<>();
    private final Set<String> compromised = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<IncomingEvent> late = new ArrayDeque<>();
    private int accepted;
    private int crashes;

    RotationUnderLoadTest() throws Exception {
        for (int i = 0; i < READERS; i++) {
            readers.add(keys.reader());
        }
    }

    @Test
    void noValidRequestIsRefusedAndNoRetiredKeyIsAccepted() throws Exception {
        while (seen.size() <= ROTATIONS) {
            keys.pass(STEP.plusMillis(random.nextInt(60_000)));
            clientsWork();
            events();
            // Some of the caches know the state from before the events, some the one after.
            keys.pass(Duration.ofMillis(random.nextInt(7_000)));
            clientsWork();
            nobodyIsAcceptedThatShouldNotBe();
            assertThat(keys.pairsThatTheUserNames()).isBetween(1, 2);
        }
        assertThat(accepted).isGreaterThan(5_000);
        assertThat(crashes).isGreaterThan(20);
        assertThat(compromised).hasSizeGreaterThan(3);
        everyChangeWasTold();
    }

    private void clientsWork() throws StoreUnavailable {
        for (KeyRegistry reader : readers) {
            AccessKey key = signer(reader);
            seen.add(key.id());
            String content = "GET\n\n\n" + keys.now + "\n/examplebucket/" + outstanding.size();
            Duration life = Duration.ofMillis(1 + random.nextLong(LONGEST_LIFE.toMillis()));
            outstanding.add(new Signed(key, content, SelfSignature.authorization(content, key), keys.now.plus(life)));
        }
        outstanding.removeIf(signed -> keys.now.isAfter(signed.until())
                || compromised.contains(signed.key().id()));
        for (Signed signed : outstanding) {
            KeyRegistry reader = readers.get(random.nextInt(READERS));
            Optional<AccessKeyRecord> record = record(reader, signed.key().id());
            assertThat(record)
                    .as("the key of something signed at most 7 days ago")
                    .hasValueSatisfying(
                            found -> assertThat(found.status().verifies()).isTrue());
            assertThat(SelfSignature.authorization(
                            signed.content(), record.orElseThrow().accessKey()))
                    .isEqualTo(signed.authorization());
            accepted++;
        }
    }

    private void events() throws Exception {
        List<IncomingEvent> events = new ArrayList<>();
        events.add(new IncomingEvent.Scheduled(keys.newId()));
        int dice = random.nextInt(100);
        if (dice < 2) {
            String leaked = keys.ids().get(random.nextInt(keys.ids().size()));
            compromised.add(leaked);
            events.add(new IncomingEvent.AccessKeyCompromised(keys.newId(), leaked));
        } else if (dice < 12) {
            keys.holder()
                    .newestActive()
                    .ifPresent(key -> events.add(new IncomingEvent.AccessKeyRotationRequested(keys.newId(), key.id())));
        } else if (dice < 14) {
            events.add(new IncomingEvent.TokenKeyRotationRequested(keys.newId()));
        } else if (dice < 20) {
            keys.apply();
        }
        for (IncomingEvent event : events) {
            if (random.nextInt(5) == 0 && event instanceof IncomingEvent.Scheduled) {
                late.add(event);
            } else {
                send(event);
            }
            if (random.nextInt(4) == 0) {
                send(event);
            }
        }
        while (late.size() > 2 || (!late.isEmpty() && random.nextInt(3) == 0)) {
            send(random.nextBoolean() ? late.pollFirst() : late.pollLast());
        }
        for (String id : seen) {
            if (!keys.key(id).status().verifies()) {
                outOfUse.putIfAbsent(id, keys.now);
            }
        }
    }

    /** Sometimes the process dies after so many writes; then the bus sends the event again. */
    private void send(IncomingEvent event) throws StoreUnavailable {
        if (random.nextInt(3) == 0) {
            keys.fixture.store.diesAfter(random.nextInt(3));
            try {
                keys.rotation.handle(event, keys.now);
            } catch (StoreUnavailable e) {
                crashes++;
            } finally {
                keys.fixture.store.diesAfter(Integer.MAX_VALUE);
            }
        }
        keys.rotation.handle(event, keys.now);
    }

    private void nobodyIsAcceptedThatShouldNotBe() throws StoreUnavailable {
        for (Map.Entry<String, Instant> gone : outOfUse.entrySet()) {
            if (keys.now.isBefore(gone.getValue().plus(Keys.BOUND))) {
                continue;
            }
            for (KeyRegistry reader : readers) {
                assertThat(record(reader, gone.getKey())
                                .filter(record -> record.status().verifies()))
                        .as("a key out of use for longer than any cache remembers")
                        .isEmpty();
                assertThat(signer(reader).id()).isNotEqualTo(gone.getKey());
            }
        }
        for (String id : outOfUse.keySet()) {
            assertThat(keys.key(id).status()).isIn(KeyStatus.INACTIVE, KeyStatus.DELETED);
        }
    }

    private void everyChangeWasTold() throws StoreUnavailable {
        List<OutgoingEvent> told = new ArrayList<>();
        Outbox outbox = new Outbox(keys.fixture.store, told::addAll);
        try {
            outbox.send(keys.now);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(told).extracting(OutgoingEvent::id).doesNotHaveDuplicates();
        Set<String> ids = new HashSet<>(told.stream().map(OutgoingEvent::id).toList());
        for (String id : seen) {
            KeyStatus status = keys.key(id).status();
            if (!id.equals(Keys.FIRST)) {
                assertThat(ids).contains("AccessKeyCreated." + id);
            }
            switch (status) {
                case ACTIVE -> {}
                case RETIRING -> assertThat(ids).contains("AccessKeyRetiring." + id);
                case INACTIVE -> assertThat(ids).contains("AccessKeyDeactivated." + id);
                case DELETED -> assertThat(ids).contains("AccessKeyDeleted." + id);
            }
        }
    }

    private AccessKey signer(KeyRegistry reader) throws StoreUnavailable {
        var bucket = reader.load(new FactsQuery(Optional.empty(), Set.of("examplebucket"), Optional.empty()), keys.now)
                .bucket("examplebucket")
                .orElseThrow();
        return reader.signerKey(bucket, keys.now).orElseThrow();
    }

    private Optional<AccessKeyRecord> record(KeyRegistry reader, String id) throws StoreUnavailable {
        return reader.load(new FactsQuery(Optional.of(id), Set.of(), Optional.empty()), keys.now)
                .identity()
                .map(Identity::key);
    }
}
