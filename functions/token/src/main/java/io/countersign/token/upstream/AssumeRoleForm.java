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

/** Writes AssumeRole as a form that is signed with RPC signature V1 (docs/protocol.md 6). */
final class AssumeRoleForm {
    private static final int NONCE_BYTES = 16;

    private final SecureRandom random;

    AssumeRoleForm(SecureRandom random) {
        this.random = random;
    }

    /** The form in ASCII, with a new nonce each time. */
    String signed(Parameters parameters, AccessKey signer, Instant now) {
        QueryParameters form = QueryParameters.NONE
                .and("Action", "AssumeRole")
                .and("Version", "2015-04-01")
                .and("Format", "JSON")
                .and("AccessKeyId", signer.id())
                .and("SignatureMethod", "HMAC-SHA1")
                .and("SignatureVersion", "1.0")
                .and("SignatureNonce", nonce())
                .and("Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .and("RoleArn", parameters.roleArn())
                .and("RoleSessionName", parameters.sessionName())
                .and("DurationSeconds", Long.toString(parameters.duration().toSeconds()))
                .and("Policy", parameters.policy());
        return form.and("Signature", RpcSignature.sign(HttpMethod.POST, form, signer.secret()))
                .encoded();
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * The parameters of the session.
     *
     * @param policy 1 to 2,048 characters
     */
    record Parameters(String roleArn, String sessionName, Duration duration, String policy) {}
}
