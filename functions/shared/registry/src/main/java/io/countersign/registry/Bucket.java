package io.countersign.registry;

import io.countersign.oss.Acl;
import io.countersign.oss.RegionId;
import io.countersign.policy.BucketFacts;
import io.countersign.policy.PolicyDocument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A bucket. Its name has one owner in the whole registry.
 *
 * @param accountId the owner
 * @param region without a prefix: {@code cn-hangzhou}
 * @param acl never {@link Acl#DEFAULT}
 * @param domains custom domains in lower case; each belongs to one bucket in the whole registry
 * @param signer the user of the same account whose access key signs for this bucket
 * @param endpoint a template over {@code {bucket}} and {@code {region}}
 * @param upstream the store behind; empty where whoever asks for a decision keeps the objects
 * @param signatureFloor the oldest version of signatures that is accepted; empty: any
 * @param created when the registry got it; empty where that was not recorded
 */
public record Bucket(
        String name,
        String accountId,
        String region,
        Acl acl,
        Optional<PolicyDocument> policy,
        List<String> domains,
        Optional<String> signer,
        String endpoint,
        List<CorsRule> cors,
        Optional<Upstream> upstream,
        Optional<SignatureFloor> signatureFloor,
        Optional<Instant> created) {
    public static final String DEFAULT_ENDPOINT = "https://{bucket}.oss-{region}.aliyuncs.com";

    public Bucket {
        domains = List.copyOf(domains);
        cors = List.copyOf(cors);
    }

    /** A bucket whose age nobody knows. */
    public Bucket(
            String name,
            String accountId,
            String region,
            Acl acl,
            Optional<PolicyDocument> policy,
            List<String> domains,
            Optional<String> signer,
            String endpoint,
            List<CorsRule> cors,
            Optional<Upstream> upstream,
            Optional<SignatureFloor> signatureFloor) {
        this(
                name,
                accountId,
                region,
                acl,
                policy,
                domains,
                signer,
                endpoint,
                cors,
                upstream,
                signatureFloor,
                Optional.empty());
    }

    /** Returns this bucket with another ACL. */
    public Bucket with(Acl other) {
        return new Bucket(
                name,
                accountId,
                region,
                other,
                policy,
                domains,
                signer,
                endpoint,
                cors,
                upstream,
                signatureFloor,
                created);
    }

    /** Returns this bucket with the moment at which the registry got it. */
    public Bucket created(Optional<Instant> at) {
        return new Bucket(
                name, accountId, region, acl, policy, domains, signer, endpoint, cors, upstream, signatureFloor, at);
    }

    /** Returns this bucket with another signer. */
    public Bucket signedBy(String user) {
        return new Bucket(
                name,
                accountId,
                region,
                acl,
                policy,
                domains,
                Optional.of(user),
                endpoint,
                cors,
                upstream,
                signatureFloor,
                created);
    }

    /** The endpoint with its region filled in. The placeholder {@code {bucket}} remains. */
    public String endpointInRegion() {
        return RegionId.fill(endpoint, region);
    }

    /** The host of the endpoint, with its port and without the bucket: what an SDK takes as its endpoint. */
    public String endpointHost() {
        String host = endpointInRegion().replaceFirst("^https?://", "").replaceFirst("/\\{bucket}$", "");
        return host.replaceFirst("^\\{bucket}\\.", "").replace("{bucket}", name);
    }

    /** The facts that a decision about this bucket uses. */
    public BucketFacts facts() {
        return new BucketFacts(name, region, accountId, acl, policy);
    }
}
