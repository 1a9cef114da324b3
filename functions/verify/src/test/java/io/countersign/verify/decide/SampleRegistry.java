package io.countersign.verify.decide;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Authority;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.CorsRule;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.Owner;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.SignatureFloor;
import io.countersign.registry.StoredKey;
import io.countersign.registry.TestRootKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.testkit.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A registry in memory: two accounts, their users, keys in every state, buckets of every ACL. */
public final class SampleRegistry {
    public static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    public static final String OWNER = "1000000000000001";
    public static final String STRANGER = "2000000000000002";

    /** The owning account's own key. */
    public static final AccessKey ROOT = key("LTAI5tRoot");
    /** A user that may do everything with objects of {@code private-bucket} below {@code team/}, list it by prefix, and no more. */
    public static final AccessKey USER = key("LTAI5tUser");
    /** The user's name in bucket policies. */
    public static final String USER_UID = "201234567890123456";
    /** Another key of that user. */
    public static final AccessKey RETIRING = key("LTAI5tRetiring");

    public static final AccessKey INACTIVE = key("LTAI5tInactive");
    public static final AccessKey DELETED = key("LTAI5tDeleted");
    public static final AccessKey UNKNOWN = key("LTAI5tUnknown");
    /** A user that may see and set access monitoring and see regions, and no more. */
    public static final AccessKey MONITOR = key("LTAI5tMonitor");
    /** A user that may process and write anywhere in the account. */
    public static final AccessKey PROCESSOR = key("LTAI5tProcessor");
    /** A user with that right only below {@code private-bucket/team/}. */
    public static final AccessKey TEAM_PROCESSOR = key("LTAI5tTeamProcessor");
    /** One that may so anywhere but below {@code readable-bucket/kept/}. */
    public static final AccessKey BARRED_PROCESSOR = key("LTAI5tBarredProcessor");
    /** Another account's own key. */
    public static final AccessKey FOREIGN = key("LTAI5tForeign");

    public static final String PRIVATE = "private-bucket";
    public static final String READABLE = "readable-bucket";
    public static final String WRITABLE = "writable-bucket";
    /** Belongs to the other account and is in Shanghai. */
    public static final String OTHERS = "others-bucket";
    /** Its policy denies deleting to everybody, lets all read below {@code open/}, the user by its UID read and write below {@code by-uid/}, and the other account write below {@code inbox/}. */
    public static final String GOVERNED = "governed-bucket";

    public static final String DOMAIN = "img.example.com";

    private static final String USER_POLICY = """
            {"Version":"1","Statement":[
             {"Effect":"Allow","Action":["oss:GetObject","oss:PutObject","oss:DeleteObject","oss:AbortMultipartUpload"],
              "Resource":["acs:oss:*:*:private-bucket/team/*","acs:oss:*:*:private-bucket/a?acl"]},
             {"Effect":"Allow","Action":"oss:ListObjects","Resource":"acs:oss:*:*:private-bucket",
              "Condition":{"StringLike":{"oss:Prefix":"team/*"}}},
             {"Effect":"Deny","Action":"oss:GetObject","Resource":"acs:oss:*:*:private-bucket/team/secret/*"}]}""";
    private static final String MONITOR_POLICY = """
            {"Version":"1","Statement":[{"Effect":"Allow","Resource":"*",
             "Action":["oss:GetBucketAccessMonitor","oss:PutBucketAccessMonitor","oss:DescribeRegions"]}]}""";
    private static final String PROCESSOR_POLICY = """
            {"Version":"1","Statement":[{"Effect":"Allow","Resource":"%s",
             "Action":["oss:PostProcessTask","oss:GetObject","oss:PutObject"]}%s]}""";
    private static final String BARRED = """
            ,{"Effect":"Deny","Action":"oss:PutObject","Resource":"acs:oss:*:*:readable-bucket/kept/*"}""";
    private static final String BUCKET_POLICY = """
            {"Version":"1","Statement":[
             {"Effect":"Deny","Principal":["*"],"Action":["oss:DeleteObject"],"Resource":["acs:oss:*:1000000000000001:governed-bucket/*"],
              "Condition":{"StringLike":{"acs:UserAgent":"*"}}},
             {"Effect":"Allow","Principal":["*"],"Action":["oss:GetObject"],"Resource":["acs:oss:*:1000000000000001:governed-bucket/open/*"],
              "Condition":{"IpAddress":{"acs:SourceIp":"203.0.113.0/24"}}},
             {"Effect":"Allow","Principal":["201234567890123456"],"Action":["oss:PutObject","oss:GetObject"],"Resource":["acs:oss:*:1000000000000001:governed-bucket/by-uid/*"]},
             {"Effect":"Deny","Principal":["201234567890123456"],"Action":["oss:GetObject"],"Resource":["acs:oss:*:1000000000000001:governed-bucket/by-uid/closed/*"]},
             {"Effect":"Allow","Principal":["2000000000000002"],"Action":["oss:PutObject"],"Resource":["acs:oss:*:1000000000000001:governed-bucket/inbox/*"]}]}""";

    public final MemoryStore store = new MemoryStore();
    public final Sealer sealer = new Sealer(TestRootKey.ONE, Seeds.secure());

