package io.countersign.clients;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.credentials.exception.CredentialException;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.URLCredentialProvider;
import io.countersign.gateway.storage.Login;
import org.junit.jupiter.api.extension.ExtendWith;

/** com.aliyun:credentials-java. */
@ExtendWith(ClientStorageParameter.class)
class CredentialsUriIT extends CredentialsUriContract {
    private final ClientStorage guarded;

    CredentialsUriIT(ClientStorage guarded) {
        this.guarded = guarded;
    }

    @Override
    ClientStorage guarded() {
        return guarded;
    }

    @Override
    Login login(String uri) {
        try (URLCredentialProvider provider =
                URLCredentialProvider.builder().credentialsURI(uri).build()) {
            CredentialModel made = provider.getCredentials();
            return new Login(made.getAccessKeyId(), made.getAccessKeySecret(), made.getSecurityToken());
        }
    }

    @Override
    String refusal(String uri) {
        return String.valueOf(catchThrowableOfType(CredentialException.class, () -> login(uri))
                .getMessage());
    }
}
