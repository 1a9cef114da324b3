package io.countersign.registry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Bucket;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.Facts;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Records;
import io.countersign.registry.RegistrySeals;
import io.countersign.registry.StoredKey;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.sealing.FileRootKey;
import io.countersign.registry.sealing.NothingSealed;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.SealedRecords;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResealerTest {
    private static final int USERS = 130;

    @TempDir
    Path directory;

    private final SecureRandom random = Seeds.secure();
    private final MemoryStore store = new MemoryStore();
    private RootKeyRing root;
    private Sealer sealer;

    @BeforeEach
    void fill() throws Exception {
        root = FileRootKey.openOrMake(directory.resolve("root.key"), seals(), random);
        sealer = new Sealer(root, random);
        StringBuilder manifest = new StringBuilder("""
                accounts:
                  - id: "1234567890123456"
                    accessKeys: [{id: LTAI5tRoot, secret: RootSecret}]
                    users:
                """);
        for (int i = 0; i < USERS; i++) {
            manifest.append(
                    "      - {name: user-%d, accessKeys: [{id: LTAI5tUser%d, secret: Secret%d}]}\n".formatted(i, i, i));
        }
        manifest.append("""
                  - id: "1234567890123457"
                    accessKeys: [{id: LTAI5tOther, secret: OtherSecret}]
                    buckets:
                      - name: bucket-with-a-store
                        region: cn-hangzhou
                        upstream: {protocol: s3, endpoint: https://rgw.example.com, region: us-east-1, bucket: physical, accessKey: {id: FOREIGN, secret: ForeignSecret}}
                      - {name: bucket-without, region: cn-hangzhou}
                """);
        ManifestApplier.apply(
                Manifest.parse(manifest.toString()),
                store,
                sealer,
                ApplyOptions.of(false),
                KeyKeeper.reportAlone(),
                Fixture.NOW,
                random);
    }

    @Test
    void everySecretMovesToANewRootKeyAndNothingElseChanges() throws Exception {
        String old = root.version();
        Map<String, String> before = withoutSeals();
        List<Duration> pauses = new ArrayList<>();
        Resealer.ResealReport report = resealer(root).run(pauses::add);
        assertThat(report.made()).isTrue();
        assertThat(report.version()).isEqualTo(root.version()).isNotEqualTo(old);
        assertThat(report.moved()).isEqualTo(USERS + 4);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
        assertThat(withoutSeals()).isEqualTo(before);
        assertThat(sealedUnder(root.version())).isEqualTo(USERS + 4);
        assertThat(sealedUnder(old)).isZero();
        assertEverySecretOpens(root);
    }

    @Test
    void aRunningServerStillOpensRecords() throws Exception {
        RootKeyRing running = FileRootKey.openOrMake(directory.resolve("root.key"), seals(), random);
        KeyRegistry server = new KeyRegistry(store, new Sealer(running, random), CacheSettings.Bounds.DEFAULT);
        assertThat(secret(server, "LTAI5tUser7", 0)).isEqualTo("Secret7");
        resealer(root).run(pause -> {});
        assertThat(secret(server, "LTAI5tUser7", 10)).isEqualTo("Secret7");
        assertThat(secret(server, "LTAI5tUser8", 10)).isEqualTo("Secret8");
        assertThat(server.tokenKeys(ReadAhead.NOTHING, Fixture.NOW.plusSeconds(10))
                        .keys())
                .hasSize(1);
    }

    @Test
    void oneThatWasKilledAnywhereIsFinishedByTheNext() throws Exception {
        Map<ItemKey, String> start = store.payloads();
        for (int writes : new int[] {0, 1, 2, USERS / 2, USERS + 2}) {
            restore(start);
            String old = root.version();
            store.diesAfter(writes);
            assertThatThrownBy(() -> resealer(root).run(pause -> {})).isInstanceOf(StoreUnavailable.class);
            store.diesAfter(Integer.MAX_VALUE);
            assertEverySecretOpens(FileRootKey.openOrMake(directory.resolve("root.key"), seals(), random));
            RootKeyRing restarted = FileRootKey.openOrMake(directory.resolve("root.key"), seals(), random);
            String begun = restarted.version();
            assertThat(begun).isNotEqualTo(old);

            Resealer.ResealReport report = resealer(restarted).run(pause -> {});
            assertThat(report.made()).isFalse();
            assertThat(report.version()).isEqualTo(begun);
            assertThat(report.moved()).isEqualTo(USERS + 4 - writes);
            assertThat(sealedUnder(begun)).isEqualTo(USERS + 4);
            start = store.payloads();
        }
    }

    @Test
    void resealsRecordsThatAnotherProcessSealedUnderTheOldKey() throws Exception {
        String late = sealer.seal(io.countersign.signing.Secret.of("RootSecret"), StoredKey.sealIdentity("LTAI5tRoot"));
        Resealer.ResealReport report = resealer(root).run(pause -> {
            try {
                StoredKey key = key("LTAI5tRoot");
                put(AccessKeyItem.key(key.id()), AccessKeyItem.text(key.resealed(late)));
            } catch (StoreUnavailable e) {
                throw new AssertionError(e);
            }
        });
        assertThat(sealedUnder(report.version())).isEqualTo(USERS + 4);
        assertEverySecretOpens(root);
    }

    @Test
    void aTombstoneHasNothingToMove() throws Exception {
        put(
                AccessKeyItem.key("LTAI5tRoot"),
                AccessKeyItem.text(key("LTAI5tRoot").tombstone(Fixture.NOW)));
        assertThat(resealer(root).run(pause -> {}).moved()).isEqualTo(USERS + 3);
    }

    @Test
    void aSecretThatDoesNotOpenStopsItByName() throws Exception {
        Files.delete(directory.resolve("root.key"));
        RootKeyRing other = FileRootKey.openOrMake(directory.resolve("root.key"), NothingSealed.YET, random);
        assertThatThrownBy(() -> resealer(other).run(pause -> {}))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining(root.version());
    }

    @Test
    void everyKeyIsListedOnceWithItsOwner() throws Exception {
        List<StoredKey> keys = new ArrayList<>();
        new KeyListing(store, Fixture.NOW).<StoreUnavailable>each(items -> {
            assertThat(items.size()).isLessThanOrEqualTo(100);
            for (Item item : items) {
                keys.add(Records.read(item, AccessKeyItem::read));
            }
        });
        assertThat(keys).hasSize(USERS + 2).doesNotHaveDuplicates();
        assertThat(keys.getFirst().owner().label()).isEqualTo("account/1234567890123456");
        assertThat(keys.getLast().owner().label()).isEqualTo("account/1234567890123457");
    }

    private Resealer resealer(RootKeyRing ring) {
        return new Resealer(store, ring, new Sealer(ring, random), Fixture.NOW);
    }

    private static String secret(KeyRegistry registry, String id, long seconds) throws StoreUnavailable {
        return registry.load(
                        new Facts.Query(Optional.of(id), Set.of(), Optional.empty()), Fixture.NOW.plusSeconds(seconds))
                .identity()
                .orElseThrow()
                .key()
                .secret()
                .reveal();
    }

    private StoredKey key(String id) throws StoreUnavailable {
        Item item = store.get(
                        Set.of(AccessKeyItem.key(id)),
                        io.countersign.registry.store.RegistryStore.Consistency.STRONG,
                        Fixture.NOW)
                .get(AccessKeyItem.key(id));
        return Records.read(java.util.Objects.requireNonNull(item), AccessKeyItem::read);
    }

    private void assertEverySecretOpens(RootKeyRing ring) throws Exception {
        Sealer opener = new Sealer(ring, random);
        for (int i = 0; i < USERS; i++) {
            StoredKey key = key("LTAI5tUser" + i);
            assertThat(opener.open(key.sealed().orElseThrow(), StoredKey.sealIdentity(key.id()))
                            .reveal())
                    .isEqualTo("Secret" + i);
        }
        KeyRegistry registry = new KeyRegistry(store, opener, CacheSettings.Bounds.DEFAULT);
        Bucket bucket = registry.load(
                        new Facts.Query(Optional.empty(), Set.of("bucket-with-a-store"), Optional.empty()), Fixture.NOW)
                .bucket("bucket-with-a-store")
                .orElseThrow();
        assertThat(registry.upstreamKey(bucket, bucket.upstream().orElseThrow(), Fixture.NOW)
                        .orElseThrow()
                        .secret()
                        .reveal())
                .isEqualTo("ForeignSecret");
        assertThat(registry.tokenKeys(ReadAhead.NOTHING, Fixture.NOW).keys()).hasSize(1);
    }

    private long sealedUnder(String version) {
        return store.payloads().values().stream()
                .mapToLong(payload -> payload.split("\"1\\." + version + "\\.", -1).length - 1)
                .sum();
    }

    private Map<String, String> withoutSeals() {
        Map<String, String> texts = new TreeMap<>();
        store.payloads()
                .forEach((key, payload) ->
                        texts.put(key.toString(), payload.replaceAll("\"sealed\":\"[^\"]*\"", "\"sealed\":\"\"")));
        assertThat(texts).containsKey(TokenKeyItem.KEY.toString());
        return texts;
    }

    private void restore(Map<ItemKey, String> payloads) throws StoreUnavailable {
        for (var entry : payloads.entrySet()) {
            put(entry.getKey(), entry.getValue());
        }
    }

    private void put(ItemKey key, String payload) throws StoreUnavailable {
        store.write(Transaction.of(Write.put(key, payload, Condition.anything())), Fixture.NOW);
    }

    private SealedRecords seals() {
        return new RegistrySeals(store, random, InstantSource.fixed(Fixture.NOW));
    }
}
