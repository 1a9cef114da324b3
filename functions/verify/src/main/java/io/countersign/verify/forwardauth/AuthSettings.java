package io.countersign.verify.forwardauth;

import io.countersign.identity.TrustedProxies;
import io.countersign.oss.BaseDomains;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.Optional;

/**
 * How a deployment runs {@code /auth}.
 *
 * @param family the headers that name the client's request
 * @param keys what stands behind the proxy
 * @param trustedProxies who may say here what address a client has and whether it came over TLS: those of all faces, and this one's own
 * @param sourceVpc whether those also say which VPC a client came through
 * @param bases the domains under which buckets live
 */
public record AuthSettings(
        HeaderFamily family, KeyRule keys, TrustedProxies trustedProxies, VpcRule sourceVpc, BaseDomains bases) {
    /** nginx before files, no proxy believed about addresses, OSS's own domains. */
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

    /** Which keys may pass, by what stands behind the proxy and how that learns the key. */
    public enum KeyRule {
        /** Files, named by {@code X-Countersign-Resource}: keys that a file server would fold into another path are refused. */
        FILE("file"),
        /** Objects, named by {@code X-Countersign-Resource}: a store that keeps keys literally, so every key may pass. */
        OBJECT("object"),
        /** Whatever reads the client's URL once more: as for files, and the URL must be written in the one way that all read alike. */
        URI("uri");

        private final String text;

        KeyRule(String text) {
            this.text = text;
        }

        /** As settings write it. */
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
