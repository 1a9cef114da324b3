package io.countersign.registry.aws;

import io.countersign.http.LoopbackHost;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** The settings that all clients of AWS have. */
public final class AwsProperties {
    /** The region of all clients. */
    public static final Setting REGION = Setting.optional(
            "countersign.aws.region", "none", "The region of the table and of the KMS key, such as eu-central-1.");

    private static final Setting API_CALL_TIMEOUT = Setting.of(
                    "countersign.aws.api-call-timeout",
                    "PT3S",
                    "The longest time for one call of the database, of the table or of a KMS with all its attempts, and for a request from its arrival with its waits for a worker and for the registry (PT0.1S to PT1M).")
            .formerly("countersign.aws.budget");

    /** The settings of this class. */
    public static final List<Setting> SETTINGS = List.of(REGION, API_CALL_TIMEOUT);

    private static final Duration LEAST_BUDGET = Duration.ofMillis(100);
    private static final Duration MOST_BUDGET = Duration.ofMinutes(1);

    private AwsProperties() {}

    /** @throws PropertyValues.InvalidSettingException when no region is set, or it is malformed */
    public static String region(PropertyValues values) throws PropertyValues.InvalidSettingException {
        String region = values.string(REGION);
        if (!region.matches("[a-z0-9-]{1,64}")) {
            throw refused(REGION, "expected a region, as eu-central-1");
        }
        return region;
    }

    /** @throws PropertyValues.InvalidSettingException when it is malformed or out of its bounds */
    public static Duration budget(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return values.duration(API_CALL_TIMEOUT, LEAST_BUDGET, MOST_BUDGET);
    }

    /**
     * An endpoint that replaces the region's own. Over http anyone on the network path could read the root key or
     * change a record.
     *
     * @throws PropertyValues.InvalidSettingException when it is not a URL with https, or with http on this machine
     */
    public static Optional<URI> endpoint(PropertyValues values, Setting setting)
            throws PropertyValues.InvalidSettingException {
        Optional<String> text = values.optional(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.get());
            Optional<String> host = Optional.ofNullable(uri.getHost());
            boolean loopback = host.isPresent() && LoopbackHost.matches(host.get());
            if (host.isPresent() && ("https".equals(uri.getScheme()) || (loopback && "http".equals(uri.getScheme())))) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Refused below, like another scheme.
        }
        throw refused(setting, "expected https:// and a host; http is allowed on this machine only");
    }

    private static PropertyValues.InvalidSettingException refused(Setting setting, String problem) {
        return new PropertyValues.InvalidSettingException(setting.name(), problem);
    }

    /** Makes clients whose calls end within a time limit. */
    public static final class Clients {
        private static final int ATTEMPTS = 4;
        private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
        private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

        private Clients() {}

        /**
         * Returns a client whose attempts fit into the time limit: an attempt that hangs is abandoned early enough for
         * another.
         *
         * @param endpoint replaces the region's own: a test server or a private endpoint
         * @param budget the time limit of one call with all its attempts
         * @param host the environment of this process
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
}
