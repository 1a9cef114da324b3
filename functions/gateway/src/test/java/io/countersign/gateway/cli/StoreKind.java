package io.countersign.gateway.cli;

import io.countersign.registry.dynamodb.LocalDynamo;
import io.countersign.registry.postgresql.PostgresServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The stores, and the settings that choose them. */
public enum StoreKind {
    SQLITE {
        @Override
        public Map<String, String> settings() {
            return Map.of();
        }
    },
    POSTGRESQL {
        @Override
        public Map<String, String> settings() throws Exception {
            return Map.of(
                    "countersign.store", "postgresql",
                    "countersign.postgresql.url", PostgresServer.running().newDatabase(),
                    "countersign.postgresql.user", "postgres",
                    // The machine that tests may be busy.
                    "countersign.aws.api-call-timeout", "PT1M");
        }
    },
    DYNAMODB {
        @Override
        public Map<String, String> settings() throws Exception {
            return Map.of(
                    "aws.accessKeyId", "local",
                    "aws.secretAccessKey", "localsecret",
                    "countersign.store", "dynamodb",
                    "countersign.aws.region", "us-east-1",
                    // The machine that tests may be busy.
                    "countersign.aws.api-call-timeout", "PT1M",
                    "countersign.dynamodb.table", LocalDynamo.newTable(),
                    "countersign.dynamodb.endpoint",
                            LocalDynamo.running().endpoint().toString(),
                    "countersign.dynamodb.create-table", "true");
        }
    };

    /** Those that this build tests: a server of PostgreSQL is not everywhere. */
    public static List<StoreKind> tested() {
        return Stream.of(System.getProperty("test.stores", "sqlite,dynamodb").split(","))
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** Of a registry of its own. */
    public abstract Map<String, String> settings() throws Exception;
}
