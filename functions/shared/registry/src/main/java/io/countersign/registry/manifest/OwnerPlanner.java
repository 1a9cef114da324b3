package io.countersign.registry.manifest;

import io.countersign.json.Value;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Authority;
import io.countersign.registry.Owner;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.UserItem;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Plans accounts and users: the record, its keys, and the principal of each of its keys. */
final class OwnerPlanner {
    private final ApplyPlan.Planning planning;
    private final UidPlanner uids;

    OwnerPlanner(ApplyPlan.Planning planning, PrunePlanner.Names names) {
        this.planning = planning;
        this.uids = new UidPlanner(planning, names);
    }

    ChangeSetBuilder.ChangeSet account(Manifest.ManifestAccount named) throws ApplyRefusal, StoreUnavailable {
        ChangeSetBuilder changes = new ChangeSetBuilder(planning.snapshot(), named.at());
        ItemKey key = AccountItem.key(named.id());
        List<String> held = planning.snapshot()
                .record(key, AccountItem::read)
                .map(AccountItem.Account::accessKeyIds)
                .orElse(List.of());
        List<String> ids = KeyPlanner.plan(
                planning,
                changes,
                new Owner.OfAccount(named.id()),
                named.accessKeys(),
                held,
                AccountItem.Account.MAX_KEYS);
        AccountItem.Account account = new AccountItem.Account(named.id(), ids);
        uids.account(changes, named);
        int mark = changes.size();
        changes.put(key, AccountItem.text(account));
        principals(changes, ids, PrincipalItem.text(account));
        changes.line(key, mark, "account " + named.id());
        return changes.build();
    }

    ChangeSetBuilder.ChangeSet user(String accountId, Manifest.ManifestUser named, Duration longestUse)
            throws ApplyRefusal, StoreUnavailable {
        overlap(named, longestUse);
        Owner.OfUser owner = new Owner.OfUser(accountId, named.name());
        ChangeSetBuilder changes = new ChangeSetBuilder(planning.snapshot(), named.at());
        ItemKey key = UserItem.key(accountId, named.name());
        Optional<RamUser> stored = planning.snapshot().record(key, UserItem::read);
        List<String> held = stored.map(RamUser::accessKeyIds).orElse(List.of());
        List<String> ids = KeyPlanner.plan(planning, changes, owner, named.accessKeys(), held, RamUser.MAX_KEYS);
        if (named.authority() == Authority.RAM && changes.makesKeys()) {
            throw new ApplyRefusal(
                    named.at(),
                    "the keys of the user " + named.name()
                            + " are made by RAM, and one has no secret here; make it in RAM and import it with its id and secret");
        }
        RamUser user = new RamUser(
                accountId, named.name(), named.uid(), named.policies(), named.rotation(), named.authority(), ids);
        int mark = changes.size();
        uids.user(changes, owner, named, stored);
        changes.put(key, UserItem.text(user));
        principals(changes, ids, PrincipalItem.text(user));
        if (named.authority() != Authority.RAM) {
            stored.ifPresent(was -> endIntent(changes, was));
        }
        changes.line(key, mark, "user " + accountId + "/" + named.name());
        if (changes.size() > 0) {
            // Rotation examines the user once more and then computes when it is due next.
            changes.putShared(DueItem.key(owner, planning.now()), DueItem.text(owner));
        }
        return changes.build();
    }

    /**
     * A key that RAM made and that was not stored yet has no owner after its user is removed. A user that is made
     * again under the name must not inherit it.
     */
    static void endIntent(ChangeSetBuilder changes, RamUser user) {
        if (user.authority() == Authority.RAM) {
            changes.deleteShared(IntentItem.key(new Owner.OfUser(user.accountId(), user.name())));
        }
    }

    private static void principals(ChangeSetBuilder changes, List<String> ids, String principal) throws ApplyRefusal {
        for (String id : ids) {
            changes.put(PrincipalItem.key(id), principal);
        }
    }

    /** A retired key must verify for as long as a signature or session of it is valid. */
    private void overlap(Manifest.ManifestUser user, Duration longestUse) throws ApplyRefusal {
        Duration least = planning.options().caps().overlap(longestUse);
        if (user.rotation().overlap().compareTo(least) < 0) {
            throw new ApplyRefusal(
                    user.at(),
                    "the overlap of the user " + user.name() + " is "
                            + user.rotation().overlap()
                            + ", and what its keys sign is good for longer; make it at least " + least);
        }
    }

    /** Plans the registry's first token key. Manifests do not name token keys; rotation manages the stored ones. */
    static final class TokenKeyPlanner {
        private static final Value.Location NOWHERE = new Value.Location("", 1);

        private TokenKeyPlanner() {}

        static ChangeSetBuilder.ChangeSet plan(ApplyPlan.Planning planning) throws ApplyRefusal {
            ChangeSetBuilder changes = new ChangeSetBuilder(planning.snapshot(), NOWHERE);
            int mark = changes.size();
            if (planning.snapshot().item(TokenKeyItem.KEY).isEmpty()) {
                changes.put(TokenKeyItem.KEY, TokenKeyItem.text(List.of(first(planning))));
            }
            changes.line(TokenKeyItem.KEY, mark, "tokenKey");
            return changes.build();
        }

        private static TokenKeyItem.StoredTokenKey first(ApplyPlan.Planning planning) throws ApplyRefusal {
            try {
                return TokenKeyRing.TokenKeys.make(planning.sealer(), planning.now(), planning.random());
            } catch (SealingException e) {
                throw new ApplyRefusal(NOWHERE, e.getMessage());
            }
        }
    }
}
