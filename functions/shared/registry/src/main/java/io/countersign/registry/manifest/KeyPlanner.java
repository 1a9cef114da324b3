package io.countersign.registry.manifest;

import io.countersign.json.Value;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.NewCredentials;
import io.countersign.registry.Owner;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.StoredKey;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans the access keys of one owner. An id that was ever used is never made again, reactivated or given another
 * secret. Keys that were made here are left to rotation, until the manifest names one as Inactive.
 */
final class KeyPlanner {
    private final ApplyPlan.Planning planning;
    private final ChangeSetBuilder changes;
    private final Owner owner;
    private final Map<String, StoredKey> live = new LinkedHashMap<>();
    private final Set<String> replaced = new HashSet<>();
    private final Instant signsFrom;

    private KeyPlanner(ApplyPlan.Planning planning, ChangeSetBuilder changes, Owner owner, List<String> held)
            throws ApplyRefusal, StoreUnavailable {
        this.planning = planning;
        this.changes = changes;
        this.owner = owner;
        boolean canSign = false;
        for (String id : held) {
            Optional<StoredKey> key = planning.snapshot().record(AccessKeyItem.key(id), AccessKeyItem::read);
            if (key.isEmpty() || key.get().status() == KeyStatus.DELETED) {
                continue;
            }
            if (planning.options().replaced().contains(id) && unshown(planning, id)) {
                tombstone(planning, changes, id);
                replaced.add(id);
            } else {
                live.put(id, key.get());
                canSign |= key.get().status() == KeyStatus.ACTIVE;
            }
        }
        // While an older key can sign, a new one waits until every reader can know it.
        this.signsFrom = canSign ? planning.now().plus(planning.options().caps().cacheBound()) : planning.now();
    }

    /** Adds the changes of the keys, and returns the ids that the owner then holds. */
    static List<String> plan(
            ApplyPlan.Planning planning,
            ChangeSetBuilder changes,
            Owner owner,
            List<Manifest.ManifestKey> named,
            List<String> held,
            int max)
            throws ApplyRefusal, StoreUnavailable {
        KeyPlanner planner = new KeyPlanner(planning, changes, owner, held);
        Set<String> ids = named.stream().flatMap(key -> key.id().stream()).collect(Collectors.toSet());
        for (Manifest.ManifestKey key : named) {
            if (key.id().isPresent()) {
                planner.named(key, key.id().get());
            }
        }
        planner.withoutId(named.stream().filter(key -> key.id().isEmpty()).toList(), ids);
        planner.leftovers(ids);
        if (planner.live.size() > max) {
            throw new ApplyRefusal(
                    changes.at(),
                    owner.label() + " would have " + planner.live.size()
                            + " access keys with those that the registry holds ("
                            + String.join(", ", planner.live.keySet()) + "), and may have " + max
                            + "; take one out, and prune");
        }
        return List.copyOf(planner.live.keySet());
    }

    /** Replaces the key by a tombstone and deletes its principal. */
    static void tombstone(ApplyPlan.Planning planning, ChangeSetBuilder changes, String id)
            throws ApplyRefusal, StoreUnavailable {
        Optional<StoredKey> key = planning.snapshot().record(AccessKeyItem.key(id), AccessKeyItem::read);
        if (key.isPresent() && key.get().status() != KeyStatus.DELETED) {
            changes.put(AccessKeyItem.key(id), AccessKeyItem.text(key.get().tombstone(planning.now())));
            changes.delete(PrincipalItem.key(id));
            changes.delete(UnshownKeys.UnshownItem.key(id));
            changes.line(ChangeSetBuilder.Outcome.REMOVED, label(id));
            if (key.get().deactivationPending()) {
                changes.line(
                        ChangeSetBuilder.Outcome.REPORTED,
                        label(id) + " leaked and is not disabled in RAM yet; delete it there");
            }
        }
    }

    private void named(Manifest.ManifestKey key, String id) throws ApplyRefusal, StoreUnavailable {
        Optional<StoredKey> stored = planning.snapshot().record(AccessKeyItem.key(id), AccessKeyItem::read);
        if (replaced.contains(id)) {
            changes.line(
                    ChangeSetBuilder.Outcome.REPORTED,
                    label(id) + " was never shown and is deleted for good; name another id in the manifest");
        } else if (stored.isEmpty()) {
            make(id, key);
        } else {
            held(stored.get(), key);
        }
    }

