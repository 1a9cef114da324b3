package io.countersign.registry.kms;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.wrapping.KeyWrapper;
import io.countersign.registry.wrapping.KmsServer;
import io.countersign.registry.wrapping.WrappedRootKeyContract;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** A root key under AWS KMS. */
class KmsRootKeyTest extends WrappedRootKeyContract {
    private final FakeKms kms = new FakeKms();
    private final Queue<KmsClient> clients = new ConcurrentLinkedQueue<>();

    KmsRootKeyTest() {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "localsecret");
    }

    @AfterEach
    void closeClients() {
        clients.forEach(KmsClient::close);
    }

    @Override
    protected KmsServer kms() {
        return kms;
    }

    @Override
    protected KeyWrapper wrapper(String keyId, Duration budget) {
        KmsClient client = KeyLocation.Clients.of(
                "us-east-1", Optional.of(kms.endpoint()), new KeyLocation.Key(keyId, budget), AwsHost.MACHINE);
        clients.add(client);
        return new AwsKeyWrapper(client, keyId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "alias/ü", "key\n"})
    void refusesAnInvalidKeyId(String keyId) {
        assertThatThrownBy(() -> new KeyLocation.Key(keyId, PATIENT)).isInstanceOf(IllegalArgumentException.class);
    }
}
