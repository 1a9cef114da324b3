package io.countersign.gateway.config;

import io.countersign.alibaba.kms.AlibabaKey;
import io.countersign.gateway.decisions.DecisionLogSettings;
import io.countersign.gateway.guard.PrivateTokensFile;
import io.countersign.identity.delegation.SigningOptions;
import io.countersign.presign.PostPolicySettings;
import io.countersign.presign.PresignSettings;
import io.countersign.presign.callbacks.CallbackSettings;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.KeyLocation;
import io.countersign.registry.manifest.UpstreamRule;
import io.countersign.registry.postgresql.PostgresLocation;
import io.countersign.rotate.EventBusSettings;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.ram.RamClient;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.ProxySettings;
import io.countersign.settings.Setting;
import io.countersign.signcontent.SignContentSettings;
import io.countersign.token.upstream.UpstreamSessions;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.forwardauth.AuthSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All settings of the gateway.
 *
 * @param stsEndpoint the Alibaba Cloud STS endpoint that {@code /token} calls for upstream sessions
 * @param corsOrigins the origins whose pages may call the endpoints for apps
 * @param privateHost the address that {@code --private-port} listens on
 * @param privateHosts additional host names that private endpoints on loopback accept
 * @param decisionLog the log of decisions
 * @param privateTokens the programs that may call private endpoints; empty means that every caller may
 * @param traces where spans go
 * @param upstreams where the stores behind buckets may be
 * @param upstream the limits of requests to them
 */
