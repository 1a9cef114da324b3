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
 * Plans UIDs. Bucket policies name accounts and users by numbers of the same form, so a number has one holder in the
 * whole registry. A number moves to another user only when its holder is removed in the same apply, as when a user is
 * renamed: otherwise a policy that names the number would change its meaning.
 */
record UidPlanner(ApplyPlan.Planning planning, PrunePlanner.Names names) {
    /** @throws ApplyRefusal when a user has the account's number */
    void account(ChangeSetBuilder changes, Manifest.ManifestAccount named) throws ApplyRefusal, StoreUnavailable {
        ItemKey key = UserItem.uidKey(named.id());
        Optional<Owner.OfUser> holder = planning.snapshot().record(key, UserItem::readReference);
        if (holder.isPresent()) {
            throw taken(named.at(), named.id(), holder.get().label());
        }
        if (planning.snapshot().item(AccountItem.key(named.id())).isEmpty()) {
            changes.check(key, Condition.absent());
        }
    }

    /**
     * @param stored the user as it is stored
     * @throws ApplyRefusal when another holder has the number
     */
    void user(ChangeSetBuilder changes, Owner.OfUser user, Manifest.ManifestUser named, Optional<RamUser> stored)
            throws ApplyRefusal, StoreUnavailable {
        Optional<String> held = stored.flatMap(RamUser::uid);
        if (named.uid().isPresent()) {
            take(changes, user, named.uid().get(), named.at());
        }
        if (held.isPresent() && !held.equals(named.uid())) {
            giveUp(changes, user, held.get());
        }
    }

    /** Releases the number of a user that is removed, unless another user of the manifest takes it over. */
    void release(ChangeSetBuilder changes, RamUser user) throws StoreUnavailable {
        if (user.uid().isPresent() && !names.uids().containsKey(user.uid().get())) {
            giveUp(
                    changes,
                    new Owner.OfUser(user.accountId(), user.name()),
                    user.uid().get());
        }
    }

    private void take(ChangeSetBuilder changes, Owner.OfUser user, String uid, Value.Location at)
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
            changes.check(account, Condition.absent());
        }
        changes.put(key, UserItem.reference(user));
    }

    private void giveUp(ChangeSetBuilder changes, Owner.OfUser user, String uid) throws StoreUnavailable {
        ItemKey key = UserItem.uidKey(uid);
        if (planning.snapshot()
                .record(key, UserItem::readReference)
                .filter(user::equals)
                .isPresent()) {
            changes.delete(key);
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
