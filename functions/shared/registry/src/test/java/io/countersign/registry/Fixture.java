package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyRefusal;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/** A registry in memory, and how to fill it. */
public final class Fixture {
    public static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    public static final String ACCOUNT = "1234567890123456";
    public static final String SIGNER_KEY = "LTAI5tSignerSignerSigner";

    public final MemoryStore store = new MemoryStore();
    public final SecureRandom random = Seeds.secure();
    public final Sealer sealer = new Sealer(TestRootKey.ONE, random);

    /** The manifest of the design, completed. */
    public static String golden() {
        try (InputStream in = Objects.requireNonNull(
                Fixture.class.getResourceAsStream("/io/countersign/registry/manifest/golden.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ApplyReport apply(String manifest)
            throws InvalidDocumentException, ApplyRefusal, ApplyRefusal.ApplyInterrupted, StoreUnavailable {
        return apply(manifest, ApplyOptions.of(false), NOW);
    }

    public ApplyReport prune(String manifest)
            throws InvalidDocumentException, ApplyRefusal, ApplyRefusal.ApplyInterrupted, StoreUnavailable {
        return apply(manifest, ApplyOptions.of(true), NOW);
    }

    public ApplyReport apply(String manifest, ApplyOptions options, Instant now)
            throws InvalidDocumentException, ApplyRefusal, ApplyRefusal.ApplyInterrupted, StoreUnavailable {
        return ManifestApplier.apply(
                Manifest.parse(manifest), store, sealer, options, KeyKeeper.reportAlone(), now, random);
    }

    public KeyRegistry registry() {
        return new KeyRegistry(store, sealer, CacheSettings.Bounds.DEFAULT);
    }

    public StoredKey key(String id) throws StoreUnavailable {
        return Records.read(item(AccessKeyItem.key(id)), AccessKeyItem::read);
    }

    public Item item(ItemKey key) throws StoreUnavailable {
        return Objects.requireNonNull(
                store.get(Set.of(key), RegistryStore.Consistency.STRONG, NOW).get(key));
    }

    /** A change of a key by rotation or by an event. */
    public void move(String id, KeyStatus status) throws StoreUnavailable {
        put(AccessKeyItem.key(id), AccessKeyItem.text(key(id).movedTo(status, NOW)));
    }

    public void put(ItemKey key, String payload) throws StoreUnavailable {
        store.write(Transaction.of(Write.put(key, payload, Condition.anything())), NOW);
    }
}
