package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Authority;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.Owner;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.RoleItem;
import io.countersign.registry.RoleLimits;
import io.countersign.registry.SignatureFloor;
import io.countersign.registry.StoredKey;
import io.countersign.registry.TestRootKey;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadItem;
import io.countersign.registry.Upstream;
import io.countersign.registry.UserItem;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A registry in memory that a test fills record by record. It remembers nothing between two reads. */
public final class TestRegistry {
    public static final String ACCOUNT = "1234567890123456";
    public static final String OTHER_ACCOUNT = "6543210987654321";
    public static final String ROLE = "mobile-app";
    public static final String PROVIDER_ARN = "acs:ram::" + ACCOUNT + ":oidc-provider/demo";
    public static final String TRUST =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                    + "\"Principal\":{\"Federated\":[\"" + PROVIDER_ARN + "\"]},"
                    + "\"Condition\":{\"StringEquals\":{\"oidc:iss\":\"" + TestToken.ISSUER + "\",\"oidc:aud\":\""
                    + TestToken.AUDIENCE + "\"}}}]}";

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final Sealer sealer = new Sealer(TestRootKey.ONE, Seeds.secure());
    private RoleLimits limits = RoleLimits.NONE;
    private RoleFaces faces = RoleFaces.ALL;

    public TestRegistry() {
        tokenKeys(tokenKey("tk-test", KeyStatus.ACTIVE, MADE, Optional.empty()));
    }

    /** Everything that a good token needs: the provider with the test keys, and a role of these policies. */
    public static TestRegistry with(String... policies) {
        return new TestRegistry().provider(provider(Optional.of(ROLE))).role(ACCOUNT, ROLE, TRUST, policies);
    }

    /** As {@link #with}, with limits of the role. */
    public static TestRegistry limited(RoleLimits limits, String... policies) {
        TestRegistry registry = new TestRegistry();
        registry.limits = limits;
        return registry.provider(provider(Optional.of(ROLE))).role(ACCOUNT, ROLE, TRUST, policies);
    }

    public static OidcProvider provider(Optional<String> defaultRole) {
        return provider("demo", List.of(TestToken.AUDIENCE), defaultRole, new OidcProvider.JwksSource.Inline(jwks()));
    }

    public static OidcProvider provider(
            String name, List<String> clientIds, Optional<String> defaultRole, OidcProvider.JwksSource jwks) {
        return new OidcProvider(ACCOUNT, name, TestToken.ISSUER, clientIds, jwks, defaultRole, false);
    }

    public static String jwks() {
        return TestJwks.set(
                TestJwks.jwk(TestKeys.RSA.getPublic(), "rsa"),
                TestJwks.jwk(TestKeys.EC.getPublic(), "ec"),
                TestJwks.jwk(TestKeys.ED25519.getPublic(), "ed"));
    }

