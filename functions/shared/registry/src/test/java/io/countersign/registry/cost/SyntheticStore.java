package io.countersign.registry.cost;

import io.countersign.oss.Acl;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Authority;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Owner;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.StoredKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Items;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A registry of any number of keys that exist only while they are read, and a count of what reading them would cost in DynamoDB. */
final class SyntheticStore implements RegistryStore {
    /** A strongly consistent read takes one unit for each 4 KiB of an item, and one for an item that is not there. */
    private static final int UNIT_BYTES = 4_096;

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ACCOUNT = "1234567890123456";

    private final Sealer sealer;
    private long batches;
    private long units;

    SyntheticStore(Sealer sealer) {
        this.sealer = sealer;
    }

    static String keyId(int number) {
        return "LTAI5tSimulated%08d".formatted(number);
    }

    static String bucket(int number) {
        return "bucket-" + number;
    }

    long batches() {
        return batches;
    }

    long units() {
        return units;
    }

    void reset() {
        batches = 0;
        units = 0;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        batches++;
        Map<ItemKey, Item> found = new HashMap<>();
        for (ItemKey key : keys) {
            Optional<String> payload = payload(key);
            payload.ifPresent(text -> found.put(key, Items.of(key, 1, text, Optional.empty())));
            units += Math.max(1, Math.ceilDiv(payload.orElse("").length(), UNIT_BYTES));
        }
        return found;
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) {
        throw new UnsupportedOperationException("the simulation reads");
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now) {
        throw new UnsupportedOperationException("request paths read by key");
    }

    @Override
    public void close() {}

    private Optional<String> payload(ItemKey key) throws StoreUnavailable {
        String name = key.partition().substring(key.partition().indexOf('/') + 1);
        return switch (key.sort()) {
            case "key" -> Optional.of(AccessKeyItem.text(key(name)));
            case "principal" -> Optional.of(PrincipalItem.text(user(name)));
            case "bucket" -> Optional.of(BucketItem.text(bucketOf(name)));
            // Few objects have an ACL of their own; that there is none must be read all the same.
            default -> Optional.empty();
        };
    }

    private StoredKey key(String id) throws StoreUnavailable {
        try {
            String sealed = sealer.seal(Secret.of("0123456789abcdefghijklmnopqrst"), StoredKey.sealIdentity(id));
            return new StoredKey(
                    id,
                    new Owner.OfUser(ACCOUNT, id),
                    KeyStatus.ACTIVE,
                    StoredKey.KeyOrigin.MADE,
                    Optional.of(sealed),
                    CREATED,
                    CREATED,
                    false);
        } catch (SealingException e) {
            throw new StoreUnavailable(e.getMessage(), e);
        }
    }

    private static RamUser user(String id) {
        return new RamUser(ACCOUNT, id, List.of(), RamUser.RotationRule.DEFAULT, Authority.REGISTRY, List.of(id));
    }

    private static Bucket bucketOf(String name) {
        return new Bucket(
                name,
                ACCOUNT,
                "cn-hangzhou",
                Acl.PRIVATE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Bucket.DEFAULT_ENDPOINT,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
