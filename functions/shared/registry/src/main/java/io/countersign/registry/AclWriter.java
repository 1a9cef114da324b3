package io.countersign.registry;

import io.countersign.oss.Acl;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ConflictRetry;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Records the ACLs that the storage gives to its buckets and objects.
 *
 * <p>Each write is conditional on the items that were read, so it fails when the bucket is removed or a manifest is
 * applied at the same time. Setting an ACL that is already recorded writes nothing. Readers may use the former ACL for
 * as long as their {@link CacheSettings.Bounds} allow. Applying a manifest that names the ACL sets it back.
 */
public final class AclWriter {
    /** Concurrent writes of one record are rare. More conflicts than this indicate a fault. */
    private static final int ATTEMPTS = 5;

    private final RegistryStore store;

    public AclWriter(RegistryStore store) {
        this.store = store;
    }

    /**
     * Records the ACL of an object. {@link Acl#DEFAULT} removes the object's own ACL.
     *
     * @return false when the registry has no such bucket
     * @throws IllegalArgumentException when the key cannot be an object's ({@link IdSyntax#isObjectKey})
     */
    public boolean setObjectAcl(String bucket, String objectKey, Acl acl, Instant now) throws StoreUnavailable {
        requireKey(objectKey);
        if (!IdSyntax.isBucket(bucket)) {
            return false;
        }
        ItemKey key = ObjectAclItem.key(bucket, objectKey);
        return write(bucket, Optional.of(key), now, (owner, stored) -> objectWrites(owner, key, stored, acl));
    }

    /**
     * Resets the ACL of an object that is about to be overwritten or deleted: OSS then gives it the default ACL
     * (PutObject). As {@link #narrowBeforeWrite} with {@link Acl#DEFAULT}.
     *
     * @return the object's own ACL afterwards: {@link Acl#DEFAULT} for none, otherwise the ACL that was kept because
     *     the bucket's is wider
     * @throws IllegalArgumentException when the key cannot be an object's ({@link IdSyntax#isObjectKey})
     */
    public Acl dropBeforeWrite(String bucket, String objectKey, Instant now) throws StoreUnavailable {
        return narrowBeforeWrite(bucket, objectKey, Acl.DEFAULT, now);
    }

    /**
     * Gives an object that is about to be written the ACL that it is to have, where that does not widen access: a write
     * that fails leaves the object as it is. Where the ACL is wider, the object keeps its own until the write is done;
     * then {@link #setObjectAcl} records it.
     *
     * @param target the ACL after the write
     * @return the object's own ACL afterwards: the target, or the narrower one that was kept
     * @throws IllegalArgumentException when the key cannot be an object's ({@link IdSyntax#isObjectKey})
     */
    public Acl narrowBeforeWrite(String bucket, String objectKey, Acl target, Instant now) throws StoreUnavailable {
        requireKey(objectKey);
        ItemKey bucketKey = BucketItem.key(bucket);
        ItemKey key = ObjectAclItem.key(bucket, objectKey);
        return ConflictRetry.until(ATTEMPTS, othersWrite(bucket), () -> {
            Map<ItemKey, Item> items = store.get(Set.of(bucketKey, key), RegistryStore.Consistency.STRONG, now);
            Optional<Item> owner = Optional.ofNullable(items.get(bucketKey));
            Optional<Item> stored = Optional.ofNullable(items.get(key));
            Acl left = left(owner, stored, target);
            if (owner.isEmpty() || acl(stored) == left) {
                return Optional.of(left);
            }
            Transaction narrow = new Transaction(objectWrites(owner.get(), key, stored, target));
            return store.write(narrow, now) instanceof RegistryStore.WriteResult.Committed
                    ? Optional.of(target)
                    : Optional.empty();
        });
    }

    /**
     * Returns what {@link #dropBeforeWrite} would at this moment, and changes nothing.
     *
     * @throws IllegalArgumentException as it
     */
    public Acl leftByDrop(String bucket, String objectKey, Instant now) throws StoreUnavailable {
        requireKey(objectKey);
        ItemKey bucketKey = BucketItem.key(bucket);
        ItemKey key = ObjectAclItem.key(bucket, objectKey);
        Map<ItemKey, Item> items = store.get(Set.of(bucketKey, key), RegistryStore.Consistency.STRONG, now);
        return left(Optional.ofNullable(items.get(bucketKey)), Optional.ofNullable(items.get(key)), Acl.DEFAULT);
    }

    /** The target, or the object's own ACL where the target is wider. */
    private static Acl left(Optional<Item> owner, Optional<Item> stored, Acl target) throws StoreUnavailable {
        Acl own = acl(stored);
        if (owner.isEmpty() || own == target) {
            return target;
        }
        Acl ofBucket = Records.read(owner.get(), BucketItem::read).acl();
        return effective(target, ofBucket).compareTo(effective(own, ofBucket)) > 0 ? own : target;
    }

