package io.countersign.gateway.cli;

import io.countersign.registry.dynamodb.LocalDynamo;
import java.util.Map;

/** The stores, and the settings that choose them. */
public enum StoreKind {
    SQLITE {
        @Override
        public Map<String, String> settings() {
            return Map.of();
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

    /** Of a registry of its own. */
    public abstract Map<String, String> settings() throws Exception;
}
