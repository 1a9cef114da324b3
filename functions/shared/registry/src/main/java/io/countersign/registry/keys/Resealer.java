package io.countersign.registry.keys;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Records;
import io.countersign.registry.StoredKey;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.UpstreamKeyItem;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Seals every secret under a new version of the root key while servers go on. Each write is conditional on the version
 * that was read, and earlier versions of the root key are kept, so an interrupted run leaves a registry that opens.
 * The next run finishes the move instead of making yet another version. The sealed texts themselves name their
 * versions, so no other state is needed.
 */
public final class Resealer {
    /** Longer than another process may seal under the former version: see {@link RootKeyRing#renew}. */
    private static final Duration OTHERS_NOTICE = Duration.ofSeconds(2);

    /** Each pass meets only records that others wrote during the pass before. */
    private static final int MAX_PASSES = 20;

    private final RegistryStore store;
    private final RootKeyRing root;
    private final Sealer sealer;
    private final Instant now;

    /** Waits for a while. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** @param sealer seals under {@code root} */
    public Resealer(RegistryStore store, RootKeyRing root, Sealer sealer, Instant now) {
        this.store = store;
        this.root = root;
        this.sealer = sealer;
        this.now = now;
    }

    /**
     * Returns when everything is sealed under the newest version.
     *
     * @throws SealingException when a secret does not open or no version can be made; secrets that were moved stay
     *     moved
     * @throws StoreUnavailable when the store does not answer, or others kept changing the records
     * @throws InterruptedException when the thread is interrupted while it waits for other processes
     */
    public ResealReport run(Pause pause) throws SealingException, StoreUnavailable, InterruptedException {
        Pass pass = new Pass();
        pass.run();
        boolean made = pass.left == 0 && pass.moved == 0;
        if (made) {
            root.renew();
            pause.sleep(OTHERS_NOTICE);
        }
        long moved = pass.moved;
        for (int passes = 0; passes < MAX_PASSES; passes++) {
            Pass next = new Pass();
            next.run();
            moved += next.moved;
            if (next.moved == 0 && next.left == 0) {
                return new ResealReport(root.version(), made, moved);
            }
        }
        throw new StoreUnavailable("others kept changing the keys of the registry; run reseal again, and it goes on");
    }

    /** One pass through the registry. */
    private final class Pass {
        private long moved;
        /** The number of records that another process was writing. */
        private long left;

        private void run() throws SealingException, StoreUnavailable {
            root.newestNow();
            for (Item item : store.get(Set.of(TokenKeyItem.KEY), RegistryStore.Consistency.STRONG, now)
                    .values()) {
                tokenKeys(item);
            }
            new KeyListing(store, now).<SealingException>each(items -> {
                for (Item item : items) {
                    accessKey(item);
                }
            });
            for (Item item : new UpstreamListing(store, now).keys()) {
                upstreamKey(item);
            }
        }

        private void accessKey(Item item) throws SealingException, StoreUnavailable {
            StoredKey key = Records.read(item, AccessKeyItem::read);
            if (key.sealed().isEmpty()) {
                return;
            }
            Optional<String> renewed = sealer.renewed(key.sealed().get(), StoredKey.sealIdentity(key.id()));
            if (renewed.isPresent()) {
                write(item, AccessKeyItem.text(key.resealed(renewed.get())), 1);
            }
        }

        private void upstreamKey(Item item) throws SealingException, StoreUnavailable {
            UpstreamKeyItem.SealedKey key = Records.read(item, UpstreamKeyItem::read);
            Optional<String> renewed = sealer.renewed(key.sealed(), key.sealIdentity());
            if (renewed.isPresent()) {
                write(item, UpstreamKeyItem.text(key.resealed(renewed.get())), 1);
            }
        }

        private void tokenKeys(Item item) throws SealingException, StoreUnavailable {
            List<TokenKeyItem.StoredTokenKey> keys = new ArrayList<>();
            int changed = 0;
            for (TokenKeyItem.StoredTokenKey key : Records.read(item, TokenKeyItem::read)) {
                Optional<String> renewed =
                        sealer.renewed(key.sealed(), TokenKeyItem.StoredTokenKey.sealIdentity(key.id()));
                keys.add(renewed.map(key::resealed).orElse(key));
                changed += renewed.isPresent() ? 1 : 0;
            }
            if (changed > 0) {
                write(item, TokenKeyItem.text(keys), changed);
            }
        }

        private void write(Item read, String payload, int secrets) throws StoreUnavailable {
            Condition unchanged = Condition.versionEquals(read.version());
            switch (store.write(Transaction.of(Write.put(read.key(), payload, unchanged)), now)) {
                case RegistryStore.WriteResult.Committed committed -> moved += secrets;
                case RegistryStore.WriteResult.Conflict conflict -> left += secrets;
            }
        }
    }

    /**
     * The result of a reseal.
     *
     * @param version the newest version of the root key, under which everything is sealed
     * @param made whether this run made that version; false when it finished an earlier run
     * @param moved the number of secrets that were sealed again: access keys, keys of the stores behind buckets, and
     *     token keys
     */
    public record ResealReport(String version, boolean made, long moved) {}
}
