package io.countersign.token.sts;

import io.countersign.identity.token.Nonces;
import io.countersign.identity.token.SessionReader;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.Principal;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureCheck;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Authenticates the caller: the access key, the security token, the signature and then the nonce. The nonce comes last, so that only the key's holder can use one up. */
final class CallerCheck {
    private static final String SESSION_PREFIX = "STS.";

    private final KeyRegistry registry;
    private final SessionReader sessions;
    private final Nonces nonces;

    CallerCheck(KeyRegistry registry, SessionReader sessions, Nonces nonces) {
        this.registry = registry;
        this.sessions = sessions;
        this.nonces = nonces;
    }

    private record KeyHolder(StsCaller caller, Secret secret) {}

    /**
     * @param later the records that the call needs once its caller is known
     * @throws StsRefusal when the key, the token, the signature or the nonce is invalid
     */
    StsCaller caller(CallSignature signature, ReadAhead later, Instant now) throws StsRefusal, StoreUnavailable {
        CallSignature.Claim claim = signature.claim();
        KeyHolder holder = claim.accessKeyId().startsWith(SESSION_PREFIX)
                ? session(claim, now)
                : accessKey(claim.accessKeyId(), claim.token(), later, now);
        if (signature.check(holder.secret()) instanceof SignatureCheck.Mismatch mismatch) {
            throw mismatch(mismatch.form());
        }
        if (!nonces.firstUse(claim.accessKeyId(), claim.nonce(), claim.signed().replayableUntil(), now)) {
            throw new StsRefusal(StsRefusal.Code.NONCE_USED);
        }
        return holder.caller();
    }

    private KeyHolder accessKey(String id, Optional<SecurityToken> token, ReadAhead later, Instant now)
            throws StsRefusal, StoreUnavailable {
        Facts.Query query = new Facts.Query(Optional.of(id), Set.of(), Optional.empty());
        Optional<Facts.Identity> identity = registry.load(query, later, now).identity();
        if (identity.isEmpty()) {
            throw new StsRefusal(StsRefusal.Code.KEY_NOT_FOUND);
        }
        if (!identity.get().key().status().verifies()) {
            throw new StsRefusal(StsRefusal.Code.KEY_INACTIVE);
        }
        if (token.isPresent()) {
            throw new StsRefusal(StsRefusal.Code.TOKEN_MISMATCH);
        }
        return new KeyHolder(
                new StsCaller(identity.get().principal(), id, Optional.empty(), Optional.empty()),
                identity.get().key().secret());
    }

    private KeyHolder session(CallSignature.Claim claim, Instant now) throws StsRefusal, StoreUnavailable {
        if (claim.token().isEmpty()) {
            throw StsRefusal.missing("SecurityToken");
        }
        try {
            SessionReader.OpenedSession session =
                    sessions.open(claim.accessKeyId(), claim.token().get(), now);
            return new KeyHolder(
                    new StsCaller(
                            session.principal(),
                            session.accessKeyId(),
                            Optional.of(session.roleId()),
                            Optional.of(session.sessionId())),
                    session.secret());
        } catch (OssRefusal refusal) {
            throw new StsRefusal(error(refusal.error()));
        }
    }

    private static StsRefusal.Code error(OssError error) {
        if (error == OssError.SECURITY_TOKEN_EXPIRED) {
            return StsRefusal.Code.TOKEN_EXPIRED;
        }
        return error == OssError.ACCESS_KEY_ID_AND_SECURITY_TOKEN_NOT_MATCH
                ? StsRefusal.Code.TOKEN_MISMATCH
                : StsRefusal.Code.TOKEN_MALFORMED;
    }

    /** Contains the string to sign of the server, in which fingerprints replace security tokens. */
    private static StsRefusal mismatch(CanonicalForm form) {
        String text = StsRefusal.Code.SIGNATURE_MISMATCH.message() + " server string to sign is:" + form.stringToSign();
        return new StsRefusal(
                StsRefusal.Code.SIGNATURE_MISMATCH,
                form.canonicalRequest().isEmpty()
                        ? text
                        : text + " server canonical request is:"
                                + form.canonicalRequest().get());
    }

    /**
     * An authenticated caller.
     *
     * @param roleId of the session's role; empty for a user or an account
     * @param sessionId empty for a user or an account
     */
    record StsCaller(Principal principal, String accessKeyId, Optional<String> roleId, Optional<String> sessionId) {}
}
