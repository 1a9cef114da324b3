package io.countersign.registry;

import io.countersign.oss.Acl;
import io.countersign.policy.Principal;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lookups of the reading side. A secret is opened once per read of its record, not once per request. */
final class Lookups {
    private final Sealer sealer;

    Lookups(Sealer sealer) {
        this.sealer = sealer;
    }

    /** What stands at an access key's id: the key with its secret, or nothing but a tombstone. */
    record Key(Optional<AccessKeyRecord> record) {}

    Lookup<Key> accessKey(String id) {
        return new Lookup<>(AccessKeyItem.key(id), Key.class, this::open);
    }

    Lookup<Principal> principal(String id) {
        return Lookup.of(PrincipalItem.key(id), Principal.class, PrincipalItem::read);
    }

    Lookup<Bucket> bucket(String name) {
        return Lookup.of(BucketItem.key(name), Bucket.class, BucketItem::read);
    }

    Lookup<Acl> objectAcl(String bucket, String key) {
        return Lookup.of(ObjectAclItem.key(bucket, key), Acl.class, ObjectAclItem::read);
    }

    Lookup<String> domain(String host) {
        return Lookup.of(BucketItem.domainKey(host), String.class, BucketItem::readReference);
    }

    Lookup<String> region(String region) {
        return Lookup.of(BucketItem.regionKey(region), String.class, item -> region);
    }

    Lookup<RamUser> user(String accountId, String name) {
        return Lookup.of(UserItem.key(accountId, name), RamUser.class, UserItem::read);
    }

    Lookup<Role> role(String accountId, String name) {
        return Lookup.of(RoleItem.key(accountId, name), Role.class, RoleItem::read);
    }

    Lookup<OidcProvider> provider(String issuer, String audience) {
        return Lookup.of(ProviderItem.audienceKey(issuer, audience), OidcProvider.class, ProviderItem::read);
    }

    Lookup<OidcProvider> provider(Revocable.OfProvider named) {
        return Lookup.of(ProviderItem.key(named.accountId(), named.name()), OidcProvider.class, ProviderItem::read);
    }

    Lookup<Instant> revocation(Revocable about) {
        return Lookup.of(RevocationItem.key(about), Instant.class, RevocationItem::read);
    }

    Lookup<TokenKeyRing> tokenKeys() {
        return new Lookup<>(TokenKeyItem.KEY, TokenKeyRing.class, this::ring);
    }

    private TokenKeyRing ring(Item item) throws StoreUnavailable {
        try {
            List<TokenKey> keys = new ArrayList<>();
            for (StoredTokenKey key : Records.read(item, TokenKeyItem::read)) {
                keys.add(key.opened(sealer));
            }
            return new TokenKeyRing(keys);
        } catch (SealingException e) {
            throw new StoreUnavailable(e.getMessage(), e);
        }
    }

    private Key open(Item item) throws StoreUnavailable {
        try {
            return new Key(Records.read(item, AccessKeyItem::read).opened(sealer, item.version()));
        } catch (SealingException e) {
            throw new StoreUnavailable(e.getMessage(), e);
        }
    }
}
