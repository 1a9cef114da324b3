package io.countersign.registry.keys;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.AccountItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.Records;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Visits the access keys of all owners in batches of up to a hundred, so that memory does not depend on their number.
 * Tombstones have no owner and are left out.
 */
public final class KeyListing {
    private final RegistryStore store;
    private final Instant now;

    public KeyListing(RegistryStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    /**
     * Receives keys in batches.
     *
     * @param <E> the visitor's own exception
     */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        /** @param keys items for {@link AccessKeyItem#read}; those of one owner follow one another */
        void visit(List<Item> keys) throws E, StoreUnavailable;
    }

    public <E extends Exception> void each(Visitor<E> visitor) throws E, StoreUnavailable {
        Collected<E> collected = new Collected<>(visitor);
        Optional<String> after = Optional.empty();
        do {
            RegistryStore.Page page = page(AccountItem.PARTITION, after);
            for (Item item : page.items()) {
                AccountItem.Account account = Records.read(item, AccountItem::read);
                collected.add(account.accessKeyIds());
                users(account.id(), collected);
            }
            after = page.next();
        } while (after.isPresent());
        collected.flush();
    }

    private <E extends Exception> void users(String account, Collected<E> collected) throws E, StoreUnavailable {
        Optional<String> after = Optional.of(UserItem.SORT_PREFIX);
        do {
            RegistryStore.Page page = page(AccountItem.contents(account), after);
            for (Item item : page.items()) {
                if (!item.key().sort().startsWith(UserItem.SORT_PREFIX)) {
                    return;
                }
                RamUser user = Records.read(item, UserItem::read);
                collected.add(user.accessKeyIds());
            }
            after = page.next();
        } while (after.isPresent());
    }

    private RegistryStore.Page page(String partition, Optional<String> after) throws StoreUnavailable {
        return store.query(partition, after, RegistryStore.MAX_PAGE, RegistryStore.Consistency.STRONG, now);
    }

    private final class Collected<E extends Exception> {
        private final Visitor<E> visitor;
        private final Set<ItemKey> keys = new LinkedHashSet<>();

        private Collected(Visitor<E> visitor) {
            this.visitor = visitor;
        }

        private void add(List<String> ids) throws E, StoreUnavailable {
            if (keys.size() + ids.size() > RegistryStore.MAX_KEYS) {
                flush();
            }
            ids.forEach(id -> keys.add(AccessKeyItem.key(id)));
        }

        private void flush() throws E, StoreUnavailable {
            if (keys.isEmpty()) {
                return;
            }
            var found = store.get(keys, RegistryStore.Consistency.STRONG, now);
            visitor.visit(
                    keys.stream().filter(found::containsKey).map(found::get).toList());
            keys.clear();
        }
    }
}
