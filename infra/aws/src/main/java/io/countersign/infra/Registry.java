package io.countersign.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/** The key registry: its table, the key that encrypts the table at rest, and the key that wraps the registry's root key. All three are retained when the stack is deleted. */
final class Registry extends Construct {
    /** The encryption context under which WrappedRootKey wraps the versions of the root key. */
    private static final Map<String, Object> PURPOSE =
            Map.of("StringEquals", Map.of("kms:EncryptionContext:purpose", "countersign registry root key"));

    private final Key rootKey;
    private final Table table;

    Registry(Construct scope, String id) {
        super(scope, id);
        rootKey = key("RootKey", "Wraps the root key that seals every secret of Countersign's registry");
        Key tableKey = key("TableKey", "Encrypts Countersign's table at rest");
        table = Table.Builder.create(this, "Table")
                .partitionKey(attribute("p"))
                .sortKey(attribute("s"))
                .timeToLiveAttribute("t")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(true)
                .encryption(TableEncryption.CUSTOMER_MANAGED)
                .encryptionKey(tableKey)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    Table table() {
        return table;
    }

    Key rootKey() {
        return rootKey;
    }

    /** Grants each use by one statement, and the unwrapping of the root key. */
    void grant(IGrantable function, List<FunctionSpec.TableUse> uses) {
        for (FunctionSpec.TableUse use : uses) {
            PolicyStatement.Builder statement =
                    PolicyStatement.Builder.create().actions(use.actions()).resources(List.of(table.getTableArn()));
            if (!use.partitions().isEmpty()) {
                statement.conditions(
                        Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", use.partitions())));
            }
            function.getGrantPrincipal().addToPrincipalPolicy(statement.build());
        }
        // DynamoDB itself uses the table's key for every principal that may use the table.
        function.getGrantPrincipal()
                .addToPrincipalPolicy(PolicyStatement.Builder.create()
                        .actions(List.of("kms:Decrypt"))
                        .resources(List.of(rootKey.getKeyArn()))
                        .conditions(PURPOSE)
                        .build());
    }

    private Key key(String id, String description) {
        return Key.Builder.create(this, id)
                .description(description)
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    private static Attribute attribute(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
