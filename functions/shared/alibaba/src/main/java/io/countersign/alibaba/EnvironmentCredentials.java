package io.countersign.alibaba;

import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.rpc.Acs3Call;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials of this process at Alibaba Cloud. They are in the environment, under the names that Alibaba Cloud's SDKs read there (help.aliyun.com, "Manage
 * access credentials"). They are no system properties, which every user of the machine can list.
 */
public final class EnvironmentCredentials {
    /** The variable with the id of the access key. */
    public static final String ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    /** The variable with its secret. */
    public static final String SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    /** The variable with the security token, when the key is a session's. */
    public static final String TOKEN = "ALIBABA_CLOUD_SECURITY_TOKEN";

    private EnvironmentCredentials() {}

    /** Returns empty when the id or the secret is missing, or a value is malformed: too long, or a token with other than visible ASCII. */
    public static Optional<Acs3Call.Signer> of(Map<String, String> environment) {
        String id = environment.getOrDefault(ID, "");
        String secret = environment.getOrDefault(SECRET, "");
        String token = environment.getOrDefault(TOKEN, "");
        if (!id.matches("[!-~]{1," + AccessKey.MAX_ID_LENGTH + "}")
                || !secret.matches("[!-~]{1," + Secret.MAX_LENGTH + "}")
                || !token.isEmpty() && !SecurityToken.isPossible(token)) {
            return Optional.empty();
        }
        return Optional.of(new Acs3Call.Signer(
                new AccessKey(id, Secret.of(secret)),
                token.isEmpty() ? Optional.empty() : Optional.of(SecurityToken.of(token))));
    }
}
