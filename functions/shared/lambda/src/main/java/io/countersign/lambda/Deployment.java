package io.countersign.lambda;

import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.registry.copy.WholeStore;
import io.countersign.registry.dynamodb.DynamoStore;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.AwsKeyWrapper;
import io.countersign.registry.kms.KeyLocation;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.TimedStore;
import io.countersign.registry.wrapping.WrappedRootKey;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.ProxySettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a function's process and the registry that they describe. The clients of AWS are made on first use: DynamoDB's for the first record, KMS's for
 * the first secret.
 */
public final class Deployment {
    private static final System.Logger LOG = System.getLogger(Deployment.class.getName());

    private final PropertyValues values;
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final StoreTimes times = new StoreTimes();
    private final RegistryStore store;
    private final Sealer sealer;
    private final KeyRegistry registry;

    private Deployment(PropertyValues values, CacheSettings cache, TableLocation table, KeyLocation key) {
        this.values = values;
        Lazy<RegistryStore, StoreUnavailable> opened =
                new Lazy<>(() -> new WholeStore(new DynamoStore(table.client(AwsHost.LAMBDA), table.table(), random)));
        this.store = new TimedStore(opened::get, nanos -> times.add(Duration.ofNanos(nanos)));
        this.sealer = new Sealer(
                new Lazy.LazyRootKey(new Lazy<>(() -> WrappedRootKey.open(
                        new AwsKeyWrapper(key.client(AwsHost.LAMBDA), key.key().keyId()), store, random, clock))),
                random);
        this.registry = new KeyRegistry(store, sealer, cache.bounds());
    }

    /**
     * Makes a deployment, and warns in the log of variables that are empty.
     *
     * @throws PropertyValues.InvalidSettingException for the first value that is malformed or missing
     */
    static Deployment of(Map<String, String> environment) throws PropertyValues.InvalidSettingException {
        PropertyValues values = Environment.read(environment);
        // As with the gateway: the process goes on as if they were not set.
        values.empty().forEach(name -> LOG.log(System.Logger.Level.WARNING, "event=settingEmpty variable=" + name));
        KeyLocation key = KeyLocation.from(values)
                .orElseThrow(() ->
                        new PropertyValues.InvalidSettingException(KeyLocation.KEY_ID.name(), "it is empty; set it"));
        return new Deployment(values, CacheSettings.from(values), TableLocation.from(values), key);
    }

    public PropertyValues values() {
        return values;
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

    /** Returns the duration of each call of the store since the last call of this method. */
    List<Duration> storeTimes() {
        return times.take();
    }

    /** Reads the settings of a Lambda from environment variables, by the gateway's names. */
    static final class Environment {
        /** Set by Lambda itself (AWS Lambda Developer Guide, "Defined runtime environment variables"). */
        private static final String OWN_REGION = "AWS_REGION";

        private Environment() {}

        /**
         * Reads the settings; the region is the Lambda's own unless another is set.
         *
         * @throws PropertyValues.InvalidSettingException when another store than DynamoDB, no key of KMS, or proxies are set
         */
        static PropertyValues read(Map<String, String> environment) throws PropertyValues.InvalidSettingException {
            Map<String, String> all = new HashMap<>(environment);
            all.putIfAbsent(TableLocation.STORE.variable(), "dynamodb");
            if (all.containsKey(OWN_REGION)) {
                all.putIfAbsent(AwsProperties.REGION.variable(), all.get(OWN_REGION));
            }
            PropertyValues values = PropertyValues.of(Map.of(), all);
            if (!values.string(TableLocation.STORE).equals("dynamodb")) {
                throw new PropertyValues.InvalidSettingException(
                        TableLocation.STORE.name(), "a Lambda has no disk that lasts; set dynamodb");
            }
            if (values.optional(KeyLocation.KEY_ID).isEmpty()) {
                throw new PropertyValues.InvalidSettingException(
                        KeyLocation.KEY_ID.name(), "a Lambda has no root key file; set the key of KMS");
            }
            if (values.optional(ProxySettings.TRUSTED_PROXIES).isPresent()) {
                throw new PropertyValues.InvalidSettingException(
                        ProxySettings.TRUSTED_PROXIES.name(),
                        "a function URL gives the address of the client itself, so no header may replace it; unset this");
            }
            return values;
        }
    }
}
