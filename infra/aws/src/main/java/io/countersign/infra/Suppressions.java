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
                "It is the dead-letter queue: of the rules, and of rotation's failed invocations.");
    }

    static void on(StorageGate gate) {
        suppress(
                gate.api(),
                "AwsSolutions-APIG2",
                "Every request is judged whole by the authorizer; a validator knows nothing of OSS's requests.");
        suppress(
                gate.api(),
                "AwsSolutions-IAM4",
                "API Gateway's own policy for its own logs: AWS keeps it in step with what they need.");
        suppress(
                gate.api(),
                "AwsSolutions-APIG3",
                "Which web ACL fits is the team's to say; the decision does not stand on one.");
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
