package io.countersign.gateway.config;

import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.KeyLocation;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;

/** Where the registry and its root key are kept. */
public record DataSettings(StoreSettings store, RootKeySettings rootKey) {
    /** Everything in the data directory. */
    public static final DataSettings EMBEDDED =
            new DataSettings(new StoreSettings.Sqlite(), new RootKeySettings.InFile());

    /** @throws InvalidSettingException when a value is malformed, or another one needs it */
    static DataSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        StoreSettings store =
                switch (values.string(Property.STORE)) {
                    case "sqlite" -> new StoreSettings.Sqlite();
                    case "dynamodb" -> new StoreSettings.Dynamo(TableLocation.from(values));
                    default ->
                        throw new PropertyValues.InvalidSettingException(
                                Property.STORE.key(), "expected sqlite or dynamodb");
                };
        RootKeySettings rootKey = KeyLocation.from(values)
                .<RootKeySettings>map(RootKeySettings.InKms::new)
                .orElseGet(RootKeySettings.InFile::new);
        return new DataSettings(store, rootKey);
    }

    /** What keeps the root key. */
    public sealed interface RootKeySettings {
        /** A file of the data directory. */
        record InFile() implements RootKeySettings {}

        /** KMS. */
        record InKms(KeyLocation location) implements RootKeySettings {}
    }

    /** Where the registry stands. */
    public sealed interface StoreSettings {
        /** In a file of the data directory. */
        record Sqlite() implements StoreSettings {}

        /** In a table of DynamoDB. */
        record Dynamo(TableLocation location) implements StoreSettings {}
    }
}
