package io.countersign.rotate;

import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Records;
import io.countersign.registry.StoredKey;
import io.countersign.registry.UserItem;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A registry with one user who signs for a bucket, and a clock of its own. */
final class Keys {
    static final String ACCOUNT = Fixture.ACCOUNT;
    static final String FIRST = Fixture.SIGNER_KEY;
    static final Duration BOUND = CacheSettings.Bounds.DEFAULT.known();
    static final Duration OVERLAP = Duration.ofDays(8);
    static final Duration EVERY = Duration.ofDays(90);

    /** Rarely, so that most tests have only access keys. */
    static final Duration TOKEN_KEYS = Duration.ofDays(5_000);

    final Fixture fixture;
    final RegistryStore store;
    final Rotation rotation;
    Instant now = Fixture.NOW.plusSeconds(1);
    private int events;

    /** In memory. */
    Keys() throws Exception {
        this(new Fixture());
    }

    private Keys(Fixture fixture) throws Exception {
        this(fixture, fixture.store);
    }

    /** In an empty store. */
    Keys(RegistryStore store) throws Exception {
        this(new Fixture(), store);
    }

    private Keys(Fixture fixture, RegistryStore store) throws Exception {
        this.fixture = fixture;
        this.store = store;
        rotation = process(store);
        ManifestApplier.apply(
                Manifest.parse(Fixture.golden()),
                store,
                fixture.sealer,
                ApplyOptions.of(false),
                KeyKeeper.reportAlone(),
                Fixture.NOW,
                fixture.random);
    }

    /** One that has this way to the store. */
    Rotation process(RegistryStore way) {
        return new Rotation(way, fixture.sealer, new RotateSettings(BOUND, TOKEN_KEYS), Seeds.secure());
    }

    void apply() throws Exception {
        fixture.apply(Fixture.golden(), ApplyOptions.of(false), now);
    }

    KeyRegistry reader() {
        return new KeyRegistry(store, fixture.sealer, CacheSettings.Bounds.DEFAULT);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    List<String> scheduled() throws StoreUnavailable {
        return done(new IncomingEvent.Scheduled(newId()));
    }

    List<String> compromised(String key) throws StoreUnavailable {
        return done(new IncomingEvent.AccessKeyCompromised(newId(), key));
    }

    List<String> requested(String key) throws StoreUnavailable {
        return done(new IncomingEvent.AccessKeyRotationRequested(newId(), key));
    }

    String newId() {
        return "event-" + ++events;
    }

    /** The result, or the code of the refusal. */
    List<String> done(IncomingEvent event) throws StoreUnavailable {
        return switch (rotation.handle(event, now)) {
            case EventAnswer.Done done ->
                done.facts().stream().map(fact -> fact.type().text()).toList();
            case EventAnswer.Refused refused -> List.of(refused.refusal().code());
        };
    }

    /** The ids of the keys that are not deleted, the oldest first. */
    List<String> ids() throws StoreUnavailable {
        return keyOwner().keys().stream().map(StoredKey::id).toList();
    }

    List<KeyStatus> statuses() throws StoreUnavailable {
        return keyOwner().keys().stream().map(StoredKey::status).toList();
    }

    KeyOwner keyOwner() throws StoreUnavailable {
        return new KeyOwners(store)
                .load(new io.countersign.registry.Owner.OfUser(ACCOUNT, "app-signer"), now)
                .orElseThrow()
                .keyOwner();
    }

    StoredKey key(String id) throws StoreUnavailable {
        return read(AccessKeyItem.key(id), AccessKeyItem::read).orElseThrow();
    }

    int pairsThatTheUserNames() throws StoreUnavailable {
        return read(UserItem.key(ACCOUNT, "app-signer"), UserItem::read)
                .orElseThrow()
                .accessKeyIds()
                .size();
    }

    Optional<String> signs(KeyRegistry reader) throws StoreUnavailable {
        var bucket = reader.load(
                        new io.countersign.registry.Facts.Query(
                                Optional.empty(), Set.of("examplebucket"), Optional.empty()),
                        now)
                .bucket("examplebucket")
                .orElseThrow();
        return reader.signer(bucket, now).map(signer -> signer.key().id());
    }

    boolean verifies(KeyRegistry reader, String id) throws StoreUnavailable {
        return reader.load(new io.countersign.registry.Facts.Query(Optional.of(id), Set.of(), Optional.empty()), now)
                .identity()
                .filter(identity -> identity.key().status().verifies())
                .isPresent();
    }

    List<OutboxItem.OutgoingEvent> outbox() throws StoreUnavailable {
        List<OutboxItem.OutgoingEvent> events = new ArrayList<>();
        for (Item item : list(store, OutboxItem.PARTITION)) {
            events.add(Records.read(item, OutboxItem::read).event());
        }
        return events;
    }

    List<AuditItem.AuditRecord> audit(String month) throws StoreUnavailable {
        List<AuditItem.AuditRecord> records = new ArrayList<>();
        for (Item item : list(store, AuditItem.partition(YearMonth.parse(month)))) {
            records.add(Records.read(item, AuditItem::read));
        }
        return records;
    }

    List<Item> list(RegistryStore store, String partition) throws StoreUnavailable {
        return store.query(partition, Optional.empty(), 1_000, RegistryStore.Consistency.STRONG, now)
                .items();
    }

    <T> Optional<T> read(ItemKey key, Records.Reader<T> reader) throws StoreUnavailable {
        Item item =
                store.get(Set.of(key), RegistryStore.Consistency.STRONG, now).get(key);
        return item == null ? Optional.empty() : Optional.of(Records.read(item, reader));
    }

    static IncomingEvent event(String json) throws Exception {
        Members members = Members.of(Values.parse(json));
        IncomingEvent event = IncomingEvent.Reader.read(members);
        members.done();
        return event;
    }
}
