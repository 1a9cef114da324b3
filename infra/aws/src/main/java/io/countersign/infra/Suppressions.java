package io.countersign.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.IConstruct;

/** Suppresses rules of cdk-nag's AwsSolutions that do not apply, with the reasons. */
final class Suppressions {
    private Suppressions() {}

    static void on(RotationEvents events) {
        suppress(
                events.undelivered(),
                "AwsSolutions-SQS3",
                "The queue is the dead-letter queue of the rules and of rotation's failed invocations.");
    }

    static void on(StorageGate gate) {
        suppress(
                gate.api(),
                "AwsSolutions-APIG2",
                "The authorizer verifies every request; a validator does not know OSS's requests.");
        suppress(gate.api(), "AwsSolutions-IAM4", "AWS maintains this policy for API Gateway's logs.");
        suppress(
                gate.api(),
                "AwsSolutions-APIG3",
                "The choice of a web ACL is the operator's; the decision does not depend on one.");
        suppress(
                gate.method(),
                "AwsSolutions-COG4",
                "Callers sign with OSS's signatures, which the authorizer verifies.");
    }

    private static void suppress(IConstruct on, String rule, String reason) {
        NagSuppressions.addResourceSuppressions(
                on, List.of(NagPackSuppression.builder().id(rule).reason(reason).build()), true);
    }
}
