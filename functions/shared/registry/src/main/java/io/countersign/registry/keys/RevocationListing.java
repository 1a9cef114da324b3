package io.countersign.registry.keys;

import io.countersign.registry.AccountItem;
import io.countersign.registry.ListedRevocation;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Role;
import io.countersign.registry.RoleItem;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the revocations in force: of all roles, providers and keys that the registry holds, in batches of up to a
 * hundred, and of subjects and sessions. Those of removed roles, providers and keys are left out: their sessions are
 * refused anyway.
 */
public final class RevocationListing {
    private final RegistryStore store;
    private final Instant now;

    public RevocationListing(RegistryStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    /** What a revocation is about. */
    public sealed interface Revoked {
        RevocationItem.Revocable about();

        record OfRole(Role role) implements Revoked {
            @Override
            public RevocationItem.Revocable about() {
                return new RevocationItem.Revocable.OfRole(role.roleId());
            }
        }

        record OfProvider(OidcProvider provider) implements Revoked {
            @Override
            public RevocationItem.Revocable about() {
                return provider.revocable();
            }
        }

        record OfAccessKey(String id) implements Revoked {
            @Override
            public RevocationItem.Revocable about() {
                return new RevocationItem.Revocable.OfAccessKey(id);
            }
        }

        record OfSubject(RevocationItem.Revocable.OfSubject about) implements Revoked {}

        record OfSession(RevocationItem.Revocable.OfSession about) implements Revoked {}
    }

    /** Receives one revocation. */
    @FunctionalInterface
    public interface Visitor {
        /** @param before sessions issued at or before it are refused */
        void visit(Revoked revoked, Instant before);
    }

    public void each(Visitor visitor) throws StoreUnavailable {
        Collected collected = new Collected(visitor);
        items(AccountItem.PARTITION, item -> {
            AccountItem.Account account = Records.read(item, AccountItem::read);
            keys(account.accessKeyIds(), collected);
            items(AccountItem.contents(account.id()), content -> content(content, collected));
        });
        collected.flush();
        items(ListedRevocation.PARTITION, item -> listed(Records.read(item, ListedRevocation::read), visitor));
    }

    private static void listed(ListedRevocation listed, Visitor visitor) throws StoreUnavailable {
        switch (listed.about()) {
            case RevocationItem.Revocable.OfSubject subject ->
                visitor.visit(new Revoked.OfSubject(subject), listed.before());
            case RevocationItem.Revocable.OfSession session ->
                visitor.visit(new Revoked.OfSession(session), listed.before());
            case RevocationItem.Revocable.OfRole role -> {}
            case RevocationItem.Revocable.OfProvider provider -> {}
            case RevocationItem.Revocable.OfAccessKey key -> {}
        }
    }

    private static void content(Item item, Collected collected) throws StoreUnavailable {
        String sort = item.key().sort();
        if (sort.startsWith(RoleItem.SORT_PREFIX)) {
            collected.add(new Revoked.OfRole(Records.read(item, RoleItem::read)));
        } else if (sort.startsWith(ProviderItem.SORT_PREFIX)) {
            collected.add(new Revoked.OfProvider(Records.read(item, ProviderItem::read)));
        } else if (sort.startsWith(UserItem.SORT_PREFIX)) {
            RamUser user = Records.read(item, UserItem::read);
            keys(user.accessKeyIds(), collected);
        }
    }

    private static void keys(List<String> ids, Collected collected) throws StoreUnavailable {
        for (String id : ids) {
            collected.add(new Revoked.OfAccessKey(id));
        }
    }

    private void items(String partition, Partition.Visitor visitor) throws StoreUnavailable {
        new Partition(store, partition).each(now, visitor);
    }

    private final class Collected {
        private final Visitor visitor;
        private final Map<ItemKey, Revoked> pending = new LinkedHashMap<>();

        private Collected(Visitor visitor) {
            this.visitor = visitor;
        }

        private void add(Revoked revoked) throws StoreUnavailable {
            if (pending.size() == RegistryStore.MAX_KEYS) {
                flush();
            }
            pending.put(RevocationItem.key(revoked.about()), revoked);
        }

        private void flush() throws StoreUnavailable {
            Map<ItemKey, Item> found = store.get(pending.keySet(), RegistryStore.Consistency.STRONG, now);
            for (Map.Entry<ItemKey, Revoked> entry : pending.entrySet()) {
                Optional<Item> item = Optional.ofNullable(found.get(entry.getKey()));
                if (item.isPresent()) {
                    visitor.visit(entry.getValue(), Records.read(item.get(), RevocationItem::read));
                }
            }
            pending.clear();
        }
    }
}
