package io.countersign.registry.manifest;

import io.countersign.policy.Identities;
import io.countersign.registry.AccountItem;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.Role;
import io.countersign.registry.RoleItem;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.StoreUnavailable;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The principals of a registry before and after an apply. */
final class Population {
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> uids = new HashSet<>();
    private final Set<String> arns = new HashSet<>();

    private Population() {}

    /** All stored principals. */
    static Identities before(SnapshotReader.Snapshot snapshot) throws StoreUnavailable {
        Population population = new Population();
        population.stored(snapshot, user -> true);
        return population.identities();
    }

    /** All principals of the manifest, and the stored ones that are not pruned. */
    static Identities after(ApplyPlan.Planning planning, Manifest manifest, PrunePlanner.Names names)
            throws StoreUnavailable {
        Population population = new Population();
        if (!planning.options().prune()) {
            population.stored(
                    planning.snapshot(), user -> !names.users().contains(user.accountId() + "/" + user.name()));
        }
        manifest.accounts().forEach(population::add);
        return population.identities();
    }

    private Identities identities() {
        return new Identities(accounts, uids, arns);
    }

    /** @param keepsUid whether a user keeps its stored UID */
    private void stored(SnapshotReader.Snapshot snapshot, Predicate<RamUser> keepsUid) throws StoreUnavailable {
        for (AccountItem.Account account : snapshot.records(AccountItem.PARTITION, "", AccountItem::read)) {
            accounts.add(account.id());
            String partition = AccountItem.contents(account.id());
            for (Role role : snapshot.records(partition, RoleItem.SORT_PREFIX, RoleItem::read)) {
                arns.add(role.arn());
            }
            for (OidcProvider provider : snapshot.records(partition, ProviderItem.SORT_PREFIX, ProviderItem::read)) {
                arns.add(provider.arn());
            }
            for (RamUser user : snapshot.records(partition, UserItem.SORT_PREFIX, UserItem::read)) {
                arns.add(user.arn());
                user.uid().filter(uid -> keepsUid.test(user)).ifPresent(uids::add);
            }
        }
    }

    private void add(Manifest.ManifestAccount account) {
        String beginning = "acs:ram::" + account.id() + ":";
        accounts.add(account.id());
        account.roles().forEach(role -> arns.add(beginning + "role/" + role.name()));
        account.providers().forEach(provider -> arns.add(provider.record().arn()));
        for (Manifest.ManifestUser user : account.users()) {
            arns.add(beginning + "user/" + user.name());
            user.uid().ifPresent(uids::add);
        }
    }
}
