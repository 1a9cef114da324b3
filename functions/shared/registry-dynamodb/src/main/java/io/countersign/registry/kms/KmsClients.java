package io.countersign.registry.kms;

import io.countersign.registry.aws.AwsClients;
import io.countersign.registry.aws.AwsHost;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/** Makes the client of KMS: one for a process. */
public final class KmsClients {
    private KmsClients() {}

    /**
     * A client whose attempts fit into the budget.
     *
     * @param region the key's
     * @param endpoint another than the region's own
     */
    public static KmsClient of(String region, Optional<URI> endpoint, KmsSettings settings, AwsHost host) {
        return AwsClients.<KmsClient, KmsClientBuilder>of(
                KmsClient.builder(), region, endpoint, settings.budget(), host);
    }
}
