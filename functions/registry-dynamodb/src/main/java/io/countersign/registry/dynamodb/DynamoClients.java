package io.countersign.registry.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Makes the client of a table: one for a process. Credentials come from where the AWS SDK looks for them. */
public final class DynamoClients {
    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

    private DynamoClients() {}

    /**
     * A client whose attempts fit into the budget: one that hangs is given up early enough for another.
     *
     * @param region the table's
     * @param endpoint another than the region's own: DynamoDB Local, or a private one
     */
    public static DynamoDbClient of(String region, Optional<URI> endpoint, DynamoSettings settings) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(Region.of(region))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(attempt(settings))
                        .socketTimeout(attempt(settings)))
                .overrideConfiguration(configuration -> configuration
                        .apiCallAttemptTimeout(attempt(settings))
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(ATTEMPTS)
                                .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
                                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
                                .build()));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static Duration attempt(DynamoSettings settings) {
        return settings.budget().dividedBy(3);
    }
}
