package io.countersign.clients;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.credentials.exception.CredentialException;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.storage.Login;
import io.countersign.testkit.SelfSigned;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** com.aliyun:credentials-java, which trusts what this process trusts. */
@Tag("nginx")
class ProjectedTokenIT extends ProjectedTokenContract {
    @Override
    Login login(StsNginx sts, Path tokenFile) {
        try (ProcessSettings trust = new ProcessSettings()) {
            trust.set("javax.net.ssl.trustStore", sts.keyStore().toString());
            trust.set("javax.net.ssl.trustStorePassword", SelfSigned.PASSWORD);
            trust.set("javax.net.ssl.trustStoreType", "PKCS12");
            try (OIDCRoleArnCredentialProvider provider = OIDCRoleArnCredentialProvider.builder()
                    .roleArn(ROLE)
                    .oidcProviderArn(PROVIDER)
                    .oidcTokenFilePath(tokenFile.toString())
                    .STSEndpoint(sts.authority())
                    .build()) {
                CredentialModel made = provider.getCredentials();
                return new Login(made.getAccessKeyId(), made.getAccessKeySecret(), made.getSecurityToken());
            }
        }
    }

    @Override
    String refusal(StsNginx sts, Path tokenFile) {
        return String.valueOf(catchThrowableOfType(CredentialException.class, () -> login(sts, tokenFile))
                .getMessage());
    }
}
