package io.countersign.registry.wrapping;

import io.countersign.registry.Records;
import io.countersign.registry.RegistrySeals;
import io.countersign.registry.sealing.RootKey;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A root key that a key management service (KMS) generates and wraps: the registry's store has it wrapped, this process
 * has it in memory. Each version is unwrapped once in the life of a process; after that KMS is not needed. Read access
 * to the store without use of the KMS key opens nothing.
 */
public final class WrappedRootKey implements RootKey.Source {
    /** All versions are kept in memory; a registry that was renewed this often has another problem. */
    private static final int MAX_VERSIONS = 100;

    private static final int NAME_BYTES = 6;

    private final Wrapping wrapping;
    private final RegistryStore store;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<WrappedKey, RootKey.Version> opened = new ConcurrentHashMap<>();

    private WrappedRootKey(Wrapping wrapping, RegistryStore store, SecureRandom random, InstantSource clock) {
        this.wrapping = wrapping;
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Unwraps all versions, or makes the first one when the store has none and nothing was sealed yet. Of several
     * processes that start at once exactly one makes it, and all use the same one.
     *
     * @param wrapper is used as long as the root key is
     * @throws SealingException when the versions do not open the sealed records, or the store or KMS refuses or does
     *     not answer
     */
    public static RootKeyRing openOrMake(
            KeyWrapper wrapper, RegistryStore store, SecureRandom random, InstantSource clock) throws SealingException {
        WrappedRootKey source = new WrappedRootKey(new Wrapping(wrapper), store, random, clock);
        RegistrySeals seals = new RegistrySeals(store, random, clock);
        if (source.item().isEmpty() && seals.none()) {
            source.add(List.of(), Condition.absent());
        }
        return RootKeyRing.open(source, seals);
    }

    /**
     * Unwraps all versions without making any: for processes that may only use the KMS key.
     *
     * @param wrapper is used as long as the root key is
     * @throws SealingException when there is none, or the store or KMS refuses or does not answer
     */
    public static RootKeyRing open(KeyWrapper wrapper, RegistryStore store, SecureRandom random, InstantSource clock)
            throws SealingException {
        return RootKeyRing.open(new WrappedRootKey(new Wrapping(wrapper), store, random, clock));
    }

    @Override
    public List<RootKey.Version> read() throws SealingException {
        List<RootKey.Version> versions = new ArrayList<>();
        for (WrappedKey wrapped : wrapped(stored())) {
            Optional<RootKey.Version> known = Optional.ofNullable(opened.get(wrapped));
            RootKey.Version version = known.isPresent() ? known.get() : wrapping.open(wrapped);
            opened.put(wrapped, version);
            versions.add(version);
        }
        return List.copyOf(versions);
    }

    @Override
    public void makeNext(String newest) throws SealingException {
        Item item = stored();
        List<WrappedKey> keys = wrapped(item);
        if (keys.getLast().version().equals(newest)) {
            if (keys.size() >= MAX_VERSIONS) {
                throw new SealingException("the root key was renewed too often; move the registry to a new store");
            }
            add(keys, Condition.versionEquals(item.version()));
        }
    }

    /** A conflict means that another process made the version first. */
    private void add(List<WrappedKey> before, Condition unchanged) throws SealingException {
        Wrapping.Made made = wrapping.make(newName());
        List<WrappedKey> keys = new ArrayList<>(before);
        keys.add(made.wrapped());
        try {
            store.write(Transaction.of(Write.put(WrappedKey.ITEM, WrappedKey.text(keys), unchanged)), clock.instant());
        } catch (StoreUnavailable e) {
            throw new SealingException(e.getMessage(), e);
        }
        // Only used if it was written: versions are found by the store's records.
        opened.put(made.wrapped(), made.opened());
    }

    private Item stored() throws SealingException {
        return item().orElseThrow(() -> new SealingException("the registry's root key is gone from the store;"
                + " restore the store from a backup, since what it sealed opens with nothing else"));
    }

    private Optional<Item> item() throws SealingException {
        try {
            return Optional.ofNullable(
                    store.get(Set.of(WrappedKey.ITEM), RegistryStore.Consistency.STRONG, clock.instant())
                            .get(WrappedKey.ITEM));
        } catch (StoreUnavailable e) {
            throw new SealingException(e.getMessage(), e);
        }
    }

    private static List<WrappedKey> wrapped(Item item) throws SealingException {
        try {
            return Records.read(item, WrappedKey::read);
        } catch (StoreUnavailable e) {
            throw new SealingException(e.getMessage(), e);
        }
    }

    private String newName() {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        return "kms-" + HexFormat.of().formatHex(name);
    }
}
