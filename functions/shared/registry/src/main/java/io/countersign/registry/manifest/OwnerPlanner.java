package io.countersign.registry.manifest;

import io.countersign.registry.Account;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Authority;
import io.countersign.registry.Owner;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.UserItem;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Plans accounts and users: the record, its keys, and the principal beside each of its keys. */
final class OwnerPlanner {
    private final Planning planning;
    private final UidPlanner uids;

    OwnerPlanner(Planning planning, Names names) {
        this.planning = planning;
        this.uids = new UidPlanner(planning, names);
    }

    Unit account(ManifestAccount named) throws ApplyRefusal, StoreUnavailable {
        UnitBuilder unit = new UnitBuilder(planning.snapshot(), named.at());
        ItemKey key = AccountItem.key(named.id());
        List<String> held = planning.snapshot()
                .record(key, AccountItem::read)
                .map(Account::accessKeyIds)
                .orElse(List.of());
        List<String> ids = KeyPlanner.plan(
                planning, unit, new Owner.OfAccount(named.id()), named.accessKeys(), held, Account.MAX_KEYS);
        Account account = new Account(named.id(), ids);
        uids.account(unit, named);
        int mark = unit.size();
        unit.put(key, AccountItem.text(account));
        principals(unit, ids, PrincipalItem.text(account));
        unit.line(key, mark, "account " + named.id());
        return unit.build();
    }

    Unit user(String accountId, ManifestUser named, Duration longestSession) throws ApplyRefusal, StoreUnavailable {
        overlap(named, longestSession);
        Owner.OfUser owner = new Owner.OfUser(accountId, named.name());
        UnitBuilder unit = new UnitBuilder(planning.snapshot(), named.at());
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
    static void endIntent(UnitBuilder unit, RamUser user) {
        if (user.authority() == Authority.RAM) {
            unit.deleteShared(IntentItem.key(new Owner.OfUser(user.accountId(), user.name())));
        }
    }

    private static void principals(UnitBuilder unit, List<String> ids, String principal) throws ApplyRefusal {
        for (String id : ids) {
            unit.put(PrincipalItem.key(id), principal);
        }
    }

    /** A retired key must verify for as long as anything that it signed, or founded, is good. */
    private void overlap(ManifestUser user, Duration longestSession) throws ApplyRefusal {
        Duration least = planning.options().caps().overlap(longestSession);
        if (user.rotation().overlap().compareTo(least) < 0) {
            throw new ApplyRefusal(
                    user.at(),
                    "the overlap of the user " + user.name() + " is "
                            + user.rotation().overlap()
                            + ", and what its keys sign is good for longer; make it at least " + least);
        }
    }
}
