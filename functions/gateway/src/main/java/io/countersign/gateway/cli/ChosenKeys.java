package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Finds the access key that an operator signs with. */
record ChosenKeys(KeyRegistry registry, Instant now) {
    static ChosenKeys in(OpenedData data, Settings settings, Instant now) {
        return new ChosenKeys(
                new KeyRegistry(data.store(), data.sealer(), settings.cache().bounds()), now);
    }

    Optional<Bucket> bucket(String name) throws StoreUnavailable {
        return buckets(Set.of(name)).bucket(name);
    }

    /** The records of these buckets. */
    Facts buckets(Set<String> names) throws StoreUnavailable {
        return registry.load(new Facts.Query(Optional.empty(), names, Optional.empty()), now);
    }

    /** The Active key with this id. A Retiring key verifies earlier signatures, but does not sign. */
    AccessKey byId(String id) throws CommandFailure, StoreUnavailable {
        Facts.Identity identity = registry.load(new Facts.Query(Optional.of(id), Set.of(), Optional.empty()), now)
                .identity()
                .orElseThrow(() -> new CommandFailure(
                        "NoSuchAccessKey",
                        "The registry does not hold the access key " + Echo.of(id) + "; keys lists them."));
        if (identity.key().status() != KeyStatus.ACTIVE) {
            throw new CommandFailure(
                    "AccessKeyNotActive",
                    "The access key " + id + " is " + identity.key().status().text()
                            + " and cannot sign; choose an Active key.");
        }
        return identity.key().accessKey();
    }

    /** The key of the bucket's signer. */
    AccessKey of(Bucket bucket) throws CommandFailure, StoreUnavailable {
        return registry.signer(bucket, now)
                .map(Facts.Signer::key)
                .orElseThrow(
                        () -> new CommandFailure(
                                "NoSigner",
                                "The bucket " + bucket.name()
                                        + " has no signer with an Active key; name a user of its account with --signer, or a key with --access-key."));
    }
}
