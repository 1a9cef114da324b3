package io.countersign.registry.dynamodb;

import io.countersign.registry.store.StoreUnavailable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Describes a failure of DynamoDB for the operator. DynamoDB's own message is left out because it may contain parts of
 * the request.
 */
final class Failures {
    private static final String TOO_LATE =
            "the registry's table did not answer in the time that was allowed; try again";

    private Failures() {}

    static StoreUnavailable of(String table, SdkException failure) {
        String advice =
                switch (failure) {
                    case ResourceNotFoundException missing ->
                        "does not exist in this region and account; make it, or configure the right name and region";
                    case DynamoDbException service when service.isThrottlingException() -> throttled();
                    case DynamoDbException service -> refused(service);
                    case SdkClientException client ->
                        "cannot be reached: " + client.getClass().getSimpleName()
                                + "; check network, region and credentials, then try again";
                    default -> "does not answer; try again";
                };
        return new StoreUnavailable("the table " + table + " " + advice, failure);
    }

    static StoreUnavailable throttled(String table) {
        return new StoreUnavailable("the table " + table + " " + throttled());
    }

    /** DynamoDB rejected the items of a transaction, for example because they are too large together. */
    static StoreUnavailable refused(String table, String code) {
        return new StoreUnavailable("the table " + table + " refused a transaction: " + code);
    }

    static StoreUnavailable tooLate() {
        return new StoreUnavailable(TOO_LATE);
    }

    static StoreUnavailable tooLate(RuntimeException cause) {
        return new StoreUnavailable(TOO_LATE, cause);
    }

    /** The request was not sent. */
    static StoreUnavailable silent(String table) {
        return new StoreUnavailable(
                "the table " + table
                        + " did not answer the last calls, and is tried again in a second; check network, region and credentials");
    }

    private static String throttled() {
        return "is throttled longer than the time that was allowed; raise its limits, then try again";
    }

    private static String refused(DynamoDbException service) {
        String code = service.awsErrorDetails() == null
                ? ""
                : service.awsErrorDetails().errorCode();
        return switch (service.statusCode()) {
            case 400 ->
                "refused the request (" + code + "); check that the function's role allows it, and its credentials";
            default -> "fails (" + service.statusCode() + " " + code + "); try again";
        };
    }
}
