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

/** Finds out who a call is from. In this order: the access key, the security token, the signature, and only then the nonce, so that nobody can use up another's. */
final class CallerCheck {
    /** How the ids of sessions begin. */
    private static final String OF_SESSION = "STS.";

    private final KeyRegistry registry;
    private final SessionReader sessions;
    private final Nonces nonces;

    CallerCheck(KeyRegistry registry, SessionReader sessions, Nonces nonces) {
        this.registry = registry;
        this.sessions = sessions;
        this.nonces = nonces;
    }

    private record Known(StsCaller caller, Secret secret) {}

    /**
     * @param later what the call asks the registry for once its caller is known
     * @throws StsRefusal when the key, the token, the signature or the nonce is not good
     */
    StsCaller caller(CallSignature proof, ReadAhead later, Instant now) throws StsRefusal, StoreUnavailable {
        CallSignature.Claim claim = proof.claim();
        Known known = claim.accessKeyId().startsWith(OF_SESSION)
                ? session(claim, now)
                : accessKey(claim.accessKeyId(), claim.token(), later, now);
        if (proof.check(known.secret()) instanceof SignatureCheck.Mismatch mismatch) {
            throw mismatch(mismatch.form());
        }
        if (!nonces.firstUse(claim.accessKeyId(), claim.nonce(), claim.signed().replayableUntil(), now)) {
            throw new StsRefusal(StsRefusal.StsError.NONCE_USED);
        }
        return known.caller();
    }

    private Known accessKey(String id, Optional<SecurityToken> token, ReadAhead later, Instant now)
            throws StsRefusal, StoreUnavailable {
        Facts.FactsQuery query = new Facts.FactsQuery(Optional.of(id), Set.of(), Optional.empty());
        Optional<Facts.Identity> identity = registry.load(query, later, now).identity();
        if (identity.isEmpty()) {
            throw new StsRefusal(StsRefusal.StsError.KEY_NOT_FOUND);
        }
        if (!identity.get().key().status().verifies()) {
            throw new StsRefusal(StsRefusal.StsError.KEY_INACTIVE);
        }
        if (token.isPresent()) {
            throw new StsRefusal(StsRefusal.StsError.TOKEN_MISMATCH);
        }
        return new Known(
                new StsCaller(identity.get().principal(), id, Optional.empty()),
                identity.get().key().secret());
    }

    private Known session(CallSignature.Claim claim, Instant now) throws StsRefusal, StoreUnavailable {
        if (claim.token().isEmpty()) {
            throw StsRefusal.missing("SecurityToken");
        }
        try {
            SessionReader.OpenedSession session =
                    sessions.open(claim.accessKeyId(), claim.token().get(), now);
            return new Known(
                    new StsCaller(session.principal(), session.accessKeyId(), Optional.of(session.roleId())),
                    session.secret());
        } catch (OssRefusal refusal) {
            throw new StsRefusal(error(refusal.error()));
        }
    }

    private static StsRefusal.StsError error(OssError error) {
        if (error == OssError.SECURITY_TOKEN_EXPIRED) {
            return StsRefusal.StsError.TOKEN_EXPIRED;
        }
        return error == OssError.ACCESS_KEY_ID_AND_SECURITY_TOKEN_NOT_MATCH
                ? StsRefusal.StsError.TOKEN_MISMATCH
                : StsRefusal.StsError.TOKEN_MALFORMED;
    }

    /** What the server signed is what helps most; security tokens in it are replaced by their fingerprints. */
    private static StsRefusal mismatch(CanonicalForm form) {
        String text =
                StsRefusal.StsError.SIGNATURE_MISMATCH.message() + " server string to sign is:" + form.stringToSign();
        return new StsRefusal(
                StsRefusal.StsError.SIGNATURE_MISMATCH,
                form.canonicalRequest().isEmpty()
                        ? text
                        : text + " server canonical request is:"
                                + form.canonicalRequest().get());
    }

    /**
     * Who made a call, its signature checked.
     *
     * @param roleId of a session's role
     */
    record StsCaller(Principal principal, String accessKeyId, Optional<String> roleId) {}
}
