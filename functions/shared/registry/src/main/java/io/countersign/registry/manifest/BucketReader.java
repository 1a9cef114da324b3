package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.Acl;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyReview;
import io.countersign.registry.Bucket;
import io.countersign.registry.CorsRule;
import io.countersign.registry.IdSyntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads an element of {@code buckets}. */
final class BucketReader {
    private static final int MAX_DOMAINS = 20;
    private static final int MAX_OBJECT_ACLS = 10_000;

    /**
     * A scheme, a host that may contain the placeholders, optionally a port, and optionally the bucket in path style.
     */
    private static final Pattern ENDPOINT =
            Pattern.compile("https?://(?:[a-z0-9.-]|\\{bucket}|\\{region}){1,253}(?::[0-9]{1,5})?(?:/\\{bucket})?");

    private BucketReader() {}

    static Manifest.ManifestBucket read(Members members, String accountId) throws InvalidDocumentException {
        Optional<UpstreamReader.ManifestUpstream> upstream = UpstreamReader.read(members);
        Bucket bucket = new Bucket(
                Texts.required(
                        members,
                        "name",
                        IdSyntax::isBucket,
                        "a bucket name: 3 to 63 lower-case letters, digits and hyphens, no hyphen at either end"),
                accountId,
                Texts.required(
                        members, "region", BucketReader::isRegion, "a region without prefix, such as cn-hangzhou"),
                acl(members),
                policy(members),
                Texts.list(
                        members,
                        "domains",
                        MAX_DOMAINS,
                        IdSyntax::isDomain,
                        "a host name in lower case, without a port"),
                Texts.optional(members, "signer", IdSyntax::isRamName, "the name of a user of this account"),
                Texts.optional(
                                members,
                                "endpoint",
                                endpoint -> ENDPOINT.matcher(endpoint).matches(),
                                "http or https, a host that may hold {bucket} and {region}, perhaps a port, and at most /{bucket} behind")
                        .orElse(Bucket.DEFAULT_ENDPOINT),
                CorsReader.read(members),
                upstream.map(UpstreamReader.ManifestUpstream::record),
                SignatureFloorReader.read(members));
        return new Manifest.ManifestBucket(
                members.at(),
                bucket,
                upstream.flatMap(UpstreamReader.ManifestUpstream::secret),
                review(members, bucket),
                objectAcls(members));
    }

    /** {@code oss-cn-hangzhou} and {@code cn-hangzhou-internal} are forms of host names (docs/protocol.md 3). */
    private static boolean isRegion(String region) {
        return IdSyntax.isRegion(region) && !region.startsWith("oss-") && !region.endsWith("-internal");
    }

    private static Acl acl(Members members) throws InvalidDocumentException {
        return Texts.word(
                members, "acl", Acl.PRIVATE, BucketReader::ownAcl, "private, public-read or public-read-write");
    }

    private static Optional<PolicyDocument> policy(Members members) throws InvalidDocumentException {
        return members.has("policy")
                ? Optional.of(PolicyDocument.parse(members.required("policy"), PolicyDocument.Kind.BUCKET))
                : Optional.empty();
    }

    private static PolicyReview review(Members members, Bucket bucket) throws InvalidDocumentException {
        return members.has("policy")
                ? PolicyReview.ofBucket(members.required("policy"), bucket.facts())
                : PolicyReview.NOTHING;
    }

    private static Map<String, Acl> objectAcls(Members bucket) throws InvalidDocumentException {
        Map<String, Acl> acls = new LinkedHashMap<>();
        for (Value element : Texts.elements(bucket, "objectAcls", MAX_OBJECT_ACLS)) {
            Members members = Members.of(element);
            String key =
                    Texts.required(members, "key", IdSyntax::isObjectKey, "an object key: 1 to 1,023 bytes of UTF-8");
            members.required("acl");
            Acl acl = Texts.word(
                    members,
                    "acl",
                    Acl.PRIVATE,
                    BucketReader::ownAcl,
                    "private, public-read or public-read-write; an object that is to follow its bucket has no entry");
            members.done();
            if (acls.put(key, acl) != null) {
                throw new InvalidDocumentException(members.at(), "this object is duplicated; give it one ACL");
            }
        }
        return acls;
    }

    private static Optional<Acl> ownAcl(String text) {
        return Acl.of(text).filter(acl -> acl != Acl.DEFAULT);
    }

    /** Reads {@code cors}. */
    static final class CorsReader {
        private static final int MAX_RULES = 20;
        private static final int MAX_ENTRIES = 50;
        private static final int MAX_AGE_SECONDS = 999_999_999;
        private static final Set<String> METHODS = Set.of("GET", "PUT", "DELETE", "POST", "HEAD");
        private static final Pattern ORIGIN = Pattern.compile("[!-)+-~]{0,256}\\*?[!-)+-~]{0,256}");
        private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_-]{0,128}\\*?[A-Za-z0-9_-]{0,128}");
        private static final Pattern EXPOSED = Pattern.compile("[A-Za-z0-9_-]{1,128}");

        private CorsReader() {}

        static List<CorsRule> read(Members bucket) throws InvalidDocumentException {
            List<CorsRule> rules = new ArrayList<>();
            for (Value element : Texts.elements(bucket, "cors", MAX_RULES)) {
                Members members = Members.of(element);
                rules.add(rule(members));
                members.done();
            }
            return rules;
        }

        private static CorsRule rule(Members members) throws InvalidDocumentException {
            CorsRule rule = new CorsRule(
                    list(members, "allowedOrigins", ORIGIN, "an origin with at most one *"),
                    Texts.list(
                            members,
                            "allowedMethods",
                            METHODS.size(),
                            METHODS::contains,
                            "GET, PUT, DELETE, POST or HEAD"),
                    list(members, "allowedHeaders", HEADER, "a header name with at most one *"),
                    list(members, "exposeHeaders", EXPOSED, "a header name"),
                    members.optionalInteger("maxAgeSeconds", 0, MAX_AGE_SECONDS));
            if (rule.allowedOrigins().isEmpty() || rule.allowedMethods().isEmpty()) {
                throw new InvalidDocumentException(
                        members.at(), "a CORS rule needs \"allowedOrigins\" and \"allowedMethods\"; add them");
            }
            return rule;
        }

        private static List<String> list(Members members, String name, Pattern form, String what)
                throws InvalidDocumentException {
            return Texts.list(
                    members,
                    name,
                    MAX_ENTRIES,
                    text -> !text.isEmpty() && form.matcher(text).matches(),
                    what);
        }
    }
}
