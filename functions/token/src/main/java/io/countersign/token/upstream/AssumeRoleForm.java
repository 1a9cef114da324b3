package io.countersign.token.upstream;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.rpc.RpcSignature;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** AssumeRole as a form, signed with RPC signature V1 (protocol.md 6). */
final class AssumeRoleForm {
    private static final int NONCE_BYTES = 16;

    private final SecureRandom random;

    AssumeRoleForm(SecureRandom random) {
        this.random = random;
    }

    /** The form, of ASCII characters alone; each has a nonce of its own. */
    String signed(Wanted wanted, AccessKey signer, Instant now) {
        QueryParameters parameters = QueryParameters.NONE
                .and("Action", "AssumeRole")
                .and("Version", "2015-04-01")
                .and("Format", "JSON")
                .and("AccessKeyId", signer.id())
                .and("SignatureMethod", "HMAC-SHA1")
                .and("SignatureVersion", "1.0")
                .and("SignatureNonce", nonce())
                .and("Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .and("RoleArn", wanted.roleArn())
                .and("RoleSessionName", wanted.sessionName())
                .and("DurationSeconds", Long.toString(wanted.duration().toSeconds()))
                .and("Policy", wanted.policy());
        return parameters
                .and("Signature", RpcSignature.sign(HttpMethod.POST, parameters, signer.secret()))
                .encoded();
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * The session that is asked for.
     *
     * @param policy 1 to 2,048 characters
     */
    record Wanted(String roleArn, String sessionName, Duration duration, String policy) {}
}
