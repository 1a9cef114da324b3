package io.countersign.gateway.config;

import io.countersign.registry.aws.AwsProperties;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.KeyLocation;
import io.countersign.registry.postgresql.PostgresLocation;
import io.countersign.settings.PropertyValues;

/** The settings of the registry's store and of its root key. */
public record DataSettings(Store store, RootKey rootKey) {
    /** Keeps both in the data directory. */
    public static final DataSettings EMBEDDED = new DataSettings(new Store.Sqlite(), new RootKey.InFile());

    /** @throws PropertyValues.InvalidSettingException when a value is malformed, or missing while another setting requires it */
    static DataSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Store store =
                switch (values.string(TableLocation.STORE)) {
                    case "sqlite" -> new Store.Sqlite();
                    case "postgresql" -> new Store.Postgres(PostgresLocation.from(values, AwsProperties.budget(values)));
                    case "dynamodb" -> new Store.Dynamo(TableLocation.from(values));
                    default ->
                        throw new PropertyValues.InvalidSettingException(
                                TableLocation.STORE.name(), "expected sqlite, postgresql or dynamodb");
                };
        RootKey rootKey =
                KeyLocation.from(values).<RootKey>map(RootKey.InKms::new).orElseGet(RootKey.InFile::new);
        return new DataSettings(store, rootKey);
    }

    /** Where the root key is kept. */
    public sealed interface RootKey {
        /** In a file of the data directory. */
        record InFile() implements RootKey {}

        /** Under a key of AWS KMS. */
        record InKms(KeyLocation location) implements RootKey {}
    }

    /** Where the registry is stored. */
    public sealed interface Store {
        /** In a SQLite file of the data directory. */
        record Sqlite() implements Store {}

        /** In a PostgreSQL database. */
        record Postgres(PostgresLocation location) implements Store {}

        /** In a DynamoDB table. */
        record Dynamo(TableLocation location) implements Store {}
    }
}
