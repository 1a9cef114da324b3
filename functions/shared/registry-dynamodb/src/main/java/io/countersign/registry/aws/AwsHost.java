package io.countersign.registry.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;

/** The environment of a process that is a client of AWS. */
public enum AwsHost {
    /** Any machine: credentials come from the default sources of the AWS SDK. */
    MACHINE {
        @Override
        <B extends AwsClientBuilder<B, ?>> B prepare(B builder) {
            return builder;
        }

        @Override
        ClientOverrideConfiguration.Builder prepare(ClientOverrideConfiguration.Builder configuration) {
            return configuration;
        }
    },
    /**
     * A Lambda: its credentials are in its environment, so neither a file nor the metadata of an instance is looked up
     * before the first request.
     */
    LAMBDA {
        @Override
        <B extends AwsClientBuilder<B, ?>> B prepare(B builder) {
            return builder.credentialsProvider(credentials())
                    .defaultsMode(DefaultsMode.LEGACY)
                    .dualstackEnabled(false)
                    .fipsEnabled(false);
        }

        @Override
        ClientOverrideConfiguration.Builder prepare(ClientOverrideConfiguration.Builder configuration) {
            return configuration.defaultProfileFile(ProfileFile.aggregator().build());
        }
    };

    /**
     * The source of credentials of a restored snapshot. Credentials in the environment would have been stored in the
     * snapshot.
     */
    private static final String CONTAINER = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

    abstract <B extends AwsClientBuilder<B, ?>> B prepare(B builder);

    abstract ClientOverrideConfiguration.Builder prepare(ClientOverrideConfiguration.Builder configuration);

    private static AwsCredentialsProvider credentials() {
        return System.getenv(CONTAINER) == null
                ? EnvironmentVariableCredentialsProvider.create()
                : ContainerCredentialsProvider.create();
    }
}
