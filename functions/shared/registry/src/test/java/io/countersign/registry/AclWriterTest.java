package io.countersign.registry;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Acl;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AclWriterTest {
    private static final String BUCKET = "examplebucket";
    private static final String README = "public/readme.txt";

    private final Fixture fixture = new Fixture();
    private final AclWriter writer = new AclWriter(fixture.store);

    @BeforeEach
    void fill() throws Exception {
        fixture.apply(Fixture.golden());
    }

    private Optional<Item> item(String key) throws StoreUnavailable {
        ItemKey at = ObjectAclItem.key(BUCKET, key);
        return Optional.ofNullable(fixture.store
                .get(Set.of(at), RegistryStore.Consistency.STRONG, NOW)
                .get(at));
    }

    private Bucket bucket() throws StoreUnavailable {
        return Records.read(fixture.item(BucketItem.key(BUCKET)), BucketItem::read);
    }

    @Test
    void anObjectsAclIsWrittenAsTheStorages() throws Exception {
        assertThat(writer.setObjectAcl(BUCKET, "a/中", Acl.PRIVATE, NOW)).isTrue();
        assertThat(ObjectAclItem.read(item("a/中").orElseThrow())).isEqualTo(Acl.PRIVATE);
        assertThat(ObjectAclItem.isByManifest(item("a/中").orElseThrow())).isFalse();
        fixture.prune(Fixture.golden());
        assertThat(item("a/中")).isPresent();
    }

    @Test
    void anotherAclReplacesItAndDefaultDropsIt() throws Exception {
        assertThat(writer.setObjectAcl(BUCKET, README, Acl.PRIVATE, NOW)).isTrue();
        assertThat(ObjectAclItem.read(item(README).orElseThrow())).isEqualTo(Acl.PRIVATE);
        assertThat(writer.setObjectAcl(BUCKET, README, Acl.DEFAULT, NOW)).isTrue();
        assertThat(item(README)).isEmpty();
    }

    @Test
    void doesNotWriteAnUnchangedAcl() throws StoreUnavailable {
        int before = fixture.store.writes();
        assertThat(writer.setObjectAcl(BUCKET, README, Acl.PUBLIC_READ, NOW)).isTrue();
        assertThat(writer.setObjectAcl(BUCKET, "none", Acl.DEFAULT, NOW)).isTrue();
        assertThat(writer.setBucketAcl(BUCKET, Acl.PRIVATE, NOW)).isTrue();
        assertThat(fixture.store.writes()).isEqualTo(before);
    }

    @Test
    void beforeAWriteWhatOpensNoLessThanTheBucketIsDropped() throws StoreUnavailable {
        assertThat(writer.dropBeforeWrite(BUCKET, README, NOW)).isEqualTo(Acl.DEFAULT);
        assertThat(item(README)).isEmpty();
        int before = fixture.store.writes();
        assertThat(writer.dropBeforeWrite(BUCKET, README, NOW)).isEqualTo(Acl.DEFAULT);
        assertThat(writer.dropBeforeWrite("no-such-bucket", README, NOW)).isEqualTo(Acl.DEFAULT);
        assertThat(fixture.store.writes()).isEqualTo(before);
        for (Acl own : new Acl[] {Acl.PRIVATE, Acl.PUBLIC_READ, Acl.PUBLIC_READ_WRITE}) {
            for (Acl around : new Acl[] {Acl.PRIVATE, Acl.PUBLIC_READ, Acl.PUBLIC_READ_WRITE}) {
                writer.setBucketAcl(BUCKET, around, NOW);
                writer.setObjectAcl(BUCKET, "k", own, NOW);
                boolean wider = around.compareTo(own) > 0;
                assertThat(writer.dropBeforeWrite(BUCKET, "k", NOW))
                        .as("%s in %s", own, around)
                        .isEqualTo(wider ? own : Acl.DEFAULT);
                assertThat(item("k").isPresent()).isEqualTo(wider);
            }
        }
    }

    /** Between reading and dropping the bucket may be opened: then the object's own ACL is what keeps it closed. */
    @Test
    void aBucketThatIsOpenedMeanwhileKeepsTheAclOfItsObject() throws Exception {
        writer.setObjectAcl(BUCKET, "k", Acl.PRIVATE, NOW);
        Bucket opened = bucket().with(Acl.PUBLIC_READ);
        AclWriter raced = new AclWriter(new Raced(
                fixture.store, 1, Write.put(BucketItem.key(BUCKET), BucketItem.text(opened), Condition.anything())));
        assertThat(raced.dropBeforeWrite(BUCKET, "k", NOW)).isEqualTo(Acl.PRIVATE);
        assertThat(item("k")).isPresent();
    }

    @Test
    void beforeAWriteAnObjectGetsNoWiderAclThanItHad() throws StoreUnavailable {
        Acl[] ofBuckets = {Acl.PRIVATE, Acl.PUBLIC_READ, Acl.PUBLIC_READ_WRITE};
        for (Acl around : ofBuckets) {
            for (Acl own : Acl.values()) {
                for (Acl target : Acl.values()) {
                    writer.setBucketAcl(BUCKET, around, NOW);
                    writer.setObjectAcl(BUCKET, "k", own, NOW);
                    boolean wider = effective(target, around).compareTo(effective(own, around)) > 0;
                    assertThat(writer.narrowBeforeWrite(BUCKET, "k", target, NOW))
                            .as("%s to %s in %s", own, target, around)
                            .isEqualTo(wider ? own : target);
                    assertThat(item("k").isPresent()).isEqualTo((wider ? own : target) != Acl.DEFAULT);
                }
            }
        }
    }

    private static Acl effective(Acl own, Acl around) {
        return own == Acl.DEFAULT ? around : own;
    }

    @Test
    void findsWhichOfManyObjectsHaveAnAcl() throws StoreUnavailable {
        Set<String> keys = new LinkedHashSet<>();
        for (int i = 0; i < 250; i++) {
            keys.add("many/" + i);
        }
        writer.setObjectAcl(BUCKET, "many/0", Acl.PUBLIC_READ, NOW);
        writer.setObjectAcl(BUCKET, "many/199", Acl.PRIVATE, NOW);
        writer.setObjectAcl(BUCKET, "many/249", Acl.PUBLIC_READ, NOW);
        assertThat(writer.withOwnAcl(BUCKET, keys, NOW)).containsExactlyInAnyOrder("many/0", "many/199", "many/249");
        assertThat(writer.withOwnAcl(BUCKET, Set.of("many/1"), NOW)).isEmpty();
    }

    @Test
    void aBucketsAclIsAllOfItThatChanges() throws StoreUnavailable {
        Bucket before = bucket();
        assertThat(writer.setBucketAcl(BUCKET, Acl.PUBLIC_READ, NOW)).isTrue();
        assertThat(bucket().acl()).isEqualTo(Acl.PUBLIC_READ);
        assertThat(BucketItem.text(bucket().with(Acl.PRIVATE))).isEqualTo(BucketItem.text(before));
    }

    @Test
    void aMissingBucketGetsNoAcl() throws StoreUnavailable {
        Map<ItemKey, String> before = fixture.store.payloads();
        for (String name : new String[] {"no-such-bucket", "", "NotABucket", "a/b"}) {
            assertThat(writer.setObjectAcl(name, "k", Acl.PRIVATE, NOW)).isFalse();
            assertThat(writer.setBucketAcl(name, Acl.PRIVATE, NOW)).isFalse();
        }
        assertThat(fixture.store.payloads()).isEqualTo(before);
    }

    @Test
    void refusesAnInvalidAcl() {
        for (String key : new String[] {"", "\ud800", "k".repeat(1024)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> writer.setObjectAcl(BUCKET, key, Acl.PRIVATE, NOW));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.dropBeforeWrite(BUCKET, key, NOW));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> writer.setBucketAcl(BUCKET, Acl.DEFAULT, NOW));
    }

    @Test
    void doesNotOverwriteAConcurrentWrite() throws Exception {
        Bucket other = bucket().with(Acl.PUBLIC_READ_WRITE);
        AclWriter raced = new AclWriter(new Raced(
                fixture.store, 1, Write.put(BucketItem.key(BUCKET), BucketItem.text(other), Condition.anything())));
        assertThat(raced.setObjectAcl(BUCKET, "k", Acl.PRIVATE, NOW)).isTrue();
        assertThat(item("k")).isPresent();
        assertThat(bucket().acl()).isEqualTo(Acl.PUBLIC_READ_WRITE);
    }

    @Test
    void aBucketThatIsDeletedMeanwhileGetsNoAcl() throws Exception {
        AclWriter raced =
                new AclWriter(new Raced(fixture.store, 1, Write.delete(BucketItem.key(BUCKET), Condition.anything())));
        assertThat(raced.setObjectAcl(BUCKET, "k", Acl.PRIVATE, NOW)).isFalse();
        assertThat(item("k")).isEmpty();
    }

    @Test
    void asksToRetryAfterRepeatedConflicts() throws StoreUnavailable {
        AclWriter raced = new AclWriter(new Raced(
                fixture.store,
                Integer.MAX_VALUE,
                Write.put(BucketItem.key(BUCKET), BucketItem.text(bucket()), Condition.anything())));
        assertThatThrownBy(() -> raced.setBucketAcl(BUCKET, Acl.PUBLIC_READ, NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("try again");
        assertThatThrownBy(() -> raced.dropBeforeWrite(BUCKET, README, NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("try again");
    }

    /** Another writer is there first, that many times. */
    private static final class Raced implements RegistryStore {
        private final RegistryStore store;
        private final Write other;
        private int left;

        Raced(RegistryStore store, int times, Write other) {
            this.store = store;
            this.left = times;
            this.other = other;
        }

        @Override
        public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
                throws StoreUnavailable {
            return store.get(keys, consistency, now);
        }

        @Override
        public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
            if (left-- > 0) {
                store.write(Transaction.of(other), now);
            }
            return store.write(transaction, now);
        }

        @Override
        public RegistryStore.Page query(
                String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
                throws StoreUnavailable {
            return store.query(partition, after, limit, consistency, now);
        }

        @Override
        public void close() {}
    }
}
