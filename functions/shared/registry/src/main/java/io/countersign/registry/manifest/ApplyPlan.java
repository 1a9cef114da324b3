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
 * All change sets of an apply, planned before the first is written, so that a refusal leaves the registry as it is.
 * Records that others refer to come first, and removals come last.
 *
 * @param notes the findings about the manifest's policies and roles
 */
record ApplyPlan(List<ChangeSetBuilder.ChangeSet> changeSets, List<PolicyNote> notes) {
    ApplyPlan {
        changeSets = List.copyOf(changeSets);
        notes = List.copyOf(notes);
    }

    static ApplyPlan of(Planning planning, Manifest manifest) throws ApplyRefusal, StoreUnavailable {
        List<ChangeSetBuilder.ChangeSet> changeSets = new ArrayList<>();
        PrunePlanner.Names names = PrunePlanner.Names.of(manifest);
        OwnerPlanner owners = new OwnerPlanner(planning, names);
        RolePlanner roles = new RolePlanner(planning);
        RolePlanner.ProviderPlanner providers = new RolePlanner.ProviderPlanner(planning);
        BucketPlanner buckets = new BucketPlanner(planning);
        UploadPlanner uploads = new UploadPlanner(planning);
        Duration longestUse = longestUse(manifest);
        changeSets.add(OwnerPlanner.TokenKeyPlanner.plan(planning));
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            changeSets.add(owners.account(account));
            for (Manifest.ManifestRole role : account.roles()) {
                changeSets.add(roles.role(account.id(), role));
            }
            for (Manifest.ManifestUser user : account.users()) {
                changeSets.add(owners.user(account.id(), user, longestUse));
            }
            for (Manifest.ManifestProvider provider : account.providers()) {
                changeSets.add(providers.provider(provider));
            }
            for (Manifest.ManifestBucket bucket : account.buckets()) {
                changeSets.add(buckets.bucket(bucket));
                changeSets.addAll(BucketPlanner.ObjectAclPlanner.plan(planning, bucket));
            }
            for (Manifest.ManifestUpload upload : account.uploads()) {
                changeSets.add(uploads.upload(upload));
            }
        }
        changeSets.addAll(PrunePlanner.plan(planning, names));
        List<PolicyNote> notes = new ArrayList<>(PolicyCheck.notes(planning, manifest, names));
        notes.addAll(FaceNotes.of(manifest));
        notes.addAll(KeySetNotes.of(manifest));
        return new ApplyPlan(changeSets, notes);
    }

    /** A key founds sessions of any role that trusts its owner, in any account, and signs for uploads. */
    private static Duration longestUse(Manifest manifest) {
        Duration longest = Duration.ZERO;
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            for (Manifest.ManifestRole role : account.roles()) {
                longest = role.maxSessionDuration().compareTo(longest) > 0 ? role.maxSessionDuration() : longest;
            }
            for (Manifest.ManifestUpload upload : account.uploads()) {
                Duration good = upload.record().expiresIn();
                longest = good.compareTo(longest) > 0 ? good : longest;
            }
        }
        return longest;
    }

    /**
     * The inputs that all planners share.
     *
     * @param place where the secrets of generated keys are kept
     */
    record Planning(
            SnapshotReader.Snapshot snapshot,
            Sealer sealer,
            ApplyOptions options,
            String place,
            Instant now,
            SecureRandom random) {}
}
