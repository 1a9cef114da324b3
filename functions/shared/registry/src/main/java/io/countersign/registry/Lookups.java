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
    private static final Kind<Principal> PRINCIPAL = Kind.of(Principal.class, PrincipalItem::read);
    private static final Kind<Bucket> BUCKET = Kind.of(Bucket.class, BucketItem::read);
    private static final Kind<Acl> OBJECT_ACL = Kind.of(Acl.class, ObjectAclItem::read);
    private static final Kind<String> DOMAIN = Kind.of(String.class, BucketItem::readReference);
    private static final Kind<String> REGION =
            Kind.of(String.class, item -> item.key().sort());
    private static final Kind<RamUser> USER = Kind.of(RamUser.class, UserItem::read);
    private static final Kind<Role> ROLE = Kind.of(Role.class, RoleItem::read);
    private static final Kind<Upload> UPLOAD = Kind.of(Upload.class, UploadItem::read);
    private static final Kind<OidcProvider> PROVIDER = Kind.of(OidcProvider.class, ProviderItem::read);
    private static final Kind<Instant> REVOCATION = Kind.of(Instant.class, RevocationItem::read);

    private final Sealer sealer;
    private final Kind<Key> accessKey = new Kind<>(Key.class, this::open);
    private final Kind<AccessKey> upstreamKey = new Kind<>(AccessKey.class, this::upstreamKey);
    private final Kind<TokenKeyRing> tokenKeys = new Kind<>(TokenKeyRing.class, this::ring);

    Lookups(Sealer sealer) {
        this.sealer = sealer;
    }

    /** The item of an access key id: the key with its secret, or empty for a tombstone. */
    record Key(Optional<Facts.AccessKeyRecord> record) {}

    Lookup<Key> accessKey(String id) {
        return new Lookup<>(AccessKeyItem.key(id), accessKey);
    }

    Lookup<AccessKey> upstreamKey(String bucket) {
        return new Lookup<>(UpstreamKeyItem.key(bucket), upstreamKey);
    }

    /** The lookup of the principal of an access key, in the key's partition. */
    Lookup<Principal> principal(Lookup<Key> of) {
        return new Lookup<>(PrincipalItem.key(of.key()), PRINCIPAL);
    }

    Lookup<Bucket> bucket(String name) {
        return new Lookup<>(BucketItem.key(name), BUCKET);
    }

    Lookup<Acl> objectAcl(String bucket, String key) {
        return new Lookup<>(ObjectAclItem.key(bucket, key), OBJECT_ACL);
    }

    Lookup<String> domain(String host) {
        return new Lookup<>(BucketItem.domainKey(host), DOMAIN);
    }

    Lookup<String> region(String region) {
        return new Lookup<>(BucketItem.regionKey(region), REGION);
    }

    Lookup<RamUser> user(String accountId, String name) {
        return new Lookup<>(UserItem.key(accountId, name), USER);
    }

    Lookup<Role> role(String accountId, String name) {
        return new Lookup<>(RoleItem.key(accountId, name), ROLE);
    }

    Lookup<Upload> upload(String accountId, String name) {
        return new Lookup<>(UploadItem.key(accountId, name), UPLOAD);
    }

    Lookup<OidcProvider> provider(String issuer, String audience) {
        return new Lookup<>(ProviderItem.audienceKey(issuer, audience), PROVIDER);
    }

    Lookup<OidcProvider> provider(RevocationItem.Revocable.OfProvider named) {
        return new Lookup<>(ProviderItem.key(named.accountId(), named.name()), PROVIDER);
    }

    Lookup<Instant> revocation(RevocationItem.Revocable about) {
        return new Lookup<>(RevocationItem.key(about), REVOCATION);
    }

    Lookup<TokenKeyRing> tokenKeys() {
        return new Lookup<>(TokenKeyItem.KEY, tokenKeys);
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

    private AccessKey upstreamKey(Item item) throws StoreUnavailable {
        try {
            return Records.read(item, UpstreamKeyItem::read).opened(sealer);
        } catch (SealingException e) {
            throw new StoreUnavailable(e.getMessage(), e);
        }
    }

    /**
     * The lookup of one record by its key. The kind of the record depends only on the key, so the cache can hold the
     * parsed form.
     */
    record Lookup<T>(ItemKey key, Kind<T> kind) {}

    /** A kind of record. */
    record Kind<T>(Class<T> type, Reader<T> reader) {
        interface Reader<T> {
            T read(Item item) throws StoreUnavailable;
        }

        static <T> Kind<T> of(Class<T> type, Records.Reader<T> reader) {
            return new Kind<>(type, item -> Records.read(item, reader));
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

        Lookup<Principal> principal(Lookup<Lookups.Key> of) {
            return lookups.principal(of);
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
