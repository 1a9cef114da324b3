package io.countersign.registry.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** Makes clients whose calls end within a budget. */
public final class AwsClients {
    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

    private AwsClients() {}

    /**
     * A client whose attempts fit into the budget: one that hangs is given up early enough for another.
     *
     * @param endpoint another than the region's own: a stand-in, or a private one
     * @param budget what one call may take, with all its attempts
     * @param host where this process runs
     */
    public static <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C of(
            B builder, String region, Optional<URI> endpoint, Duration budget, AwsHost host) {
        Duration attempt = budget.dividedBy(3);
        BackoffStrategy pauses = BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE);
        endpoint.ifPresent(builder::endpointOverride);
        return host.prepare(builder.region(Region.of(region)))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(attempt)
                        .socketTimeout(attempt))
                .overrideConfiguration(configuration -> host.prepare(configuration)
                        .apiCallTimeout(budget)
                        .apiCallAttemptTimeout(attempt)
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(ATTEMPTS)
                                .backoffStrategy(pauses)
                                .throttlingBackoffStrategy(pauses)
                                .build()))
                .build();
    }
}
