package io.countersign.registry.kms;

import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.wrapping.KmsFailure;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/**
 * Describes a failure of AWS KMS for the operator. Its own message and cause are left out because they may contain parts
 * of the request or the answer.
 */
final class AwsFailures {
    private AwsFailures() {}

    static SealingException of(String keyId, SdkException failure) {
        return switch (failure) {
            case NotFoundException missing -> KmsFailure.MISSING.of(keyId);
            case DisabledException disabled -> KmsFailure.DISABLED.of(keyId);
            case KmsInvalidStateException state -> KmsFailure.STATE.of(keyId);
            case InvalidKeyUsageException usage -> KmsFailure.USAGE.of(keyId);
            case InvalidCiphertextException other -> KmsFailure.NOT_OURS.of(keyId);
            case IncorrectKeyException other -> KmsFailure.NOT_OURS.of(keyId);
            case KmsException service when service.isThrottlingException() -> KmsFailure.THROTTLED.of(keyId);
            case KmsException service -> refused(keyId, service);
            case SdkClientException client ->
                KmsFailure.of(
                        keyId,
                        "cannot be reached: " + client.getClass().getSimpleName()
                                + "; check network, region and credentials, then try again");
            default -> KmsFailure.SILENT.of(keyId);
        };
    }

    private static SealingException refused(String keyId, KmsException service) {
        String code = service.awsErrorDetails() == null
                ? ""
                : service.awsErrorDetails().errorCode();
        return service.statusCode() == 400
                ? KmsFailure.refused(keyId, code)
                : KmsFailure.of(keyId, "fails (" + service.statusCode() + " " + code + "); try again");
    }
}
