package io.countersign.token.sts;

import io.countersign.oss.HttpMethod;
import java.time.Instant;

/** Reads what RPC signature V1 puts among the parameters. */
final class RpcProofReader {
    private static final String METHOD = "HMAC-SHA1";
    private static final String VERSION = "1.0";

    private RpcProofReader() {}

    /** @throws StsRefusal when a parameter is missing or malformed, or the moment is too far from now */
    static Proof read(HttpMethod method, Parameters parameters, Instant now) throws StsRefusal {
        String id = Checks.accessKeyId(required(parameters, "AccessKeyId"));
        String signature = required(parameters, "Signature");
        if (!required(parameters, "SignatureMethod").equalsIgnoreCase(METHOD)) {
            throw new StsRefusal(
                    StsError.INVALID_SIGNATURE_METHOD,
                    StsError.INVALID_SIGNATURE_METHOD.message() + " Use " + METHOD + ".");
        }
        if (!required(parameters, "SignatureVersion").equals(VERSION)) {
            throw new StsRefusal(StsError.INCOMPLETE_SIGNATURE, "The SignatureVersion is " + VERSION + ".");
        }
        SigningMoment signed = SigningMoment.parse(required(parameters, "Timestamp"), now);
        String nonce = Checks.nonce(required(parameters, "SignatureNonce"));
        return new Proof.Rpc(
                new Proof.Claim(id, Checks.token(parameters.value("SecurityToken")), signed, nonce),
                method,
                parameters,
                signature);
    }

    private static String required(Parameters parameters, String name) throws StsRefusal {
        return parameters.value(name).orElseThrow(() -> StsRefusal.missing(name));
    }
}
