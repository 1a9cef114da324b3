package io.countersign.gateway.config;

import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.guard.PrivateTokensFile;
import io.countersign.presign.PostPolicySettings;
import io.countersign.presign.PresignProperties;
import io.countersign.presign.PresignSettings;
import io.countersign.registry.CacheSettings;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import io.countersign.signcontent.SignContentProperties;
import io.countersign.signcontent.SignContentSettings;
import io.countersign.token.upstream.StsEndpoint;
import io.countersign.verify.VerifyProperties;
import io.countersign.verify.forwardauth.AuthProperties;
import io.countersign.verify.forwardauth.AuthSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

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
        StsEndpoint stsEndpoint,
        DataSettings data,
        PresignSettings presign,
        PostPolicySettings postPolicy,
        SignContentSettings signContent,
        VerifyProperties verify,
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
    public static Settings from(PropertyValues values) throws InvalidSettingException {
        VerifyProperties verify = VerifyProperties.from(values);
        return new Settings(
                HttpSettings.from(values),
                CacheSettings.from(values),
                values.uri(Property.TOKEN_STS_ENDPOINT, StsEndpoint::new),
                DataSettings.from(values),
                PresignProperties.from(values),
                PresignProperties.postPolicy(values),
                SignContentProperties.from(values),
                verify,
                AuthProperties.from(values, verify.bases()),
                CorsProperties.origins(values),
                RotationProperties.from(values),
                values.string(Property.PRIVATE_HOST),
                HostProperties.hosts(values),
                tokens(values));
    }

    private static Optional<PrivateTokens> tokens(PropertyValues values) throws InvalidSettingException {
        Optional<String> file = values.optional(Property.PRIVATE_TOKENS);
        return file.isEmpty() ? Optional.empty() : Optional.of(PrivateTokensFile.read(Path.of(file.get())));
    }

    /** The settings of this process: its system properties, then its environment. */
    public static Settings ofProcess() throws InvalidSettingException {
        return from(PropertyValues.of(
                System.getProperties().stringPropertyNames().stream()
                        .collect(java.util.stream.Collectors.toMap(name -> name, System::getProperty)),
                System.getenv()));
    }
}
