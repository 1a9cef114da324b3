package io.countersign.gateway.cli;

import io.countersign.alibaba.kms.AlibabaKeyWrapper;
import io.countersign.gateway.config.DataSettings;
import io.countersign.registry.RegistrySeals;
import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.dynamodb.DynamoStore;
import io.countersign.registry.dynamodb.RegistryTable;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.dynamodb.TableUpgrade;
import io.countersign.registry.kms.AwsKeyWrapper;
import io.countersign.registry.postgresql.PostgresStore;
import io.countersign.registry.sealing.FileRootKey;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.sqlite.SqliteArchive;
import io.countersign.registry.sqlite.SqliteStore;
import io.countersign.registry.store.ReadOnlyStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.ScannableStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.wrapping.KeyWrapper;
import io.countersign.registry.wrapping.WrappedRootKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** Opens the store and the root key that the settings choose. */
final class Stores {
    /** The file of the registry in the data directory. */
    static final String FILE = "registry.db";

    static final String ROOT_KEY = "root.key";

    private Stores() {}

    /** The access of a command to the data. */
    enum Access {
        ALL,
        /** Nothing is created, upgraded or changed. */
        READ_ONLY
    }

    static RegistryStore open(
            DataSettings.Store settings, Access access, Path directory, SecureRandom random, OpenedData.Running held)
            throws StoreUnavailable {
        return switch (access) {
            case ALL -> openForAll(settings, directory, random, held);
            case READ_ONLY -> new ReadOnlyStore(openToRead(settings, directory, random, held));
        };
    }

    /** Creates what is missing, and upgrades what is old. */
    static ScannableStore openForAll(
            DataSettings.Store settings, Path directory, SecureRandom random, OpenedData.Running held)
            throws StoreUnavailable {
        return switch (settings) {
            case DataSettings.Store.Sqlite sqlite -> {
                ScannableStore store = SqliteStore.open(directory.resolve(FILE));
                held.hold(store::close);
                yield store;
            }
            case DataSettings.Store.Postgres postgres -> {
                ScannableStore store = PostgresStore.open(postgres.location(), random);
                held.hold(store::close);
                yield store;
            }
            case DataSettings.Store.Dynamo dynamo -> {
                DynamoDbClient client = dynamo.location().client(AwsHost.MACHINE);
                TableLocation.Table table = dynamo.location().table();
                ScannableStore store = new DynamoStore(client, table, random);
                held.hold(store::close);
                if (dynamo.location().createTable()) {
                    RegistryTable.make(client, table.table());
                }
                TableUpgrade.bringUp(client, table.table());
                yield store;
            }
        };
    }

    /** Opens a store that this process only reads. */
    static ScannableStore openToRead(
            DataSettings.Store settings, Path directory, SecureRandom random, OpenedData.Running held)
            throws StoreUnavailable {
        ScannableStore store =
                switch (settings) {
                    case DataSettings.Store.Sqlite sqlite -> SqliteArchive.open(directory.resolve(FILE));
                    case DataSettings.Store.Postgres postgres ->
                        PostgresStore.openReadOnly(postgres.location(), random);
                    case DataSettings.Store.Dynamo dynamo ->
                        new DynamoStore(
                                dynamo.location().client(AwsHost.MACHINE),
                                dynamo.location().table(),
                                random);
                };
        held.hold(store::close);
        return store;
    }

    /** With read-only access no root key is created. */
    static RootKeyRing rootKey(
            DataSettings.RootKey settings,
            Access access,
            Path directory,
            RegistryStore store,
            SecureRandom random,
            InstantSource clock,
            OpenedData.Running held)
            throws SealingException {
        return switch (settings) {
            case DataSettings.RootKey.InFile file -> {
                Path key = directory.resolve(ROOT_KEY);
                RegistrySeals seals = new RegistrySeals(store, random, clock);
                yield switch (access) {
                    case ALL -> FileRootKey.openOrMake(key, seals, random);
                    case READ_ONLY -> FileRootKey.open(key, seals, random);
                };
            }
            case DataSettings.RootKey.InKms kms -> {
                KmsClient client = kms.location().client(AwsHost.MACHINE);
                held.hold(client::close);
                yield wrapped(new AwsKeyWrapper(client, kms.location().key().keyId()), access, store, random, clock);
            }
            case DataSettings.RootKey.InAlibabaKms kms ->
                wrapped(
                        AlibabaKeyWrapper.of(kms.key(), System.getenv(), random, clock, System::nanoTime),
                        access,
                        store,
                        random,
                        clock);
        };
    }

    private static RootKeyRing wrapped(
            KeyWrapper wrapper, Access access, RegistryStore store, SecureRandom random, InstantSource clock)
            throws SealingException {
        return switch (access) {
            case ALL -> WrappedRootKey.openOrMake(wrapper, store, random, clock);
            case READ_ONLY -> WrappedRootKey.open(wrapper, store, random, clock);
        };
    }
}