    /**
     * Returns which of these objects have an ACL of their own, in few reads of the store.
     *
     * @throws IllegalArgumentException when a key cannot be an object's ({@link IdSyntax#isObjectKey})
     */
    public Set<String> withOwnAcl(String bucket, Set<String> objectKeys, Instant now) throws StoreUnavailable {
        Set<String> found = new LinkedHashSet<>();
        Map<ItemKey, String> batch = new LinkedHashMap<>();
        for (String objectKey : objectKeys) {
            requireKey(objectKey);
            batch.put(ObjectAclItem.key(bucket, objectKey), objectKey);
            if (batch.size() == RegistryStore.MAX_KEYS) {
                found.addAll(stored(batch, now));
                batch.clear();
            }
        }
        found.addAll(stored(batch, now));
        return Collections.unmodifiableSet(found);
    }

    private List<String> stored(Map<ItemKey, String> keys, Instant now) throws StoreUnavailable {
        return store.get(keys.keySet(), RegistryStore.Consistency.STRONG, now).keySet().stream()
                .map(key -> Objects.requireNonNull(keys.get(key)))
                .toList();
    }

    private static Acl effective(Acl own, Acl ofBucket) {
        return own == Acl.DEFAULT ? ofBucket : own;
    }

    /**
     * Records the ACL of a bucket.
     *
     * @return false when the registry has no such bucket
     * @throws IllegalArgumentException for {@link Acl#DEFAULT}, which buckets do not have
     */
    public boolean setBucketAcl(String bucket, Acl acl, Instant now) throws StoreUnavailable {
        if (acl == Acl.DEFAULT) {
            throw new IllegalArgumentException("a bucket's ACL is private, public-read or public-read-write");
        }
        return IdSyntax.isBucket(bucket)
                && write(bucket, Optional.empty(), now, (owner, stored) -> bucketWrites(owner, acl));
    }

    @FunctionalInterface
    private interface Change {
        /** Returns no writes when the registry already has the ACL. */
        List<Write> writes(Item bucket, Optional<Item> stored) throws StoreUnavailable;
    }

    private boolean write(String bucket, Optional<ItemKey> acl, Instant now, Change change) throws StoreUnavailable {
        ItemKey bucketKey = BucketItem.key(bucket);
        Set<ItemKey> keys = acl.map(key -> Set.of(bucketKey, key)).orElse(Set.of(bucketKey));
        return ConflictRetry.until(ATTEMPTS, othersWrite(bucket), () -> {
            Map<ItemKey, Item> items = store.get(keys, RegistryStore.Consistency.STRONG, now);
            Optional<Item> owner = Optional.ofNullable(items.get(bucketKey));
            if (owner.isEmpty()) {
                return Optional.of(false);
            }
            List<Write> writes = change.writes(owner.get(), acl.map(items::get));
            return writes.isEmpty()
                            || store.write(new Transaction(writes), now) instanceof RegistryStore.WriteResult.Committed
                    ? Optional.of(true)
                    : Optional.empty();
        });
    }

    private static void requireKey(String objectKey) {
        if (!IdSyntax.isObjectKey(objectKey)) {
            throw new IllegalArgumentException("an object's key has 1 to 1,023 bytes of UTF-8");
        }
    }

    private static String othersWrite(String bucket) {
        return "others keep writing the ACLs of the bucket " + bucket + "; try again";
    }

    private static Acl acl(Optional<Item> stored) throws StoreUnavailable {
        return stored.isEmpty() ? Acl.DEFAULT : Records.read(stored.get(), ObjectAclItem::read);
    }

    private static List<Write> objectWrites(Item bucket, ItemKey key, Optional<Item> stored, Acl acl)
            throws StoreUnavailable {
        if (acl(stored) == acl) {
            return List.of();
        }
        Condition asItWas = stored.<Condition>map(item -> Condition.versionEquals(item.version()))
                .orElse(Condition.absent());
        return List.of(
                Write.check(bucket.key(), Condition.versionEquals(bucket.version())),
                acl == Acl.DEFAULT
                        ? Write.delete(key, asItWas)
                        : Write.put(key, ObjectAclItem.text(acl, false), asItWas));
    }

    private static List<Write> bucketWrites(Item item, Acl acl) throws StoreUnavailable {
        Bucket bucket = Records.read(item, BucketItem::read);
        return bucket.acl() == acl
                ? List.of()
                : List.of(Write.put(
                        item.key(), BucketItem.text(bucket.with(acl)), Condition.versionEquals(item.version())));
    }
}