public record Settings(
        HttpSettings http,
        CacheSettings cache,
        UpstreamSessions.StsEndpoint stsEndpoint,
        DataSettings data,
        PresignSettings presign,
        PostPolicySettings postPolicy,
        CallbackSettings callbacks,
        SignContentSettings signContent,
        VerifySettings.Properties verify,
        AuthSettings auth,
        Set<String> corsOrigins,
        RotationProperties rotation,
        DecisionLogSettings decisionLog,
        String privateHost,
        Set<String> privateHosts,
        Optional<PrivateTokensFile> privateTokens,
        TraceSettings traces,
        UpstreamRule upstreams,
        UpstreamSettings upstream) {
    private static final Setting PRIVATE_HOST =
            Setting.of("countersign.private.host", "127.0.0.1", "The address of --private-port.");

    /** All settings, in the order of docs/configuration.md. No other system property may begin with {@code countersign.}. */
    public static final List<Setting> ALL = Stream.of(
                    CacheSettings.SETTINGS,
                    UpstreamRule.SETTINGS,
                    UpstreamSettings.SETTINGS,
                    UpstreamSessions.StsEndpoint.SETTINGS,
                    AwsProperties.SETTINGS,
                    PostgresLocation.SETTINGS,
                    TableLocation.SETTINGS,
                    KeyLocation.SETTINGS,
                    AlibabaKey.SETTINGS,
                    PresignSettings.SETTINGS,
                    SigningOptions.SETTINGS,
                    PostPolicySettings.SETTINGS,
                    CallbackSettings.SETTINGS,
                    SignContentSettings.SETTINGS,
                    VerifySettings.SETTINGS,
                    AuthSettings.SETTINGS,
                    CorsProperties.SETTINGS,
                    RotationProperties.SETTINGS,
                    RotateSettings.SETTINGS,
                    RamClient.Endpoint.SETTINGS,
                    EventBusSettings.SETTINGS,
                    ProxySettings.SETTINGS,
                    List.of(PRIVATE_HOST),
                    HostProperties.SETTINGS,
                    PrivateTokensFile.SETTINGS,
                    DecisionLogSettings.SETTINGS,
                    TraceSettings.SETTINGS,
                    HttpSettings.SETTINGS)
            .flatMap(List::stream)
            .toList();

    public Settings {
        corsOrigins = Set.copyOf(corsOrigins);
        privateHosts = Set.copyOf(privateHosts);
    }

    /** @throws PropertyValues.InvalidSettingException for a name that is no setting, or the first value that is malformed or out of its bounds */
    public static Settings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        values.refuseUnknown(ALL);
        VerifySettings.Properties verify = VerifySettings.Properties.from(values);
        HttpSettings http = HttpSettings.from(values);
        return new Settings(
                http,
                CacheSettings.from(values),
                UpstreamSessions.StsEndpoint.from(values),
                DataSettings.from(values),
                PresignSettings.from(values),
                PostPolicySettings.from(values),
                CallbackSettings.from(values),
                SignContentSettings.from(values),
                verify,
                AuthSettings.from(values, verify.bases()),
                CorsProperties.origins(values),
                RotationProperties.from(values),
                DecisionLogSettings.from(values),
                values.string(PRIVATE_HOST),
                HostProperties.hosts(values),
                tokens(values),
                TraceSettings.from(values, http.connections().proxies()),
                UpstreamRule.from(values),
                UpstreamSettings.from(values));
    }

    private static Optional<PrivateTokensFile> tokens(PropertyValues values)
            throws PropertyValues.InvalidSettingException {
        Optional<String> file = values.optional(PrivateTokensFile.FILE);
        return file.isEmpty() ? Optional.empty() : Optional.of(PrivateTokensFile.open(Path.of(file.get())));
    }

    /**
     * Reads the settings of this process. System properties have precedence over environment variables.
     *
     * @throws PropertyValues.InvalidSettingException for the first value that is malformed or out of its bounds
     */
    public static Settings ofProcess() throws PropertyValues.InvalidSettingException {
        return ofProcess(Map.of());
    }

    /**
     * Reads the settings of this process, some of which have other values.
     *
     * @param others by name
     * @throws PropertyValues.InvalidSettingException for the first value that is malformed or out of its bounds
     */
    public static Settings ofProcess(Map<String, String> others) throws PropertyValues.InvalidSettingException {
        return from(valuesOfProcess(others));
    }

    /** The values as this process got them. */
    public static PropertyValues valuesOfProcess() {
        return valuesOfProcess(Map.of());
    }

    private static PropertyValues valuesOfProcess(Map<String, String> others) {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        properties.putAll(others);
        return PropertyValues.of(properties, System.getenv());
    }

    /** Reads the host names that private endpoints on loopback accept. */
    static final class HostProperties {
        private static final Setting HOSTS = Setting.optional(
                "countersign.private.hosts",
                "none",
                "The names that a Host header may have at private endpoints on loopback, in addition to those of loopback, separated by commas.");

        static final List<Setting> SETTINGS = List.of(HOSTS);

        private static final int MAX_HOSTS = 64;
        private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?");

        private HostProperties() {}

        /** @throws PropertyValues.InvalidSettingException when a value is not a host name as in a Host header, without a port */
        static Set<String> hosts(PropertyValues values) throws PropertyValues.InvalidSettingException {
            List<String> hosts = values.list(HOSTS);
            if (hosts.size() > MAX_HOSTS) {
                throw new PropertyValues.InvalidSettingException(
                        HOSTS.name(), "expected at most " + MAX_HOSTS + " host names");
            }
            for (String host : hosts) {
                if (!HOST.matcher(host).matches()) {
                    throw new PropertyValues.InvalidSettingException(
                            HOSTS.name(),
                            "expected host names in lower case without scheme and port, such as host.docker.internal");
                }
            }
            return Set.copyOf(hosts);
        }
    }

    /** Reads the origins whose pages may call the endpoints for apps. */
    static final class CorsProperties {
        private static final Setting ALLOWED_ORIGINS = Setting.optional(
                "countersign.cors.allowed-origins",
                "none",
                "The origins whose pages may call /token, /presign, /post-policy and /uploads, separated by commas: https://app.example.com.");

        static final List<Setting> SETTINGS = List.of(ALLOWED_ORIGINS);

        private static final int MAX_ORIGINS = 64;
        private static final Pattern ORIGIN = Pattern.compile(
                "[a-z][a-z0-9+.-]{0,31}://([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[1-9][0-9]{0,4})?");
        /** Browsers omit the default port of a scheme, so an origin that includes it would never match. */
        private static final Pattern NEVER_SENT = Pattern.compile("http://.*:80|https://.*:443");

        private CorsProperties() {}

        /** @throws PropertyValues.InvalidSettingException when a value is not an origin as browsers send it */
        static Set<String> origins(PropertyValues values) throws PropertyValues.InvalidSettingException {
            List<String> origins = values.list(ALLOWED_ORIGINS);
            if (origins.size() > MAX_ORIGINS) {
                throw refused("expected at most " + MAX_ORIGINS + " origins");
            }
            for (String origin : origins) {
                if (!ORIGIN.matcher(origin).matches()
                        || NEVER_SENT.matcher(origin).matches()) {
                    throw refused(
                            "expected origins as browsers send them, such as https://app.example.com or http://localhost:3000, in lower case, without a path, a default port, or *");
                }
            }
            return Set.copyOf(origins);
        }

        private static PropertyValues.InvalidSettingException refused(String problem) {
            return new PropertyValues.InvalidSettingException(ALLOWED_ORIGINS.name(), problem);
        }
    }
}
