package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.policy.BucketFacts;
import io.countersign.policy.Identities;
import io.countersign.policy.NamedPrincipal;
import io.countersign.policy.Naming;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyReview;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.store.StoreUnavailable;
import java.util.Optional;

/**
 * The policies of stored buckets that the manifest does not name and that are kept. An apply must not remove a
 * principal that a Deny of theirs names, because that would change the meaning of the policy without notice.
 */
record KeptBucketPolicies(
        SnapshotReader.Snapshot snapshot, PrunePlanner.Names names, Identities before, Identities after) {
    private static final Value.Location NOWHERE = new Value.Location("", 1);

    static void check(SnapshotReader.Snapshot snapshot, PrunePlanner.Names names, Identities after)
            throws ApplyRefusal, StoreUnavailable {
        KeptBucketPolicies stored = new KeptBucketPolicies(snapshot, names, Population.before(snapshot), after);
        for (AccountItem.Account account : snapshot.records(AccountItem.PARTITION, "", AccountItem::read)) {
            stored.of(account);
        }
    }

    private void of(AccountItem.Account account) throws ApplyRefusal, StoreUnavailable {
        String partition = AccountItem.contents(account.id());
        for (String name : snapshot.records(partition, BucketItem.SORT_PREFIX, BucketItem::readReference)) {
            Optional<Bucket> bucket = names.buckets().contains(name)
                    ? Optional.empty()
                    : snapshot.record(BucketItem.key(name), BucketItem::read);
            Optional<PolicyDocument> policy = bucket.flatMap(Bucket::policy);
            if (policy.isPresent()) {
                check(name, review(policy.get(), bucket.get().facts()));
            }
        }
    }

    private void check(String bucket, PolicyReview review) throws ApplyRefusal {
        for (NamedPrincipal principal : review.principals()) {
            boolean lost = principal.denies()
                    && principal.naming(before) == Naming.SOMEBODY
                    && principal.naming(after) == Naming.NOBODY;
            if (lost) {
                throw new ApplyRefusal(
                        NOWHERE,
                        "the policy of the bucket " + bucket + " has " + principal.at()
                                + ", and with this manifest " + principal.problem()
                                + "; the bucket is in the registry, so add it here with another policy");
            }
        }
    }

    private static PolicyReview review(PolicyDocument policy, BucketFacts bucket) {
        try {
            return PolicyReview.ofBucket(Values.parse(policy.json()), bucket);
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("a document's own text was parsed before", e);
        }
    }
}
