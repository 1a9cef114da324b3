package io.countersign.registry.manifest;

import io.countersign.json.Value;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.Role;
import io.countersign.registry.RoleItem;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadItem;
import io.countersign.registry.UpstreamKeyItem;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans the records that the registry has and the manifest does not name: they are reported or removed, dependent
 * records first.
 */
final class PrunePlanner {
    private static final Value.Location NOWHERE = new Value.Location("", 1);

    private final ApplyPlan.Planning planning;
    private final Names names;
    private final List<ChangeSetBuilder.ChangeSet> changeSets = new ArrayList<>();

    private PrunePlanner(ApplyPlan.Planning planning, Names names) {
        this.planning = planning;
        this.names = names;
    }

    static List<ChangeSetBuilder.ChangeSet> plan(ApplyPlan.Planning planning, Names names)
            throws ApplyRefusal, StoreUnavailable {
        PrunePlanner planner = new PrunePlanner(planning, names);
        for (AccountItem.Account account : planning.snapshot().records(AccountItem.PARTITION, "", AccountItem::read)) {
            planner.contents(account.id());
            if (!planner.names.accounts().contains(account.id())) {
                planner.account(account);
            }
        }
        planner.regions();
        return planner.changeSets;
    }

    private void contents(String account) throws ApplyRefusal, StoreUnavailable {
        SnapshotReader.Snapshot snapshot = planning.snapshot();
        String partition = AccountItem.contents(account);
        for (Upload upload : snapshot.records(partition, UploadItem.SORT_PREFIX, UploadItem::read)) {
            if (!names.uploads().contains(account + "/" + upload.name())) {
                upload(upload);
            }
        }
        for (String name : snapshot.records(partition, BucketItem.SORT_PREFIX, BucketItem::readReference)) {
            if (!names.buckets().contains(name)) {
                bucket(account, name);
            }
        }
        for (OidcProvider provider : snapshot.records(partition, ProviderItem.SORT_PREFIX, ProviderItem::read)) {
            if (!names.providers().contains(account + "/" + provider.name())) {
                provider(provider);
            }
        }
        for (Role role : snapshot.records(partition, RoleItem.SORT_PREFIX, RoleItem::read)) {
            if (!names.roles().contains(account + "/" + role.name())) {
                role(role);
            }
        }
        for (RamUser user : snapshot.records(partition, UserItem.SORT_PREFIX, UserItem::read)) {
            if (!names.users().contains(account + "/" + user.name())) {
                user(user);
            }
        }
    }

    private void account(AccountItem.Account account) throws ApplyRefusal, StoreUnavailable {
        ChangeSetBuilder changes = begin();
        if (planning.options().prune()) {
            for (String id : account.accessKeyIds()) {
                KeyPlanner.tombstone(planning, changes, id);
            }
            changes.delete(AccountItem.key(account.id()));
        }
        end(changes, "account " + account.id());
    }

    private void user(RamUser user) throws ApplyRefusal, StoreUnavailable {
        ChangeSetBuilder changes = begin();
        if (planning.options().prune()) {
            for (String id : user.accessKeyIds()) {
                KeyPlanner.tombstone(planning, changes, id);
            }
            changes.delete(UserItem.key(user.accountId(), user.name()));
            new UidPlanner(planning, names).release(changes, user);
            OwnerPlanner.endIntent(changes, user);
        }
        end(changes, "user " + user.accountId() + "/" + user.name());
    }

    private void role(Role role) {
        ChangeSetBuilder changes = begin();
        if (planning.options().prune()) {
            changes.delete(RoleItem.key(role.accountId(), role.name()));
        }
        end(changes, "role " + role.accountId() + "/" + role.name());
    }

    private void provider(OidcProvider provider) throws StoreUnavailable {
        ChangeSetBuilder changes = begin();
        if (planning.options().prune()) {
            changes.delete(ProviderItem.key(provider.accountId(), provider.name()));
            RolePlanner.ProviderPlanner.release(planning.snapshot(), changes, provider, Set.of());
            // Providers are identified by their names: a provider that is made again under this name must not inherit
            // the sessions of this one.
            changes.revoke(provider.revocable(), planning.now());
        }
        end(changes, RolePlanner.ProviderPlanner.label(provider));
    }

