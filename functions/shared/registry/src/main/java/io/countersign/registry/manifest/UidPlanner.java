package io.countersign.registry.manifest;

import io.countersign.json.Value;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Owner;
import io.countersign.registry.RamUser;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.Optional;

/**
 * Plans UIDs. Bucket policies know accounts and users by numbers of one shape, so a number has one holder in the whole registry. A number moves to another user
 * only when its holder goes away in the same apply, as when a user is renamed: a policy that names it would otherwise change whom it means.
 */
record UidPlanner(ApplyPlan.Planning planning, PrunePlanner.Names names) {
    /** @throws ApplyRefusal when a user has the account's number */
    void account(ChangeSetBuilder unit, Manifest.ManifestAccount named) throws ApplyRefusal, StoreUnavailable {
        ItemKey key = UserItem.uidKey(named.id());
        Optional<Owner.OfUser> holder = planning.snapshot().record(key, UserItem::readReference);
        if (holder.isPresent()) {
            throw taken(named.at(), named.id(), holder.get().label());
        }
        if (planning.snapshot().item(AccountItem.key(named.id())).isEmpty()) {
            unit.check(key, Condition.absent());
        }
    }

    /**
     * @param standing the user as it stands
     * @throws ApplyRefusal when somebody else has the number
     */
    void user(ChangeSetBuilder unit, Owner.OfUser user, Manifest.ManifestUser named, Optional<RamUser> standing)
            throws ApplyRefusal, StoreUnavailable {
        Optional<String> held = standing.flatMap(RamUser::uid);
        if (named.uid().isPresent()) {
            take(unit, user, named.uid().get(), named.at());
        }
        if (held.isPresent() && !held.equals(named.uid())) {
            giveUp(unit, user, held.get());
        }
    }

    /** Gives up the number of a user that goes away, unless another user of the manifest takes it over. */
    void release(ChangeSetBuilder unit, RamUser user) throws StoreUnavailable {
        if (user.uid().isPresent() && !names.uids().containsKey(user.uid().get())) {
            giveUp(
                    unit,
                    new Owner.OfUser(user.accountId(), user.name()),
                    user.uid().get());
        }
    }

    private void take(ChangeSetBuilder unit, Owner.OfUser user, String uid, Value.Location at)
            throws ApplyRefusal, StoreUnavailable {
        ItemKey key = UserItem.uidKey(uid);
        Optional<Owner.OfUser> holder = planning.snapshot().record(key, UserItem::readReference);
        if (holder.isPresent() && !holder.get().equals(user) && !goesAway(holder.get())) {
            throw taken(at, uid, holder.get().label());
        }
        ItemKey account = AccountItem.key(uid);
        if (planning.snapshot().item(account).isPresent()) {
            throw taken(at, uid, new Owner.OfAccount(uid).label());
        }
        if (holder.isEmpty()) {
            unit.check(account, Condition.absent());
        }
        unit.put(key, UserItem.reference(user));
    }

    private void giveUp(ChangeSetBuilder unit, Owner.OfUser user, String uid) throws StoreUnavailable {
        ItemKey key = UserItem.uidKey(uid);
        if (planning.snapshot()
                .record(key, UserItem::readReference)
                .filter(user::equals)
                .isPresent()) {
            unit.delete(key);
        }
    }

    private boolean goesAway(Owner.OfUser holder) {
        return planning.options().prune() && !names.users().contains(holder.accountId() + "/" + holder.userName());
    }

    private static ApplyRefusal taken(Value.Location at, String id, String holder) {
        return new ApplyRefusal(
                at, "the id " + id + " is that of " + holder + "; take it off there first, with an apply of its own");
    }
}
