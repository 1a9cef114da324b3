package io.countersign.infra;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** A natively compiled function with its own role, which allows writing its log and the uses of the registry that its spec names, and nothing else. */
final class CountersignFunction extends Construct {
    private static final int MEMORY_MIB = 512;

    private final Function function;
    private final Role role;

    CountersignFunction(Construct scope, FunctionSpec spec, DeploymentSettings settings, Registry registry) {
        super(scope, spec.name());
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .retention(RetentionDays.THREE_MONTHS)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description("Permissions of Countersign's function " + spec.name())
                .build();
        log.grantWrite(role);
        registry.grant(role, spec.uses());
        function = Function.Builder.create(this, "Function")
                .runtime(Runtime.PROVIDED_AL2023)
                .architecture(settings.architecture())
                .handler("bootstrap")
                .code(Code.fromAsset(settings.zip(spec.module())))
                .role(role.withoutPolicyUpdates())
                .environment(environment(spec, registry))
                .memorySize(MEMORY_MIB)
                .timeout(spec.timeout())
                .reservedConcurrentExecutions(spec.concurrency())
                .logGroup(log)
                .loggingFormat(LoggingFormat.JSON)
                .build();
    }

    Function function() {
        return function;
    }

    void allow(PolicyStatement statement) {
        role.addToPolicy(statement);
    }

    private static Map<String, String> environment(FunctionSpec spec, Registry registry) {
        Map<String, String> environment = new HashMap<>(spec.environment());
        environment.put("COUNTERSIGN_STORE", "dynamodb");
        environment.put("COUNTERSIGN_DYNAMODB_TABLE", registry.table().getTableName());
        environment.put("COUNTERSIGN_KMS_KEY_ID", registry.rootKey().getKeyArn());
        environment.put("QUARKUS_FUNQY_EXPORT", spec.export());
        return environment;
    }
}
