package io.countersign.registry.manifest;

import io.countersign.policy.PolicyNote;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All units of an apply, planned before the first is made: a refusal leaves the registry as it is. What others refer to comes before them,
 * and what goes away comes last.
 *
 * @param notes what there is to say about the policies
 */
record ApplyPlan(List<ChangeSetBuilder.ChangeSet> units, List<PolicyNote> notes) {
    ApplyPlan {
        units = List.copyOf(units);
        notes = List.copyOf(notes);
    }

    static ApplyPlan of(Planning planning, Manifest manifest) throws ApplyRefusal, StoreUnavailable {
        List<ChangeSetBuilder.ChangeSet> units = new ArrayList<>();
        PrunePlanner.Names names = PrunePlanner.Names.of(manifest);
        OwnerPlanner owners = new OwnerPlanner(planning, names);
        RolePlanner roles = new RolePlanner(planning);
        RolePlanner.ProviderPlanner providers = new RolePlanner.ProviderPlanner(planning);
        BucketPlanner buckets = new BucketPlanner(planning);
        Duration longestSession = longestSession(manifest);
        units.add(OwnerPlanner.TokenKeyPlanner.plan(planning));
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            units.add(owners.account(account));
            for (Manifest.ManifestRole role : account.roles()) {
                units.add(roles.role(account.id(), role));
            }
            for (Manifest.ManifestUser user : account.users()) {
                units.add(owners.user(account.id(), user, longestSession));
            }
            for (Manifest.ManifestProvider provider : account.providers()) {
                units.add(providers.provider(provider));
            }
            for (Manifest.ManifestBucket bucket : account.buckets()) {
                units.add(buckets.bucket(bucket));
                units.addAll(BucketPlanner.ObjectAclPlanner.plan(planning, bucket));
            }
        }
        units.addAll(PrunePlanner.plan(planning, names));
        return new ApplyPlan(units, PolicyCheck.notes(planning, manifest, names));
    }

    /** A key founds sessions of any role that trusts its owner, in any account. */
    private static Duration longestSession(Manifest manifest) {
        Duration longest = Duration.ZERO;
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            for (Manifest.ManifestRole role : account.roles()) {
                longest = role.maxSessionDuration().compareTo(longest) > 0 ? role.maxSessionDuration() : longest;
            }
        }
        return longest;
    }

    /**
     * What every planner works with.
     *
     * @param place where the secrets of keys that are made are kept
     */
    record Planning(
            SnapshotReader.Snapshot snapshot,
            Sealer sealer,
            ApplyOptions options,
            String place,
            Instant now,
            SecureRandom random) {}
}