    private void upload(Upload upload) {
        ChangeSetBuilder changes = begin();
        if (planning.options().prune()) {
            changes.delete(UploadItem.key(upload.accountId(), upload.name()));
        }
        end(changes, UploadPlanner.label(upload));
    }

    private void bucket(String account, String name) throws StoreUnavailable {
        ChangeSetBuilder changes = begin();
        if (planning.options().prune()) {
            changeSets.addAll(BucketPlanner.ObjectAclPlanner.removeAll(planning.snapshot(), begin(), name));
            Optional<Bucket> bucket = planning.snapshot().record(BucketItem.key(name), BucketItem::read);
            changes.delete(BucketItem.key(name));
            changes.delete(BucketItem.ownedKey(account, name));
            changes.delete(UpstreamKeyItem.key(name));
            if (bucket.isPresent()) {
                BucketPlanner.release(planning.snapshot(), changes, bucket.get(), List.of());
                UpstreamPlanner.release(planning.snapshot(), changes, bucket.get(), Optional.empty());
            }
        }
        end(changes, BucketPlanner.label(name));
    }

    /** A region is removed with its last bucket, whether that was removed or moved. */
    private void regions() throws StoreUnavailable {
        Set<String> used = new HashSet<>(names.regions());
        for (AccountItem.Account account : planning.snapshot().records(AccountItem.PARTITION, "", AccountItem::read)) {
            if (!planning.options().prune()) {
                storedRegions(account, used);
            }
        }
        ChangeSetBuilder changes = begin();
        for (Item item : planning.snapshot().listed(BucketItem.REGIONS, "")) {
            if (!used.contains(item.key().sort()) && changes.size() < ChangeSetBuilder.ChangeSet.MAX_WRITES) {
                changes.delete(item.key());
            }
        }
        changeSets.add(changes.build());
    }

    /** Buckets that are only reported keep their regions. */
    private void storedRegions(AccountItem.Account account, Set<String> used) throws StoreUnavailable {
        String partition = AccountItem.contents(account.id());
        for (String name : planning.snapshot().records(partition, BucketItem.SORT_PREFIX, BucketItem::readReference)) {
            if (!names.buckets().contains(name)) {
                planning.snapshot()
                        .record(BucketItem.key(name), BucketItem::read)
                        .ifPresent(bucket -> used.add(bucket.region()));
            }
        }
    }

    private ChangeSetBuilder begin() {
        return new ChangeSetBuilder(planning.snapshot(), NOWHERE);
    }

    private void end(ChangeSetBuilder changes, String label) {
        changes.line(
                planning.options().prune() ? ChangeSetBuilder.Outcome.REMOVED : ChangeSetBuilder.Outcome.REPORTED,
                label);
        changeSets.add(changes.build());
    }

    /**
     * The names in a manifest. Users, roles, providers and uploads are written with their account and a slash before them; UIDs
     * likewise, each with its user.
     */
    record Names(
            Set<String> accounts,
            Set<String> users,
            Map<String, String> uids,
            Set<String> roles,
            Set<String> providers,
            Set<String> buckets,
            Set<String> regions,
            Set<String> uploads) {
        static Names of(Manifest manifest) {
            Names names = new Names(
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashMap<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>());
            for (Manifest.ManifestAccount account : manifest.accounts()) {
                String in = account.id() + "/";
                names.accounts.add(account.id());
                for (Manifest.ManifestUser user : account.users()) {
                    names.users.add(in + user.name());
                    user.uid().ifPresent(uid -> names.uids.put(uid, in + user.name()));
                }
                account.uploads()
                        .forEach(
                                upload -> names.uploads.add(in + upload.record().name()));
                account.roles().forEach(role -> names.roles.add(in + role.name()));
                account.providers()
                        .forEach(provider ->
                                names.providers.add(in + provider.record().name()));
                for (Manifest.ManifestBucket bucket : account.buckets()) {
                    names.buckets.add(bucket.record().name());
                    names.regions.add(bucket.record().region());
                }
            }
            return names;
        }
    }
}
