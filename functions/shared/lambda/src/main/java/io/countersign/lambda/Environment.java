package io.countersign.lambda;

import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.HashMap;
import java.util.Map;

/** The settings of a Lambda: environment variables by the gateway's names. */
final class Environment {
    /** Where a Lambda runs, as Lambda says it. */
    private static final String OWN_REGION = "AWS_REGION";

    private Environment() {}

    /**
     * The region is the Lambda's own unless another is set; the store is a table, and the root key is in KMS.
     *
     * @throws InvalidSettingException when another store is set, no key of KMS, or proxies
     */
    static PropertyValues read(Map<String, String> environment) throws InvalidSettingException {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent(Property.STORE.variable(), "dynamodb");
        if (all.containsKey(OWN_REGION)) {
            all.putIfAbsent(Property.AWS_REGION.variable(), all.get(OWN_REGION));
        }
        PropertyValues values = PropertyValues.of(Map.of(), all);
        if (!values.string(Property.STORE).equals("dynamodb")) {
            throw new InvalidSettingException(Property.STORE.key(), "a Lambda keeps nothing; set dynamodb");
        }
        if (values.optional(Property.KMS_KEY_ID).isEmpty()) {
            throw new InvalidSettingException(Property.KMS_KEY_ID.key(), "a Lambda has no root key file; set it");
        }
        if (values.optional(Property.TRUSTED_PROXIES).isPresent()) {
            throw new InvalidSettingException(
                    Property.TRUSTED_PROXIES.key(),
                    "a function's URL tells the client's own address, and headers of clients count for nothing; leave it out");
        }
        return values;
    }
}
