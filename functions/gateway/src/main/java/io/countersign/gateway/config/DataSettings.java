package io.countersign.gateway.config;

import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.KeyLocation;
import io.countersign.settings.PropertyValues;

/** The settings of the registry's store and of its root key. */
public record DataSettings(StoreSettings store, RootKeySettings rootKey) {
    /** Keeps both in the data directory. */
    public static final DataSettings EMBEDDED =
            new DataSettings(new StoreSettings.Sqlite(), new RootKeySettings.InFile());

    /** @throws PropertyValues.InvalidSettingException when a value is malformed, or missing while another setting requires it */
    static DataSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        StoreSettings store =
                switch (values.string(TableLocation.STORE)) {
                    case "sqlite" -> new StoreSettings.Sqlite();
                    case "dynamodb" -> new StoreSettings.Dynamo(TableLocation.from(values));
                    default ->
                        throw new PropertyValues.InvalidSettingException(
                                TableLocation.STORE.name(), "expected sqlite or dynamodb");
                };
        RootKeySettings rootKey = KeyLocation.from(values)
                .<RootKeySettings>map(RootKeySettings.InKms::new)
                .orElseGet(RootKeySettings.InFile::new);
        return new DataSettings(store, rootKey);
    }

    /** Where the root key is kept. */
    public sealed interface RootKeySettings {
        /** In a file of the data directory. */
        record InFile() implements RootKeySettings {}

        /** Under a key of AWS KMS. */
        record InKms(KeyLocation location) implements RootKeySettings {}
    }

    /** Where the registry is stored. */
    public sealed interface StoreSettings {
        /** In a SQLite file of the data directory. */
        record Sqlite() implements StoreSettings {}

        /** In a DynamoDB table. */
        record Dynamo(TableLocation location) implements StoreSettings {}
    }
}
