package io.countersign.registry.kms;

import io.countersign.registry.sealing.SealingException;
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
 * Describes a failure of KMS for the operator. Its own message and cause are left out because they may contain parts
 * of the request or the answer.
 */
final class KmsFailures {
    private KmsFailures() {}

    static SealingException of(String keyId, SdkException failure) {
        return failed(
                keyId,
                switch (failure) {
                    case NotFoundException missing ->
                        "does not exist in this region and account; configure the right key and region";
                    case DisabledException disabled -> "is disabled; enable it";
                    case KmsInvalidStateException state ->
                        "cannot be used in its state; cancel its deletion or wait until it is ready";
                    case InvalidKeyUsageException usage -> "is not for encryption; configure a symmetric key";
                    case InvalidCiphertextException other -> notOurs();
                    case IncorrectKeyException other -> notOurs();
                    case KmsException service
                    when service.isThrottlingException() ->
                        "is throttled longer than the time that was allowed; raise its limits, then try again";
                    case KmsException service -> refused(service);
                    case SdkClientException client ->
                        "cannot be reached: " + client.getClass().getSimpleName()
                                + "; check network, region and credentials, then try again";
                    default -> "does not answer; try again";
                });
    }

    static SealingException malformed(String keyId) {
        return failed(keyId, "returned something other than a key of 256 bits; check the endpoint");
    }

    private static String notOurs() {
        return "did not wrap this registry's root key, or its record was changed;"
                + " configure the key that the registry was made with";
    }

    private static String refused(KmsException service) {
        String code = service.awsErrorDetails() == null
                ? ""
                : service.awsErrorDetails().errorCode();
        return switch (service.statusCode()) {
            case 400 ->
                "refused the request (" + code
                        + "); allow kms:GenerateDataKey and kms:Decrypt on it, and check the credentials";
            default -> "fails (" + service.statusCode() + " " + code + "); try again";
        };
    }

    private static SealingException failed(String keyId, String advice) {
        return new SealingException("the KMS key " + keyId + " " + advice);
    }
}
