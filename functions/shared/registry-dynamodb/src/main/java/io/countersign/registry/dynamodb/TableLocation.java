package io.countersign.registry.dynamodb;

import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * The location of the registry's table.
 *
 * @param endpoint replaces the region's own
 * @param createTable whether a missing table is made
 */
public record TableLocation(String region, Optional<URI> endpoint, Table table, boolean createTable) {
    /** Whether there is a table. */
    public static final Setting STORE = Setting.of(
            "countersign.store",
            "sqlite",
            "The store of the registry: sqlite (a file in --data), or postgresql or dynamodb (a table that any number of servers share).");

    /** The table. */
    public static final Setting TABLE =
            Setting.of("countersign.dynamodb.table", "countersign", "The name of the table.");

    private static final Setting ENDPOINT = Setting.optional(
            "countersign.dynamodb.endpoint",
            "the region's own",
            "Another endpoint: https, or http on this machine (DynamoDB Local).");
    private static final Setting CREATE_TABLE = Setting.of(
            "countersign.dynamodb.create-table",
            "false",
            "Whether a missing table is created, for development. A deployment creates it with backups and protection.");

    /** The settings of this class. */
    public static final List<Setting> SETTINGS = List.of(STORE, TABLE, ENDPOINT, CREATE_TABLE);

    /** @throws PropertyValues.InvalidSettingException when a value is malformed, or the region is not set */
    public static TableLocation from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        try {
            return new TableLocation(
                    AwsProperties.region(values),
                    AwsProperties.endpoint(values, ENDPOINT),
                    new Table(values.string(TABLE), AwsProperties.budget(values)),
                    values.flag(CREATE_TABLE).orElse(false));
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(TABLE.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns a client for this process. */
    public DynamoDbClient client(AwsHost host) {
        return Clients.of(region, endpoint, table, host);
    }

    /** Makes clients of a table; a process needs one. */
    public static final class Clients {
        private Clients() {}

        /**
         * Returns a client whose attempts fit into the time limit.
         *
         * @param region the table's
         * @param endpoint replaces the region's own: DynamoDB Local, or a private endpoint
         */
        public static DynamoDbClient of(String region, Optional<URI> endpoint, Table settings, AwsHost host) {
            return AwsProperties.Clients.<DynamoDbClient, DynamoDbClientBuilder>of(
                    DynamoDbClient.builder(), region, endpoint, settings.budget(), host);
        }
    }

    /**
     * The settings of the table.
     *
     * @param table its name
     * @param budget the time limit of one call of the store with all attempts, 100 ms to 5 minutes; shorter than the
     *     function's own time limit
     */
    public record Table(String table, Duration budget) {
        /** Shorter than the ten seconds that clients commonly wait, and enough for several attempts. */
        public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(3);

        private static final Duration LEAST = Duration.ofMillis(100);
        private static final Duration MOST = Duration.ofMinutes(5);

        /** @throws IllegalArgumentException for an invalid table name, or a time limit out of bounds */
        public Table {
            if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
                throw new IllegalArgumentException("a table's name has 3 to 255 of A-Z a-z 0-9 _ . -");
            }
            if (budget.compareTo(LEAST) < 0 || budget.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("the budget is " + LEAST + " to " + MOST);
            }
        }
    }
}
