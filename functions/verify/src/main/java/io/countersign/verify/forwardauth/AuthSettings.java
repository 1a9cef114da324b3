package io.countersign.verify.forwardauth;

import io.countersign.identity.TrustedProxies;
import io.countersign.oss.BaseDomains;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.ProxySettings;
import io.countersign.settings.Setting;
import java.util.List;
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
    private static final Setting HEADERS = Setting.of(
            "countersign.auth.headers",
            "nginx",
            "The headers that tell /auth the client's request: nginx (X-Original-*) or forwarded (X-Forwarded-*).");
    private static final Setting KEYS = Setting.of(
            "countersign.auth.keys",
            "file",
            "The storage behind the proxy of /auth. file refuses keys that a file server resolves to another path, and object accepts every key; X-Countersign-Resource names the key for both. uri is for a storage that reads the client's URL again: it refuses URLs in all spellings but one.");
    /** The proxies of {@code /auth}, in addition to those of all endpoints. */
    public static final Setting PROXIES = Setting.optional(
            "countersign.auth.trusted-proxies",
            "none",
            "Addresses and CIDR blocks of proxies, and unix: for those on --listen's socket, whose X-Forwarded-For and X-Forwarded-Proto name the client at /auth only, separated by commas.");

    private static final Setting SOURCE_VPC = Setting.of(
            "countersign.auth.source-vpc",
            "none",
            "Whether trusted proxies tell /auth the VPC through which a client came: header (X-Countersign-Source-Vpc) or none.");

    /** The settings of {@code /auth}; it shares the base domains with {@code /verify}. */
    public static final List<Setting> SETTINGS = List.of(HEADERS, KEYS, PROXIES, SOURCE_VPC);

    /** nginx in front of files, no trusted proxy, OSS's own domains. */
    public static final AuthSettings DEFAULT =
            new AuthSettings(HeaderFamily.NGINX, KeyRule.FILE, TrustedProxies.NONE, VpcRule.NONE, BaseDomains.DEFAULT);

    /** @throws PropertyValues.InvalidSettingException when a value is malformed */
    public static AuthSettings from(PropertyValues values, BaseDomains bases)
            throws PropertyValues.InvalidSettingException {
        HeaderFamily family = HeaderFamily.of(values.string(HEADERS))
                .orElseThrow(() -> refused(HEADERS, "expected nginx or forwarded"));
        KeyRule keys = KeyRule.of(values.string(KEYS)).orElseThrow(() -> refused(KEYS, "expected file, object or uri"));
        VpcRule vpc =
                VpcRule.of(values.string(SOURCE_VPC)).orElseThrow(() -> refused(SOURCE_VPC, "expected none or header"));
        TrustedProxies proxies =
                TrustedProxies.of(values, ProxySettings.TRUSTED_PROXIES).and(TrustedProxies.of(values, PROXIES));
        return new AuthSettings(family, keys, proxies, vpc, bases);
    }

    private static PropertyValues.InvalidSettingException refused(Setting setting, String problem) {
        return new PropertyValues.InvalidSettingException(setting.name(), problem);
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
