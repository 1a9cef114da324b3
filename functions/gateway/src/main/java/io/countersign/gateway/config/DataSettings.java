package io.countersign.gateway.config;

import io.countersign.alibaba.kms.AlibabaKey;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.KeyLocation;
import io.countersign.registry.postgresql.PostgresLocation;
import io.countersign.settings.PropertyValues;
import java.util.Optional;

/** The settings of the registry's store and of its root key. */
public record DataSettings(Store store, RootKey rootKey) {
    /** Keeps both in the data directory. */
    public static final DataSettings EMBEDDED = new DataSettings(new Store.Sqlite(), new RootKey.InFile());

    /** @throws PropertyValues.InvalidSettingException when a value is malformed, or missing while another setting requires it */
    static DataSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Store store =
                switch (values.string(TableLocation.STORE)) {
                    case "sqlite" -> new Store.Sqlite();
                    case "postgresql" ->
                        new Store.Postgres(PostgresLocation.from(values, AwsProperties.budget(values)));
                    case "dynamodb" -> new Store.Dynamo(TableLocation.from(values));
                    default ->
                        throw new PropertyValues.InvalidSettingException(
                                TableLocation.STORE.name(), "expected sqlite, postgresql or dynamodb");
                };
        return new DataSettings(store, rootKey(values));
    }

    private static RootKey rootKey(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Optional<KeyLocation> aws = KeyLocation.from(values);
        Optional<AlibabaKey> alibaba = AlibabaKey.from(values, AwsProperties.budget(values));
        if (aws.isPresent() && alibaba.isPresent()) {
            throw new PropertyValues.InvalidSettingException(
                    AlibabaKey.KEY_ID.name(),
                    "one key wraps the root key, and " + KeyLocation.KEY_ID.name() + " is set too; unset one of them");
        }
        return aws.<RootKey>map(RootKey.InKms::new)
                .or(() -> alibaba.map(RootKey.InAlibabaKms::new))
                .orElseGet(RootKey.InFile::new);
    }

    /** Where the root key is kept. */
    public sealed interface RootKey {
        /** In a file of the data directory. */
        record InFile() implements RootKey {}

        /** Under a key of AWS KMS. */
        record InKms(KeyLocation location) implements RootKey {}

        /** Under a key of Alibaba Cloud's KMS. */
        record InAlibabaKms(AlibabaKey key) implements RootKey {}
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
