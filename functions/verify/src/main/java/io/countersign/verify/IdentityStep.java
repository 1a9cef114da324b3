package io.countersign.verify;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.AccessKeyRecord;
import io.countersign.registry.Facts;
import io.countersign.registry.Identity;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whose access key a request presents, and whether a key in that state may be used. */
record IdentityStep(SessionOpener sessions) {
    private static final String SESSION_PREFIX = "STS.";

    /** The id to look up in the registry; a session's key is not there, its token carries it. */
    static Optional<String> registryKey(Credentials credentials) {
        return switch (credentials) {
            case Credentials.None none -> Optional.empty();
            case Credentials.Signed signed -> Optional.of(signed.accessKeyId()).filter(id -> !isSessionKey(id));
        };
    }

    /** @throws OssRefusal InvalidAccessKeyId for a key that is unknown or inactive, or for a session's without its token; what {@link SessionOpener} refuses */
    Claimant identify(Credentials credentials, Facts facts, Instant now) throws OssRefusal, StoreUnavailable {
        return switch (credentials) {
            case Credentials.None none -> new Claimant.Anyone();
            case Credentials.Signed signed ->
                isSessionKey(signed.accessKeyId()) ? ofSession(signed, now) : ofRegistry(signed, facts);
        };
    }

    private Claimant ofSession(Credentials.Signed signed, Instant now) throws OssRefusal, StoreUnavailable {
        if (signed.securityToken().isEmpty()) {
            throw refused(OssError.INVALID_ACCESS_KEY_ID, signed);
        }
        SessionOpener.Session session =
                sessions.open(signed.accessKeyId(), signed.securityToken().get(), now);
        return new Claimant.Holder(signed, session.secret(), session.principal(), session.subject());
    }

    private static Claimant ofRegistry(Credentials.Signed signed, Facts facts) throws OssRefusal {
        Identity identity = facts.identity().orElseThrow(() -> refused(OssError.INVALID_ACCESS_KEY_ID, signed));
        AccessKeyRecord key = identity.key();
        if (!key.status().verifies()) {
            throw refused(OssError.ACCESS_KEY_DISABLED, signed);
        }
        if (signed.securityToken().isPresent()) {
            throw refused(OssError.SECURITY_TOKEN_NOT_SUPPORTED, signed);
        }
        return new Claimant.Holder(signed, key.secret(), identity.principal(), Optional.empty());
    }

    private static boolean isSessionKey(String accessKeyId) {
        return accessKeyId.startsWith(SESSION_PREFIX);
    }

    private static OssRefusal refused(OssError error, Credentials.Signed signed) {
        return new OssRefusal(error, error.message(), Map.of("OSSAccessKeyId", signed.accessKeyId()));
    }
}
