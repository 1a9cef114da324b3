package io.countersign.registry.manifest;

import io.countersign.policy.PolicyNote;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All units of an apply, planned before the first is made: a refusal leaves the registry as it is. What others refer to comes before them,
 * and what goes away comes last.
 *
 * @param notes what there is to say about the policies
 */
record ApplyPlan(List<Unit> units, List<PolicyNote> notes) {
    ApplyPlan {
        units = List.copyOf(units);
        notes = List.copyOf(notes);
    }

    static ApplyPlan of(Planning planning, Manifest manifest) throws ApplyRefusal, StoreUnavailable {
        List<Unit> units = new ArrayList<>();
        Names names = Names.of(manifest);
        OwnerPlanner owners = new OwnerPlanner(planning, names);
        RolePlanner roles = new RolePlanner(planning);
        ProviderPlanner providers = new ProviderPlanner(planning);
        BucketPlanner buckets = new BucketPlanner(planning);
        Duration longestSession = longestSession(manifest);
        units.add(TokenKeyPlanner.plan(planning));
        for (ManifestAccount account : manifest.accounts()) {
            units.add(owners.account(account));
            for (ManifestRole role : account.roles()) {
                units.add(roles.role(account.id(), role));
            }
            for (ManifestUser user : account.users()) {
                units.add(owners.user(account.id(), user, longestSession));
            }
            for (ManifestProvider provider : account.providers()) {
                units.add(providers.provider(provider));
            }
            for (ManifestBucket bucket : account.buckets()) {
                units.add(buckets.bucket(bucket));
                units.addAll(ObjectAclPlanner.plan(planning, bucket));
            }
        }
        units.addAll(Leftovers.plan(planning, names));
        return new ApplyPlan(units, PolicyCheck.notes(planning, manifest, names));
    }

    /** A key founds sessions of any role that trusts its owner, in any account. */
    private static Duration longestSession(Manifest manifest) {
        Duration longest = Duration.ZERO;
        for (ManifestAccount account : manifest.accounts()) {
            for (ManifestRole role : account.roles()) {
                longest = role.maxSessionDuration().compareTo(longest) > 0 ? role.maxSessionDuration() : longest;
            }
        }
        return longest;
    }
}
