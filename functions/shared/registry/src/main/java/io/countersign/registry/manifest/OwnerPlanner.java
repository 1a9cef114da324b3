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

/** Plans accounts and users: the record, its keys, and the principal beside each of its keys. */
final class OwnerPlanner {
    private final ApplyPlan.Planning planning;
    private final UidPlanner uids;

    OwnerPlanner(ApplyPlan.Planning planning, PrunePlanner.Names names) {
        this.planning = planning;
        this.uids = new UidPlanner(planning, names);
    }

    ChangeSetBuilder.ChangeSet account(Manifest.ManifestAccount named) throws ApplyRefusal, StoreUnavailable {
        ChangeSetBuilder unit = new ChangeSetBuilder(planning.snapshot(), named.at());
        ItemKey key = AccountItem.key(named.id());
        List<String> held = planning.snapshot()
                .record(key, AccountItem::read)
                .map(AccountItem.Account::accessKeyIds)
                .orElse(List.of());
        List<String> ids = KeyPlanner.plan(
                planning,
                unit,
                new Owner.OfAccount(named.id()),
                named.accessKeys(),
                held,
                AccountItem.Account.MAX_KEYS);
        AccountItem.Account account = new AccountItem.Account(named.id(), ids);
        uids.account(unit, named);
        int mark = unit.size();
        unit.put(key, AccountItem.text(account));
        principals(unit, ids, PrincipalItem.text(account));
        unit.line(key, mark, "account " + named.id());
        return unit.build();
    }

    ChangeSetBuilder.ChangeSet user(String accountId, Manifest.ManifestUser named, Duration longestSession)
            throws ApplyRefusal, StoreUnavailable {
        overlap(named, longestSession);
        Owner.OfUser owner = new Owner.OfUser(accountId, named.name());
        ChangeSetBuilder unit = new ChangeSetBuilder(planning.snapshot(), named.at());
        ItemKey key = UserItem.key(accountId, named.name());
        Optional<RamUser> stored = planning.snapshot().record(key, UserItem::read);
        List<String> held = stored.map(RamUser::accessKeyIds).orElse(List.of());
        List<String> ids = KeyPlanner.plan(planning, unit, owner, named.accessKeys(), held, RamUser.MAX_KEYS);
        if (named.authority() == Authority.RAM && unit.makesKeys()) {
            throw new ApplyRefusal(
                    named.at(),
                    "the keys of the user " + named.name()
                            + " are made by RAM, and one stands here without its secret; make it in RAM and import it with its id and secret");
        }
        RamUser user = new RamUser(
                accountId, named.name(), named.uid(), named.policies(), named.rotation(), named.authority(), ids);
        int mark = unit.size();
        uids.user(unit, owner, named, stored);
        unit.put(key, UserItem.text(user));
        principals(unit, ids, PrincipalItem.text(user));
        if (named.authority() != Authority.RAM) {
            stored.ifPresent(was -> endIntent(unit, was));
        }
        unit.line(key, mark, "user " + accountId + "/" + named.name());
        if (unit.size() > 0) {
            // Rotation looks at the user once more and finds out by itself when it is due next.
            unit.putShared(DueItem.key(owner, planning.now()), DueItem.text(owner));
        }
        return unit.build();
    }

    /** A key that was asked of RAM and not stored is nobody's when its user goes: one that is made there later must not be taken for it. */
    static void endIntent(ChangeSetBuilder unit, RamUser user) {
        if (user.authority() == Authority.RAM) {
            unit.deleteShared(IntentItem.key(new Owner.OfUser(user.accountId(), user.name())));
        }
    }

    private static void principals(ChangeSetBuilder unit, List<String> ids, String principal) throws ApplyRefusal {
        for (String id : ids) {
            unit.put(PrincipalItem.key(id), principal);
        }
    }

    /** A retired key must verify for as long as anything that it signed, or founded, is good. */
    private void overlap(Manifest.ManifestUser user, Duration longestSession) throws ApplyRefusal {
        Duration least = planning.options().caps().overlap(longestSession);
        if (user.rotation().overlap().compareTo(least) < 0) {
            throw new ApplyRefusal(
                    user.at(),
                    "the overlap of the user " + user.name() + " is "
                            + user.rotation().overlap()
                            + ", and what its keys sign is good for longer; make it at least " + least);
        }
    }

    /** Plans the registry's first token key. No manifest names token keys: those that stand are rotation's alone. */
    static final class TokenKeyPlanner {
        private static final Value.Location NOWHERE = new Value.Location("", 1);

        private TokenKeyPlanner() {}

        static ChangeSetBuilder.ChangeSet plan(ApplyPlan.Planning planning) throws ApplyRefusal {
            ChangeSetBuilder unit = new ChangeSetBuilder(planning.snapshot(), NOWHERE);
            int mark = unit.size();
            if (planning.snapshot().item(TokenKeyItem.KEY).isEmpty()) {
                unit.put(TokenKeyItem.KEY, TokenKeyItem.text(List.of(first(planning))));
            }
            unit.line(TokenKeyItem.KEY, mark, "tokenKey");
            return unit.build();
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
