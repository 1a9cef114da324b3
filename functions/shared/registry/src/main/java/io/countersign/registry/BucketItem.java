package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stored form of a bucket. Its key in the table is made from the bucket's name, so a lookup needs no account. */
public final class BucketItem {
    private static final String PARTITION_PREFIX = "bucket/";

    /** The prefix of the sort keys of bucket names in an account's partition. */
    public static final String SORT_PREFIX = "bucket/";

    /** The partition that lists the regions in use. */
    public static final String REGIONS = "regions";

    private static final String FLOOR = "signatureFloor";
    private static final String CREATED = "created";

    private static final String ALIBABA_CLOUD = ".aliyuncs.com";

    private BucketItem() {}

    public static ItemKey key(String name) {
        return new ItemKey(PARTITION_PREFIX + name, "bucket");
    }

    /** The name of the bucket that has this {@link #key}. */
    static String name(ItemKey key) {
        return key.partition().substring(PARTITION_PREFIX.length());
    }

    /** The key of the item that lists the bucket in its account's partition. */
    public static ItemKey ownedKey(String accountId, String name) {
        return new ItemKey(AccountItem.contents(accountId), SORT_PREFIX + name);
    }

    /** The key of the item that reserves a custom domain. Its payload names the bucket. */
    public static ItemKey domainKey(String domain) {
        return new ItemKey("domain/" + domain, "domain");
    }

    /**
     * The key of the item that reserves a physical bucket of a store. Its payload names the bucket. In Alibaba Cloud a
     * name has one bucket, whichever endpoint is used; elsewhere http and https are one store.
     */
    public static ItemKey physicalKey(Upstream upstream) {
        Upstream.Endpoint endpoint = upstream.endpoint();
        String store = endpoint.host().endsWith(ALIBABA_CLOUD) ? ALIBABA_CLOUD : endpoint.authority();
        return new ItemKey("upstream/" + store + "/" + upstream.bucket(), "upstream");
    }

    public static ItemKey regionKey(String region) {
        return new ItemKey(REGIONS, region);
    }

    /** The payload of an item that only names a bucket. */
    public static String reference(String bucket) {
        return JsonText.object(json -> json.put("bucket", bucket));
    }

    /** @throws InvalidDocumentException when the payload names no bucket */
    public static String readReference(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        String bucket = members.string("bucket");
        members.done();
        return bucket;
    }

    public static String text(Bucket bucket) {
        return JsonText.object(json -> {
            json.put("name", bucket.name())
                    .put("account", bucket.accountId())
                    .put("region", bucket.region())
                    .put("acl", bucket.acl().text())
                    .put("policy", bucket.policy().map(PolicyDocument::json))
                    .put("domains", bucket.domains())
                    .put("signer", bucket.signer())
                    .put("endpoint", bucket.endpoint())
                    .array(
                            "cors",
                            rules -> bucket.cors()
                                    .forEach(rule -> rules.object(members -> CorsRule.CorsText.put(members, rule))));
            bucket.upstream()
                    .ifPresent(upstream -> json.object("upstream", members -> UpstreamText.put(members, upstream)));
            bucket.created().ifPresent(at -> json.put(CREATED, at.toString()));
            bucket.signatureFloor().ifPresent(floor -> json.object(FLOOR, floor::write));
        });
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as a bucket */
    public static Bucket read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Bucket bucket = new Bucket(
                members.string("name"),
                members.string("account"),
                members.string("region"),
                ItemFields.one(members, "acl", Acl::of),
                policy(members),
                ItemFields.strings(members, "domains"),
                members.optionalString("signer"),
                members.string("endpoint"),
                cors(members),
                upstream(members),
                floor(members),
                created(members));
        members.done();
        return bucket;
    }

    /** Buckets that were written before they could have a store behind have none. */
    private static Optional<Upstream> upstream(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional("upstream");
        return value.isEmpty() ? Optional.empty() : Optional.of(UpstreamText.read(Members.of(value.get())));
    }

    /** Buckets that were written before they could have one accept every version. */
    private static Optional<SignatureFloor> floor(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional(FLOOR);
        return value.isEmpty() ? Optional.empty() : Optional.of(SignatureFloor.read(Members.of(value.get())));
    }

    /** Buckets that were written before it was recorded have none. */
    private static Optional<Instant> created(Members members) throws InvalidDocumentException {
        return members.has(CREATED) ? Optional.of(ItemFields.instant(members, CREATED)) : Optional.empty();
    }

    private static Optional<PolicyDocument> policy(Members members) throws InvalidDocumentException {
        Optional<String> text = members.optionalString("policy");
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(PolicyDocument.parse(Values.parse(text.get()), PolicyDocument.Kind.BUCKET));
    }

    private static List<CorsRule> cors(Members members) throws InvalidDocumentException {
        List<CorsRule> rules = new ArrayList<>();
        for (Value rule : members.list("cors")) {
            rules.add(CorsRule.CorsText.read(Members.of(rule)));
        }
        return rules;
    }
}
