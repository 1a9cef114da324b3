package io.countersign.registry;

import io.countersign.oss.Acl;
import io.countersign.oss.Target;
import io.countersign.policy.Principal;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the lookups of all record types. A secret is opened once for each read of its record, not once for each
 * request.
 */
final class Lookups {
    private final Sealer sealer;

    Lookups(Sealer sealer) {
        this.sealer = sealer;
    }

    /** The item of an access key id: the key with its secret, or empty for a tombstone. */
    record Key(Optional<Facts.AccessKeyRecord> record) {}

    Lookup<Key> accessKey(String id) {
        return new Lookup<>(AccessKeyItem.key(id), Key.class, this::open);
    }

    Lookup<AccessKey> upstreamKey(String bucket) {
        return new Lookup<>(UpstreamKeyItem.key(bucket), AccessKey.class, item -> {
            try {
                return Records.read(item, UpstreamKeyItem::read).opened(sealer);
            } catch (SealingException e) {
                throw new StoreUnavailable(e.getMessage(), e);
            }
        });
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

    Lookup<Upload> upload(String accountId, String name) {
        return Lookup.of(UploadItem.key(accountId, name), Upload.class, UploadItem::read);
    }

    Lookup<OidcProvider> provider(String issuer, String audience) {
        return Lookup.of(ProviderItem.audienceKey(issuer, audience), OidcProvider.class, ProviderItem::read);
    }

    Lookup<OidcProvider> provider(RevocationItem.Revocable.OfProvider named) {
        return Lookup.of(ProviderItem.key(named.accountId(), named.name()), OidcProvider.class, ProviderItem::read);
    }

    Lookup<Instant> revocation(RevocationItem.Revocable about) {
        return Lookup.of(RevocationItem.key(about), Instant.class, RevocationItem::read);
    }

    Lookup<TokenKeyRing> tokenKeys() {
        return new Lookup<>(TokenKeyItem.KEY, TokenKeyRing.class, this::ring);
    }

    private TokenKeyRing ring(Item item) throws StoreUnavailable {
        try {
            List<TokenKeyRing.TokenKey> keys = new ArrayList<>();
            for (TokenKeyItem.StoredTokenKey key : Records.read(item, TokenKeyItem::read)) {
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

    /**
     * The lookup of one record by its key. The type that it is read as depends only on the key, so the cache can hold
     * the parsed form.
     */
    record Lookup<T>(ItemKey key, Class<T> type, Reader<T> reader) {
        interface Reader<T> {
            T read(Item item) throws StoreUnavailable;
        }

        static <T> Lookup<T> of(ItemKey key, Class<T> type, Records.Reader<T> reader) {
            return new Lookup<>(key, type, item -> Records.read(item, reader));
        }
    }

    /** Makes the lookups of names that come from a request. An impossible name has no lookup and costs no read. */
    static final class ValidLookups {
        private final Lookups lookups;

        ValidLookups(Lookups lookups) {
            this.lookups = lookups;
        }

        Optional<Lookup<Lookups.Key>> accessKey(String id) {
            return IdSyntax.isAccessKeyId(id) ? Optional.of(lookups.accessKey(id)) : Optional.empty();
        }

        Optional<Lookup<Principal>> principal(String id) {
            return IdSyntax.isAccessKeyId(id) ? Optional.of(lookups.principal(id)) : Optional.empty();
        }

        Optional<Lookup<Bucket>> bucket(String name) {
            return IdSyntax.isBucket(name) ? Optional.of(lookups.bucket(name)) : Optional.empty();
        }

        Optional<Lookup<Acl>> objectAcl(Target.ObjectKey object) {
            return IdSyntax.isBucket(object.bucket()) && IdSyntax.isObjectKey(object.key())
                    ? Optional.of(lookups.objectAcl(object.bucket(), object.key()))
                    : Optional.empty();
        }

        /** No bucket can be bound to an address. */
        Optional<Lookup<String>> domain(String host) {
            return IdSyntax.isDomain(host) && !IdSyntax.isIpv4(host)
                    ? Optional.of(lookups.domain(host))
                    : Optional.empty();
        }

        Optional<Lookup<String>> region(String region) {
            return IdSyntax.isRegion(region) ? Optional.of(lookups.region(region)) : Optional.empty();
        }

        Optional<Lookup<OidcProvider>> provider(String issuer, String audience) {
            return IdSyntax.isIssuerOrAudience(issuer) && IdSyntax.isIssuerOrAudience(audience)
                    ? Optional.of(lookups.provider(issuer, audience))
                    : Optional.empty();
        }

        Optional<Lookup<Upload>> upload(String accountId, String name) {
            return IdSyntax.isAccountId(accountId) && IdSyntax.isUploadName(name)
                    ? Optional.of(lookups.upload(accountId, name))
                    : Optional.empty();
        }

        Optional<Lookup<Role>> role(String accountId, String name) {
            return IdSyntax.isAccountId(accountId) && IdSyntax.isRamName(name)
                    ? Optional.of(lookups.role(accountId, name))
                    : Optional.empty();
        }
    }
}
