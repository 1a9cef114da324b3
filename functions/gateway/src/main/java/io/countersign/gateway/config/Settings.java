package io.countersign.gateway.config;

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
 * All that an operator may set.
 *
 * @param stsEndpoint where {@code /token} asks for the sessions that Alibaba Cloud's STS makes
 * @param corsOrigins whose pages may call the faces for apps
 * @param privateHost where {@code --private-port} listens
 * @param privateHosts names by which private faces on loopback may be called besides its own
 * @param privateTokens the programs that may call private faces; empty: whatever reaches them may
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
        String privateHost,
        Set<String> privateHosts,
        Optional<PrivateTokens> privateTokens) {
    public Settings {
        corsOrigins = Set.copyOf(corsOrigins);
        privateHosts = Set.copyOf(privateHosts);
    }

    /** @throws InvalidSettingException for the first value that is malformed or out of its bounds */
    public static Settings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        VerifySettings.Properties verify = VerifySettings.Properties.from(values);
        return new Settings(
                HttpSettings.from(values),
                CacheSettings.from(values),
                values.uri(Property.TOKEN_STS_ENDPOINT, UpstreamSessions.StsEndpoint::new),
                DataSettings.from(values),
                PresignSettings.PresignProperties.from(values),
                PresignSettings.PresignProperties.postPolicy(values),
                SignContentSettings.SignContentProperties.from(values),
                verify,
                AuthSettings.from(values, verify.bases()),
                CorsProperties.origins(values),
                RotationProperties.from(values),
                values.string(Property.PRIVATE_HOST),
                HostProperties.hosts(values),
                tokens(values));
    }

    private static Optional<PrivateTokens> tokens(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Optional<String> file = values.optional(Property.PRIVATE_TOKENS);
        return file.isEmpty() ? Optional.empty() : Optional.of(PrivateTokensFile.read(Path.of(file.get())));
    }

    /** The settings of this process: its system properties, then its environment. */
    public static Settings ofProcess() throws PropertyValues.InvalidSettingException {
        return from(PropertyValues.of(
                System.getProperties().stringPropertyNames().stream()
                        .collect(java.util.stream.Collectors.toMap(name -> name, System::getProperty)),
                System.getenv()));
    }

    /** By which names private faces on loopback may be called. */
    static final class HostProperties {
        private static final int MAX_HOSTS = 64;
        private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?");

        private HostProperties() {}

        /** @throws InvalidSettingException when a value is not a name as a Host header has it, without a port */
        static Set<String> hosts(PropertyValues values) throws PropertyValues.InvalidSettingException {
            List<String> hosts = values.list(Property.PRIVATE_HOSTS);
            if (hosts.size() > MAX_HOSTS) {
                throw new PropertyValues.InvalidSettingException(
                        Property.PRIVATE_HOSTS.key(), "there are more than " + MAX_HOSTS + "; list fewer");
            }
            for (String host : hosts) {
                if (!HOST.matcher(host).matches()) {
                    throw new PropertyValues.InvalidSettingException(
                            Property.PRIVATE_HOSTS.key(),
                            "expected names in lower case without scheme and port, as host.docker.internal");
                }
            }
            return Set.copyOf(hosts);
        }
    }

    /** Which origins' pages may call the faces for apps. */
    static final class CorsProperties {
        private static final int MAX_ORIGINS = 64;
        private static final Pattern ORIGIN = Pattern.compile(
                "[a-z][a-z0-9+.-]{0,31}://([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[1-9][0-9]{0,4})?");
        /** Browsers leave the scheme's own port out, so an origin with it would never be met. */
        private static final Pattern NEVER_SENT = Pattern.compile("http://.*:80|https://.*:443");

        private CorsProperties() {}

        /** @throws InvalidSettingException when a value is not an origin as browsers send it */
        static Set<String> origins(PropertyValues values) throws PropertyValues.InvalidSettingException {
            List<String> origins = values.list(Property.CORS_ALLOWED_ORIGINS);
            if (origins.size() > MAX_ORIGINS) {
                throw refused("there are more than " + MAX_ORIGINS + "; list fewer");
            }
            for (String origin : origins) {
                if (!ORIGIN.matcher(origin).matches()
                        || NEVER_SENT.matcher(origin).matches()) {
                    throw refused(
                            "expected origins as browsers send them, https://app.example.com or http://localhost:3000: in lower case, without path, *, or the scheme's own port");
                }
            }
            return Set.copyOf(origins);
        }

        private static PropertyValues.InvalidSettingException refused(String problem) {
            return new PropertyValues.InvalidSettingException(Property.CORS_ALLOWED_ORIGINS.key(), problem);
        }
    }

    /**
     * Bounds of the ports in time and count. Bounds in size are the protocol's and not set here.
     *
     * @param bodyTimeout how long a request may take to arrive whole
     * @param idleTimeout how long a connection may stay silent
     * @param workers requests worked on at once
     * @param queue requests that may wait for a worker
     * @param drain how long a server that ends may take to answer what it has taken in
     * @param trustedProxies whose word on who the client is counts at every face
     * @param budget how long a request that has arrived may wait for a worker and for the store
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
        /** Seconds that a server may take at most to end. */
        public static final int MOST_DRAIN = 300;

        /** @throws InvalidSettingException when a value is malformed or out of its bounds */
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

        /** The same with another time to drain. */
        public HttpSettings draining(Duration other) {
            return new HttpSettings(
                    bodyTimeout, idleTimeout, connections, workers, queue, other, trustedProxies, budget);
        }
    }
}
