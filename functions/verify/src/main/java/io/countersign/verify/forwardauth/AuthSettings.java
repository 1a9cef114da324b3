package io.countersign.verify.forwardauth;

import io.countersign.identity.TrustedProxies;
import io.countersign.oss.BaseDomains;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.Optional;

/**
 * Settings of {@code /auth}.
 *
 * @param family the headers that name the client's request
 * @param keys the keys that may pass
 * @param trustedProxies the proxies that may report a client's address and whether it used TLS: those of all endpoints, and those of this one
 * @param sourceVpc whether these also report the VPC of a client
 * @param bases the domains under which buckets live
 */
public record AuthSettings(
        HeaderFamily family, KeyRule keys, TrustedProxies trustedProxies, VpcRule sourceVpc, BaseDomains bases) {
    /** nginx in front of files, no trusted proxy, OSS's own domains. */
    public static final AuthSettings DEFAULT =
            new AuthSettings(HeaderFamily.NGINX, KeyRule.FILE, TrustedProxies.NONE, VpcRule.NONE, BaseDomains.DEFAULT);

    /** @throws PropertyValues.InvalidSettingException when a value is malformed */
    public static AuthSettings from(PropertyValues values, BaseDomains bases)
            throws PropertyValues.InvalidSettingException {
        HeaderFamily family = HeaderFamily.of(values.string(Property.AUTH_HEADERS))
                .orElseThrow(() -> refused(Property.AUTH_HEADERS, "expected nginx or forwarded"));
        KeyRule keys = KeyRule.of(values.string(Property.AUTH_KEYS))
                .orElseThrow(() -> refused(Property.AUTH_KEYS, "expected file, object or uri"));
        VpcRule vpc = VpcRule.of(values.string(Property.AUTH_SOURCE_VPC))
                .orElseThrow(() -> refused(Property.AUTH_SOURCE_VPC, "expected none or header"));
        TrustedProxies proxies = TrustedProxies.of(values, Property.TRUSTED_PROXIES)
                .and(TrustedProxies.of(values, Property.AUTH_TRUSTED_PROXIES));
        return new AuthSettings(family, keys, proxies, vpc, bases);
    }

    private static PropertyValues.InvalidSettingException refused(Property property, String problem) {
        return new PropertyValues.InvalidSettingException(property.key(), problem);
    }

    /** The keys that may pass, by the storage behind the proxy and the way in which it learns the key. */
    public enum KeyRule {
        /** Files, named by {@code X-Countersign-Resource}. Keys that a file server would resolve to another path are refused. */
        FILE("file"),
        /** Objects, named by {@code X-Countersign-Resource}. The store keeps keys literally, so every key may pass. */
        OBJECT("object"),
        /** A storage that reads the client's URL again. As for files, and the URL must be in the one encoding that all readers agree on. */
        URI("uri");

        private final String text;

        KeyRule(String text) {
            this.text = text;
        }

        /** The value of the setting. */
        public String text() {
            return text;
        }

        public static Optional<KeyRule> of(String text) {
            for (KeyRule rule : values()) {
                if (rule.text.equals(text)) {
                    return Optional.of(rule);
                }
            }
            return Optional.empty();
        }
    }
}
