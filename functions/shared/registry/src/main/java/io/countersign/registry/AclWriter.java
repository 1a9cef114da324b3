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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records what ACLs the storage has given its buckets and objects. Each write is conditional on what was read, so that none lands on a bucket that has gone meanwhile or undoes an apply beside it;
 * saying what stands already writes nothing. Readers may judge by the former ACL for as long as {@link CacheSettings.CacheBounds} lets them remember it. An apply of a manifest that names the ACL sets it back.
 */
public final class AclWriter {
    /** Others that write the same record at the same time are rare; more of them than this mean that something is wrong. */
    private static final int ATTEMPTS = 5;

    private final RegistryStore store;

    public AclWriter(RegistryStore store) {
        this.store = store;
    }

    /**
     * The object has this ACL now; {@link Acl#DEFAULT}: none of its own.
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
        return write(bucket, Optional.of(key), now, (owner, standing) -> objectWrites(owner, key, standing, acl));
    }

    /**
     * The object is about to be written anew or deleted, which leaves it no ACL of its own (OSS, PutObject: the default one). Its ACL is taken away beforehand wherever that opens nothing, since a
     * write that fails leaves the object as it is: under a bucket's ACL that is wider the object's own one stays.
     *
     * @return what the object has of its own now: {@link Acl#DEFAULT} for none, else the ACL that stays because its bucket's is wider
     * @throws IllegalArgumentException when the key cannot be an object's ({@link IdSyntax#isObjectKey})
     */
    public Acl dropBeforeWrite(String bucket, String objectKey, Instant now) throws StoreUnavailable {
        requireKey(objectKey);
        ItemKey bucketKey = BucketItem.key(bucket);
        ItemKey key = ObjectAclItem.key(bucket, objectKey);
        return ConflictRetry.until(ATTEMPTS, othersWrite(bucket), () -> {
            Map<ItemKey, Item> items = store.get(Set.of(bucketKey, key), RegistryStore.Consistency.STRONG, now);
            Optional<Item> owner = Optional.ofNullable(items.get(bucketKey));
            Optional<Item> standing = Optional.ofNullable(items.get(key));
            Acl own = acl(standing);
            if (owner.isEmpty() || own == Acl.DEFAULT) {
                return Optional.of(Acl.DEFAULT);
            }
            if (own.compareTo(Records.read(owner.get(), BucketItem::read).acl()) < 0) {
                return Optional.of(own);
            }
            Transaction drop = new Transaction(objectWrites(owner.get(), key, standing, Acl.DEFAULT));
            return store.write(drop, now) instanceof RegistryStore.WriteResult.Committed
                    ? Optional.of(Acl.DEFAULT)
                    : Optional.empty();
        });
    }

    /**
     * The bucket has this ACL now.
     *
     * @return false when the registry has no such bucket
     * @throws IllegalArgumentException for {@link Acl#DEFAULT}, which buckets do not have
     */
    public boolean setBucketAcl(String bucket, Acl acl, Instant now) throws StoreUnavailable {
        if (acl == Acl.DEFAULT) {
            throw new IllegalArgumentException("a bucket's ACL is private, public-read or public-read-write");
        }
        return IdSyntax.isBucket(bucket)
                && write(bucket, Optional.empty(), now, (owner, standing) -> bucketWrites(owner, acl));
    }

    @FunctionalInterface
    private interface Change {
        /** No writes: all stands as it should. */
        List<Write> writes(Item bucket, Optional<Item> standing) throws StoreUnavailable;
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

    private static Acl acl(Optional<Item> standing) throws StoreUnavailable {
        return standing.isEmpty() ? Acl.DEFAULT : Records.read(standing.get(), ObjectAclItem::read);
    }

    private static List<Write> objectWrites(Item bucket, ItemKey key, Optional<Item> standing, Acl acl)
            throws StoreUnavailable {
        if (acl(standing) == acl) {
            return List.of();
        }
        Condition asItWas = standing.<Condition>map(item -> Condition.versionEquals(item.version()))
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
