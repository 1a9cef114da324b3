package io.countersign.gateway.config;

import io.countersign.gateway.decisions.DecisionLogSettings;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.guard.PrivateTokensFile;
import io.countersign.identity.TrustedProxies;
import io.countersign.presign.PresignSettings;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import io.countersign.signcontent.SignContentSettings;
import io.countersign.token.upstream.UpstreamSessions;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.forwardauth.AuthSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All settings of the gateway.
 *
 * @param stsEndpoint the Alibaba Cloud STS endpoint that {@code /token} calls for upstream sessions
 * @param corsOrigins the origins whose pages may call the endpoints for apps
 * @param privateHost the address that {@code --private-port} listens on
 * @param privateHosts additional host names that private endpoints on loopback accept
 * @param decisionLog the log of decisions
 * @param privateTokens the programs that may call private endpoints; empty means that every caller may
 */
public record Settings(
        HttpSettings http,
        CacheSettings cache,
        UpstreamSessions.StsEndpoint stsEndpoint,
        DataSettings data,
        PresignSettings presign,
        PresignSettings.PostPolicySettings postPolicy,
        SignContentSettings signContent,
        VerifySettings.Properties verify,
        AuthSettings auth,
        Set<String> corsOrigins,
        RotationProperties rotation,
        DecisionLogSettings decisionLog,
        String privateHost,
        Set<String> privateHosts,
        Optional<PrivateTokens> privateTokens) {
    public Settings {
        corsOrigins = Set.copyOf(corsOrigins);
        privateHosts = Set.copyOf(privateHosts);
    }

    /** @throws PropertyValues.InvalidSettingException for the first value that is malformed or out of its bounds */
    public static Settings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        VerifySettings.Properties verify = VerifySettings.Properties.from(values);
        return new Settings(
                HttpSettings.from(values),
                CacheSettings.from(values),
                values.uri(Property.TOKEN_STS_ENDPOINT, UpstreamSessions.StsEndpoint::new),
                DataSettings.from(values),
                PresignSettings.from(values),
                PresignSettings.PostPolicySettings.from(values),
                SignContentSettings.from(values),
                verify,
                AuthSettings.from(values, verify.bases()),
                CorsProperties.origins(values),
                RotationProperties.from(values),
                DecisionLogSettings.from(values),
                values.string(Property.PRIVATE_HOST),
                HostProperties.hosts(values),
                tokens(values));
    }

    private static Optional<PrivateTokens> tokens(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Optional<String> file = values.optional(Property.PRIVATE_TOKENS);
        return file.isEmpty() ? Optional.empty() : Optional.of(PrivateTokensFile.read(Path.of(file.get())));
    }

    /**
     * Reads the settings of this process. System properties have precedence over environment variables.
     *
     * @throws PropertyValues.InvalidSettingException for the first value that is malformed or out of its bounds
     */
    public static Settings ofProcess() throws PropertyValues.InvalidSettingException {
        return from(PropertyValues.of(
                System.getProperties().stringPropertyNames().stream()
                        .collect(java.util.stream.Collectors.toMap(name -> name, System::getProperty)),
                System.getenv()));
    }

    /** Reads the host names that private endpoints on loopback accept. */
    static final class HostProperties {
        private static final int MAX_HOSTS = 64;
        private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?");

        private HostProperties() {}

        /** @throws PropertyValues.InvalidSettingException when a value is not a host name as in a Host header, without a port */
        static Set<String> hosts(PropertyValues values) throws PropertyValues.InvalidSettingException {
            List<String> hosts = values.list(Property.PRIVATE_HOSTS);
            if (hosts.size() > MAX_HOSTS) {
                throw new PropertyValues.InvalidSettingException(
                        Property.PRIVATE_HOSTS.key(), "expected at most " + MAX_HOSTS + " host names");
            }
            for (String host : hosts) {
                if (!HOST.matcher(host).matches()) {
                    throw new PropertyValues.InvalidSettingException(
                            Property.PRIVATE_HOSTS.key(),
                            "expected host names in lower case without scheme and port, such as host.docker.internal");
                }
            }
            return Set.copyOf(hosts);
        }
    }

    /** Reads the origins whose pages may call the endpoints for apps. */
    static final class CorsProperties {
        private static final int MAX_ORIGINS = 64;
        private static final Pattern ORIGIN = Pattern.compile(
                "[a-z][a-z0-9+.-]{0,31}://([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[1-9][0-9]{0,4})?");
        /** Browsers omit the default port of a scheme, so an origin that includes it would never match. */
        private static final Pattern NEVER_SENT = Pattern.compile("http://.*:80|https://.*:443");

        private CorsProperties() {}

        /** @throws PropertyValues.InvalidSettingException when a value is not an origin as browsers send it */
        static Set<String> origins(PropertyValues values) throws PropertyValues.InvalidSettingException {
            List<String> origins = values.list(Property.CORS_ALLOWED_ORIGINS);
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
            return new PropertyValues.InvalidSettingException(Property.CORS_ALLOWED_ORIGINS.key(), problem);
        }
    }

    /**
     * The time and count limits of the ports. Size limits are fixed in {@link io.countersign.http.RequestLimits}.
     *
     * @param bodyTimeout the time within which the whole body of a request must arrive
     * @param idleTimeout the time a connection may wait for its next request head
     * @param connections the limits on open connections
     * @param workers the number of requests processed concurrently in one lane
     * @param queue the number of requests that may wait for a worker
     * @param drain the time a stopping server has to answer the requests it has accepted
     * @param trustedProxies the proxies whose statement of the client address is believed, at every endpoint
     * @param budget the time a request may wait for a worker and for the store, from the arrival of its body
     */
    public record HttpSettings(
            Duration bodyTimeout,
            Duration idleTimeout,
            ConnectionBounds connections,
            int workers,
            int queue,
            Duration drain,
            TrustedProxies trustedProxies,
            Duration budget) {
        /** The largest value of {@code drain}, in seconds. */
        public static final int MOST_DRAIN = 300;

        /** @throws PropertyValues.InvalidSettingException when a value is malformed or out of its bounds */
        public static HttpSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
            Duration second = Duration.ofSeconds(1);
            return new HttpSettings(
                    values.duration(Property.HTTP_BODY_TIMEOUT, second, Duration.ofMinutes(5)),
                    values.duration(Property.HTTP_IDLE_TIMEOUT, second, Duration.ofMinutes(10)),
                    ConnectionBounds.from(values),
                    values.count(Property.HTTP_WORKERS, 1, 1_024),
                    values.count(Property.HTTP_QUEUE, 1, 65_535),
                    Duration.ofSeconds(values.count(Property.DRAIN, 0, MOST_DRAIN)),
                    TrustedProxies.of(values, Property.TRUSTED_PROXIES),
                    AwsProperties.budget(values));
        }

        /** Returns a copy with another drain time. */
        public HttpSettings draining(Duration other) {
            return new HttpSettings(
                    bodyTimeout, idleTimeout, connections, workers, queue, other, trustedProxies, budget);
        }
    }
}
