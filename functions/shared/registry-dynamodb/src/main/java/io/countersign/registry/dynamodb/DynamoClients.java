package io.countersign.registry.dynamodb;

import io.countersign.registry.aws.AwsClients;
import io.countersign.registry.aws.AwsHost;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Makes the client of a table: one for a process. */
public final class DynamoClients {
    private DynamoClients() {}

    /**
     * A client whose attempts fit into the budget.
     *
     * @param region the table's
     * @param endpoint another than the region's own: DynamoDB Local, or a private one
     */
    public static DynamoDbClient of(String region, Optional<URI> endpoint, DynamoSettings settings, AwsHost host) {
        return AwsClients.<DynamoDbClient, DynamoDbClientBuilder>of(
                DynamoDbClient.builder(), region, endpoint, settings.budget(), host);
    }
}