    /** A policy of one statement. */
    public static String policy(String effect, String action, String resource) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}]}";
    }

    public TestRegistry provider(OidcProvider provider) {
        put(ProviderItem.key(provider.accountId(), provider.name()), ProviderItem.text(provider));
        for (String clientId : provider.clientIds()) {
            put(ProviderItem.audienceKey(provider.issuer(), clientId), ProviderItem.text(provider));
        }
        return this;
    }

    /** The roles that are put from now on list these faces. */
    public TestRegistry facing(RoleFaces.Face... listed) {
        faces = new RoleFaces(Optional.of(new HashSet<>(List.of(listed))));
        return this;
    }

    public TestRegistry role(String account, String name, String trust, String... policies) {
        return roleWithId(account, name, "role-id-of-" + name, trust, policies);
    }

    public TestRegistry roleWithId(String account, String name, String roleId, String trust, String... policies) {
        try {
            List<PolicyDocument> documents = new ArrayList<>();
            for (String policy : policies) {
                documents.add(PolicyDocument.parse(Values.parse(policy), PolicyDocument.Kind.ROLE));
            }
            Role role = new Role(
                    account,
                    name,
                    roleId,
                    Duration.ofHours(1),
                    TrustPolicy.parse(Values.parse(trust)),
                    documents,
                    Authority.REGISTRY,
                    Optional.empty(),
                    Role.SessionNaming.SUBJECT,
                    limits,
                    faces);
            put(RoleItem.key(account, name), RoleItem.text(role));
            return this;
        } catch (InvalidDocumentException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A private bucket of the account in cn-hangzhou, signed for by its user {@code app-signer}. */
    public TestRegistry bucket(String name) {
        return bucket(bucket(name, ACCOUNT, Bucket.DEFAULT_ENDPOINT, List.of(), Optional.empty()));
    }

    public static Bucket bucket(
            String name, String account, String endpoint, List<String> domains, Optional<String> policy) {
        return new Bucket(
                name,
                account,
                "cn-hangzhou",
                Acl.PRIVATE,
                policy.map(TestRegistry::bucketPolicy),
                domains,
                Optional.of("app-signer"),
                endpoint,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** As {@link #bucket(String)}, for V4 signatures only from a moment on. */
    public TestRegistry flooredBucket(String name, Instant from) {
        Bucket plain = bucket(name, ACCOUNT, Bucket.DEFAULT_ENDPOINT, List.of(), Optional.empty());
        return bucket(
                with(plain, plain.upstream(), Optional.of(new SignatureFloor(SignatureVersion.V4, Optional.of(from)))));
    }

    /** As {@link #bucket(String)}, with a store behind it. */
    public TestRegistry backedBucket(String name, Upstream.Protocol protocol, boolean flatNamespace) {
        Bucket plain = bucket(name, ACCOUNT, Bucket.DEFAULT_ENDPOINT, List.of(), Optional.empty());
        return bucket(backed(plain, protocol, flatNamespace));
    }

    /** The bucket with a store behind it. */
    public static Bucket backed(Bucket plain, Upstream.Protocol protocol, boolean flatNamespace) {
        Upstream upstream = new Upstream(
                protocol,
                new Upstream.Endpoint(true, "store.example.com", 443),
                "us-east-1",
                "physical",
                true,
                flatNamespace,
                new Upstream.Signer.User("app-signer"));
        return with(plain, Optional.of(upstream), plain.signatureFloor());
    }

    private static Bucket with(Bucket plain, Optional<Upstream> upstream, Optional<SignatureFloor> floor) {
        return new Bucket(
                plain.name(),
                plain.accountId(),
                plain.region(),
                plain.acl(),
                plain.policy(),
                plain.domains(),
                plain.signer(),
                plain.endpoint(),
                plain.cors(),
                upstream,
                floor);
    }

    public TestRegistry bucket(Bucket bucket) {
        put(BucketItem.key(bucket.name()), BucketItem.text(bucket));
        return this;
    }

    public TestRegistry upload(Upload upload) {
        put(UploadItem.key(upload.accountId(), upload.name()), UploadItem.text(upload));
        return this;
    }

    /** The user {@code app-signer} of the account, with one key. */
    public TestRegistry signer(String keyId, String secret, KeyStatus status) {
        return signer(keyId, secret, status, new String[0]);
    }

    /** @param policies what the user may do by itself */
    public TestRegistry signer(String keyId, String secret, KeyStatus status, String... policies) {
        try {
            List<PolicyDocument> documents = new ArrayList<>();
            for (String policy : policies) {
                documents.add(PolicyDocument.parse(Values.parse(policy), PolicyDocument.Kind.IDENTITY));
            }
            RamUser user = new RamUser(
                    ACCOUNT, "app-signer", documents, RamUser.RotationRule.DEFAULT, Authority.REGISTRY, List.of(keyId));
            put(UserItem.key(ACCOUNT, "app-signer"), UserItem.text(user));
            put(PrincipalItem.key(keyId), PrincipalItem.text(user));
            return accessKey(keyId, secret, status);
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Only a key of {@code app-signer}. */
    public TestRegistry accessKey(String keyId, String secret, KeyStatus status) {
        try {
            StoredKey key = new StoredKey(
                    keyId,
                    new Owner.OfUser(ACCOUNT, "app-signer"),
                    status,
                    StoredKey.KeyOrigin.IMPORTED,
                    Optional.of(sealer.seal(Secret.of(secret), StoredKey.sealIdentity(keyId))),
                    MADE,
                    MADE,
                    true);
            put(AccessKeyItem.key(keyId), AccessKeyItem.text(status == KeyStatus.DELETED ? key.tombstone(MADE) : key));
            return this;
        } catch (SealingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** These token keys and no others. */
    public TestRegistry tokenKeys(TokenKeyItem.StoredTokenKey... keys) {
        put(TokenKeyItem.KEY, TokenKeyItem.text(List.of(keys)));
        return this;
    }

    /** The key is drawn from its id. */
    public TokenKeyItem.StoredTokenKey tokenKey(
            String id, KeyStatus status, Instant sealsFrom, Optional<Instant> opensUntil) {
        try {
            byte[] bytes = Arrays.copyOf(id.getBytes(StandardCharsets.UTF_8), 32);
            Secret secret = Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            String sealed = sealer.seal(secret, TokenKeyItem.StoredTokenKey.sealIdentity(id));
            return new TokenKeyItem.StoredTokenKey(id, status, sealed, sealsFrom, sealsFrom, opensUntil);
        } catch (SealingException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestRegistry without(ItemKey key) {
        try {
            store.write(Transaction.of(Write.delete(key, Condition.anything())), MADE);
            return this;
        } catch (StoreUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    public MemoryStore store() {
        return store;
    }

    public KeyRegistry registry() {
        return registry(new CacheSettings.Bounds(Duration.ZERO, Duration.ZERO, 100));
    }

    public KeyRegistry registry(CacheSettings.Bounds bounds) {
        return new KeyRegistry(store, sealer, bounds);
    }

    private void put(ItemKey key, String payload) {
        try {
            store.write(Transaction.of(Write.put(key, payload, Condition.anything())), MADE);
        } catch (StoreUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    private static PolicyDocument bucketPolicy(String json) {
        try {
            return PolicyDocument.parse(Values.parse(json), PolicyDocument.Kind.BUCKET);
        } catch (InvalidDocumentException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
