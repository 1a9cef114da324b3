package io.countersign.signing.v1;

import java.util.Set;

/**
 * The parameters that V1 signs: the union of what the official clients sign (protocol.md 1.3; the last line but two from alibabacloud-oss-java-sdk-v2, the last two from alibabacloud-oss-go-sdk-v2), and every {@code x-oss-*}.
 * A shorter list is never tried: it would let an unsigned sub-resource through.
 */
final class SignedParameters {
    private static final Set<String> NAMES = Set.of("""
            acl uploads location cors logging website referer lifecycle delete append tagging \
            objectMeta uploadId partNumber security-token position response-cache-control \
            response-content-disposition response-content-encoding response-content-language \
            response-content-type response-expires img style styleName replication replicationProgress \
            replicationLocation cname bucketInfo comp qos live status vod startTime endTime symlink \
            stat udf udfName udfImage udfImageDesc udfApplication udfApplicationLog restore versions \
            versioning versionId encryption policy requestPayment qosInfo asyncFetch sequential vpcip \
            vip inventory inventoryId continuation-token worm wormId wormExtend callback callback-var \
            transferAcceleration metaQuery resourceGroup regionList bucketArchiveDirectRead \
            httpsConfig publicAccessBlock policyStatus redundancyTransition accessPoint \
            accessPointPolicy processConfiguration seal cloudboxes link group objectInfo qosRequester \
            requesterQosInfo resourcePool resourcePoolInfo resourcePoolBuckets \
            cleanRestoredObject overwriteConfig \
            rtc userDefinedLogFieldsConfig legalHold retention objectWorm accessPointForObjectProcess \
            accessPointConfigForObjectProcess accessPointPolicyForObjectProcess""".split(" "));

    private SignedParameters() {}

    static boolean has(String name) {
        return name.startsWith("x-oss-") || NAMES.contains(name);
    }
}