    private void held(StoredKey stored, Manifest.ManifestKey key) throws ApplyRefusal {
        if (!stored.owner().equals(owner)) {
            throw new ApplyRefusal(
                    key.at(),
                    "the access key " + stored.id() + " belongs to "
                            + stored.owner().label() + ", and an id never changes its owner; give " + owner.label()
                            + " another key");
        }
        if (stored.status() == KeyStatus.DELETED) {
            changes.line(
                    ChangeSetBuilder.Outcome.REPORTED,
                    label(stored.id()) + " is deleted for good; take it out of the manifest");
            return;
        }
        if (key.secret().isPresent() && !holds(stored, key.secret().get(), key.at())) {
            throw new ApplyRefusal(
                    key.at(),
                    "the access key " + stored.id()
                            + " is held with another secret, and an id keeps its secret for good; correct it, or import the new pair under its own id");
        }
        // A revocation is never ignored, whatever made the key or moved it.
        boolean follows = stored.followsManifest() || key.status() == KeyStatus.INACTIVE;
        boolean changed = follows && !stored.deactivationPending() && stored.status() != key.status();
        if (changed) {
            StoredKey next = stored.set(key.status(), planning.now());
            changes.put(AccessKeyItem.key(stored.id()), AccessKeyItem.text(next));
            live.put(stored.id(), next);
            if (stored.status() == KeyStatus.INACTIVE) {
                changes.reopens(ReopenedNotes.key(key.at(), stored.id()));
            }
        }
        changes.line(
                changed ? ChangeSetBuilder.Outcome.UPDATED : ChangeSetBuilder.Outcome.UNCHANGED, label(stored.id()));
    }

    /** Entries without an id match keys that were made here for the owner; the remaining ones are made now. */
    private void withoutId(List<Manifest.ManifestKey> entries, Set<String> named) throws ApplyRefusal {
        long made = live.values().stream()
                .filter(key -> key.origin() == StoredKey.KeyOrigin.MADE && !named.contains(key.id()))
                .count();
        for (Manifest.ManifestKey entry : entries.stream().skip(made).toList()) {
            make(NewCredentials.accessKeyId(planning.random()), entry);
        }
    }

    private void make(String id, Manifest.ManifestKey key) throws ApplyRefusal {
        Secret secret = key.secret().orElseGet(() -> NewCredentials.secret(planning.random()));
        boolean imported = key.secret().isPresent();
        StoredKey made = new StoredKey(
                id,
                owner,
                key.status(),
                imported ? StoredKey.KeyOrigin.IMPORTED : StoredKey.KeyOrigin.MADE,
                Optional.of(sealed(id, secret, key.at())),
                planning.now(),
                signsFrom,
                imported);
        changes.put(AccessKeyItem.key(id), AccessKeyItem.text(made));
        changes.line(ChangeSetBuilder.Outcome.CREATED, label(id));
        live.put(id, made);
        if (!imported) {
            changes.putShared(UnshownKeys.UnshownItem.key(id), UnshownKeys.UnshownItem.text(planning.place()));
            changes.generated(new ApplyReport.GeneratedKey(owner, new AccessKey(id, secret)));
        }
    }

    private void leftovers(Set<String> named) throws ApplyRefusal, StoreUnavailable {
        for (StoredKey key : new ArrayList<>(live.values())) {
            boolean leftOver = key.origin() == StoredKey.KeyOrigin.IMPORTED && !named.contains(key.id());
            if (leftOver && planning.options().prune()) {
                tombstone(planning, changes, key.id());
                live.remove(key.id());
            } else if (leftOver) {
                changes.line(ChangeSetBuilder.Outcome.REPORTED, label(key.id()));
            }
        }
    }

    private String sealed(String id, Secret secret, Value.Location at) throws ApplyRefusal {
        try {
            return planning.sealer().seal(secret, StoredKey.sealIdentity(id));
        } catch (SealingException e) {
            throw new ApplyRefusal(at, e.getMessage());
        }
    }

    private boolean holds(StoredKey stored, Secret candidate, Value.Location at) throws ApplyRefusal {
        try {
            return stored.sealed().isPresent()
                    && planning.sealer().holds(stored.sealed().get(), StoredKey.sealIdentity(stored.id()), candidate);
        } catch (SealingException e) {
            throw new ApplyRefusal(at, e.getMessage());
        }
    }

    private static boolean unshown(ApplyPlan.Planning planning, String id) {
        return planning.snapshot().item(UnshownKeys.UnshownItem.key(id)).isPresent();
    }

    private static String label(String id) {
        return "accessKey " + id;
    }
}
