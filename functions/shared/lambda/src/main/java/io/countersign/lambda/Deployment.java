package io.countersign.lambda;

import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.dynamodb.DynamoStore;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.KeyLocation;
import io.countersign.registry.kms.KmsRootKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * What a function stands on in this process: its settings and the registry. Clients are made by the first call that needs one, and none before: a table's for
 * the first record, KMS's for the first secret.
 */
public final class Deployment {
    private final PropertyValues values;
    private final CacheSettings cache;
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final StoreTimes times = new StoreTimes();
    private final RegistryStore store;
    private final Sealer sealer;
    private final KeyRegistry registry;

    private Deployment(PropertyValues values, CacheSettings cache, TableLocation table, KeyLocation key) {
        this.values = values;
        this.cache = cache;
        this.store = new MeasuredStore(
                new Lazy<>(() -> new DynamoStore(table.client(AwsHost.LAMBDA), table.table(), random)), times);
        this.sealer = new Sealer(
                new LazyRootKey(
                        new Lazy<>(() -> KmsRootKey.open(key.client(AwsHost.LAMBDA), key.key(), store, random, clock))),
                random);
        this.registry = new KeyRegistry(store, sealer, cache.bounds());
    }

    /** @throws InvalidSettingException for the first value that is malformed or missing */
    static Deployment of(Map<String, String> environment) throws InvalidSettingException {
        PropertyValues values = Environment.read(environment);
        KeyLocation key = KeyLocation.from(values)
                .orElseThrow(() -> new InvalidSettingException(Property.KMS_KEY_ID.key(), "it is empty; set it"));
        return new Deployment(values, CacheSettings.from(values), TableLocation.from(values), key);
    }

    public PropertyValues values() {
        return values;
    }

    public CacheSettings cache() {
        return cache;
    }

    public RegistryStore store() {
        return store;
    }

    public Sealer sealer() {
        return sealer;
    }

    public KeyRegistry registry() {
        return registry;
    }

    public SecureRandom random() {
        return random;
    }

    /** How long each call of the store took since this was last asked. */
    List<Duration> storeTimes() {
        return times.take();
    }
}
