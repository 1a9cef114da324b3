package io.countersign.token.sts;

import io.countersign.oss.HttpMethod;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.rpc.Acs3Request;
import io.countersign.signing.rpc.Acs3Signature;
import io.countersign.signing.rpc.RpcSignature;
import java.util.Optional;

/** What a call shows for who it is from; nothing of it is believed before {@link #check} says that it matches. */
sealed interface Proof {
    Claim claim();

    /** Whether the signature is made with this secret. */
    SignatureCheck check(Secret secret);

    /**
     * What both kinds of signature carry.
     *
     * @param nonce 1 to 128 printable characters
     */
    record Claim(String accessKeyId, Optional<SecurityToken> token, SigningMoment signed, String nonce) {}

    record Rpc(Claim claim, HttpMethod method, Parameters parameters, String signature) implements Proof {
        @Override
        public SignatureCheck check(Secret secret) {
            return RpcSignature.check(method, parameters.all(), signature, secret);
        }
    }

    record Acs3(Claim claim, Acs3Request request, String signature) implements Proof {
        @Override
        public SignatureCheck check(Secret secret) {
            return Acs3Signature.check(request, signature, secret);
        }
    }
}