    public SampleRegistry() {
        AccountItem.Account owner = new AccountItem.Account(OWNER, List.of(ROOT.id()));
        account(owner, ROOT);
        account(new AccountItem.Account(STRANGER, List.of(FOREIGN.id())), FOREIGN);
        RamUser user = new RamUser(
                OWNER,
                "app",
                Optional.of(USER_UID),
                List.of(policy(USER_POLICY, PolicyDocument.Kind.IDENTITY)),
                RamUser.RotationRule.DEFAULT,
                Authority.REGISTRY,
                List.of(USER.id(), RETIRING.id()));
        user(user, USER, KeyStatus.ACTIVE);
        user(user, RETIRING, KeyStatus.RETIRING);
        user(user, INACTIVE, KeyStatus.INACTIVE);
        user(user, DELETED, KeyStatus.DELETED);
        user("monitor", MONITOR_POLICY, MONITOR);
        user("processor", PROCESSOR_POLICY.formatted("*", ""), PROCESSOR);
        user("team-processor", PROCESSOR_POLICY.formatted("acs:oss:*:*:private-bucket/team/*", ""), TEAM_PROCESSOR);
        user("barred-processor", PROCESSOR_POLICY.formatted("acs:oss:*:*:*", BARRED), BARRED_PROCESSOR);
        bucket(PRIVATE, OWNER, "cn-hangzhou", Acl.PRIVATE, Optional.empty());
        bucket(READABLE, OWNER, "cn-hangzhou", Acl.PUBLIC_READ, Optional.empty());
        bucket(WRITABLE, OWNER, "cn-hangzhou", Acl.PUBLIC_READ_WRITE, Optional.empty());
        bucket(OTHERS, STRANGER, "cn-shanghai", Acl.PUBLIC_READ, Optional.empty());
        bucket(
                GOVERNED,
                OWNER,
                "cn-hangzhou",
                Acl.PRIVATE,
                Optional.of(policy(BUCKET_POLICY, PolicyDocument.Kind.BUCKET)));
        put(BucketItem.domainKey(DOMAIN), BucketItem.reference(READABLE));
        objectAcl(READABLE, "hidden.txt", Acl.PRIVATE);
        objectAcl(OTHERS, "hidden.txt", Acl.PRIVATE);
        objectAcl(PRIVATE, "shown.txt", Acl.PUBLIC_READ);
        objectAcl(READABLE, "inherits.txt", Acl.DEFAULT);
    }

    /** Reads nothing twice. */
    public KeyRegistry reader() {
        return new KeyRegistry(store, sealer, CacheSettings.Bounds.DEFAULT);
    }

    private static AccessKey key(String id) {
        return new AccessKey(id, Secret.of("secret-of-" + id));
    }

    private void account(AccountItem.Account account, AccessKey key) {
        accessKey(new Owner.OfAccount(account.id()), key, KeyStatus.ACTIVE);
        put(PrincipalItem.key(key.id()), PrincipalItem.text(account));
    }

    private void user(String name, String policy, AccessKey key) {
        List<PolicyDocument> policies = List.of(policy(policy, PolicyDocument.Kind.IDENTITY));
        RamUser user =
                new RamUser(OWNER, name, policies, RamUser.RotationRule.DEFAULT, Authority.REGISTRY, List.of(key.id()));
        user(user, key, KeyStatus.ACTIVE);
    }

    private void user(RamUser user, AccessKey key, KeyStatus status) {
        accessKey(new Owner.OfUser(user.accountId(), user.name()), key, status);
        put(PrincipalItem.key(key.id()), PrincipalItem.text(user));
    }

    private void accessKey(Owner owner, AccessKey key, KeyStatus status) {
        try {
            StoredKey stored = new StoredKey(
                    key.id(),
                    owner,
                    status,
                    StoredKey.KeyOrigin.IMPORTED,
                    Optional.of(sealer.seal(key.secret(), StoredKey.sealIdentity(key.id()))),
                    NOW,
                    NOW,
                    true);
            put(
                    AccessKeyItem.key(key.id()),
                    AccessKeyItem.text(status == KeyStatus.DELETED ? stored.tombstone(NOW) : stored));
        } catch (SealingException e) {
            throw new AssertionError(e);
        }
    }

    private void bucket(String name, String owner, String region, Acl acl, Optional<PolicyDocument> policy) {
        List<CorsRule> cors = name.equals(READABLE)
                ? List.of(new CorsRule(
                        List.of("https://*.example.com"),
                        List.of("GET", "PUT"),
                        List.of("x-oss-*", "Content-Type"),
                        List.of("ETag"),
                        OptionalLong.of(600)))
                : List.of();
        Bucket bucket = new Bucket(
                name,
                owner,
                region,
                acl,
                policy,
                List.of(),
                Optional.empty(),
                Bucket.DEFAULT_ENDPOINT,
                cors,
                Optional.empty(),
                Optional.empty());
        put(BucketItem.key(name), BucketItem.text(bucket));
        put(BucketItem.regionKey(region), BucketItem.reference(name));
    }

    /** A public bucket of the owner that accepts no older signatures. */
    public String floored(String name, SignatureFloor floor) {
        Bucket bucket = new Bucket(
                name,
                OWNER,
                "cn-hangzhou",
                Acl.PUBLIC_READ,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Bucket.DEFAULT_ENDPOINT,
                List.of(),
                Optional.empty(),
                Optional.of(floor));
        put(BucketItem.key(name), BucketItem.text(bucket));
        return name;
    }

    /** A private bucket of the owner with these statements as its policy. */
    public String governed(String name, String... statements) {
        String document = "{\"Version\":\"1\",\"Statement\":[" + String.join(",", statements) + "]}";
        bucket(name, OWNER, "cn-hangzhou", Acl.PRIVATE, Optional.of(policy(document, PolicyDocument.Kind.BUCKET)));
        return name;
    }

    public void objectAcl(String bucket, String object, Acl acl) {
        put(ObjectAclItem.key(bucket, object), ObjectAclItem.text(acl, true));
    }

    public void put(ItemKey key, String payload) {
        try {
            store.write(Transaction.of(Write.put(key, payload, new Condition.Anything())), NOW);
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static PolicyDocument policy(String json, PolicyDocument.Kind kind) {
        try {
            return PolicyDocument.parse(Values.parse(json), kind);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }
}
