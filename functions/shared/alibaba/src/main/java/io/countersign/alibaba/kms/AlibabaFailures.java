package io.countersign.alibaba.kms;

import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.wrapping.KmsFailure;

/** Describes the errors of Alibaba Cloud's KMS for the operator (docs/protocol.md 14). Of an error only its code is used. */
final class AlibabaFailures {
    private AlibabaFailures() {}

    static SealingException generating(String keyId, String code) {
        return switch (code) {
            case "Forbidden.KeyNotFound" -> KmsFailure.MISSING.of(keyId);
            case "Rejected.Disabled" -> KmsFailure.DISABLED.of(keyId);
            case "Rejected.PendingDeletion", "Rejected.PendingImport", "Rejected.Unavailable" ->
                KmsFailure.STATE.of(keyId);
            case "UnsupportedOperation", "Rejected.UnsupportedOperation" -> KmsFailure.USAGE.of(keyId);
            case String other -> KmsFailure.refused(keyId, other);
        };
    }

    /** The parameters of Decrypt are the stored text and its context, so an invalid one means that another key or version wrapped it. */
    static SealingException unwrapping(String keyId, String code) {
        return switch (code) {
            case "InvalidParameter" -> KmsFailure.NOT_OURS.of(keyId);
            case String other -> generating(keyId, other);
        };
    }

    static SealingException silent(String keyId) {
        return KmsFailure.of(
                keyId,
                "is not reached: KMS does not answer in the time that was allowed;"
                        + " check the endpoint and the network, then try again");
    }
}
