package io.countersign.upstream.s3;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;

/**
 * Storage classes of OSS and S3 (help.aliyun.com, "Storage classes"; docs.aws.amazon.com, "Understanding and managing
 * Amazon S3 storage classes").
 */
final class StorageClasses {
    private StorageClasses() {}

    /**
     * @throws OssRefusal NotImplemented for a class whose objects must be restored before they can be read, because
     *     RestoreObject is not offered; InvalidArgument for one that OSS does not have
     */
    static String ofStore(String oss) throws OssRefusal {
        return switch (oss) {
            case "Standard" -> "STANDARD";
            case "IA" -> "STANDARD_IA";
            case "Archive", "ColdArchive", "DeepColdArchive" ->
                throw new OssRefusal(
                        OssError.NOT_IMPLEMENTED,
                        "The storage class is not offered in front of a store that speaks S3, because its objects could not be restored; choose Standard or IA.");
            default ->
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT, "The storage class is not one of OSS's; choose Standard or IA.");
        };
    }

    /** The nearest class of OSS. A class that only this store has is Standard, as is the absence of one. */
    static String ofClient(String s3) {
        return switch (s3) {
            case "STANDARD_IA", "ONEZONE_IA", "GLACIER_IR" -> "IA";
            case "GLACIER" -> "Archive";
            case "DEEP_ARCHIVE" -> "DeepColdArchive";
            default -> "Standard";
        };
    }
}
