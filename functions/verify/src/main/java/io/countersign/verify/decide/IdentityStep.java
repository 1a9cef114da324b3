package io.countersign.verify.decide;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.Principal;
import io.countersign.registry.Facts;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Identifies the owner of the access key that a request presents, and checks that the key is active. */
record IdentityStep(SessionOpener sessions) {
    private static final String SESSION_PREFIX = "STS.";

    /** The access key id to look up in the registry. The key of a session is not there: its token contains it. */
    static Optional<String> registryKey(Credentials credentials) {
        return switch (credentials) {
            case Credentials.None none -> Optional.empty();
            case Credentials.Signed signed -> Optional.of(signed.accessKeyId()).filter(id -> !isSessionKey(id));
        };
    }

    /** @throws OssRefusal InvalidAccessKeyId for a key that is unknown or inactive, or for a session's key without its token; any refusal of {@link SessionOpener} */
    Requester identify(Credentials credentials, Facts facts, Instant now) throws OssRefusal, StoreUnavailable {
        return switch (credentials) {
            case Credentials.None none -> new Requester.Anyone();
            case Credentials.Signed signed ->
                isSessionKey(signed.accessKeyId()) ? ofSession(signed, now) : ofRegistry(signed, facts);
        };
    }

    private Requester ofSession(Credentials.Signed signed, Instant now) throws OssRefusal, StoreUnavailable {
        if (signed.securityToken().isEmpty()) {
            throw refused(OssError.INVALID_ACCESS_KEY_ID, signed);
        }
        SessionOpener.Session session =
                sessions.open(signed.accessKeyId(), signed.securityToken().get(), now);
        return new Requester.Holder(
                signed,
                session.secret(),
                session.principal(),
                session.subject(),
                session.id(),
                Optional.of(session.expiresAt()));
    }

    private static Requester ofRegistry(Credentials.Signed signed, Facts facts) throws OssRefusal {
        Facts.Identity identity = facts.identity().orElseThrow(() -> refused(OssError.INVALID_ACCESS_KEY_ID, signed));
        Facts.AccessKeyRecord key = identity.key();
        if (!key.status().verifies()) {
            throw refused(OssError.ACCESS_KEY_DISABLED, signed);
        }
        if (signed.securityToken().isPresent()) {
            throw refused(OssError.SECURITY_TOKEN_NOT_SUPPORTED, signed);
        }
        return new Requester.Holder(
                signed, key.secret(), identity.principal(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static boolean isSessionKey(String accessKeyId) {
        return accessKeyId.startsWith(SESSION_PREFIX);
    }

    private static OssRefusal refused(OssError error, Credentials.Signed signed) {
        return new OssRefusal(error, error.message(), Map.of("OSSAccessKeyId", signed.accessKeyId()));
    }

    /** The principal that a request claims to come from. */
    sealed interface Requester {
        /** An anonymous requester: the request is not signed. */
        record Anyone() implements Requester {}

        /**
         * The holder of a secret. The signature has yet to prove it.
         *
         * @param subject the user that a session acts for; empty for an access key
         * @param sessionId empty for an access key
         * @param expiresAt the moment from which the session is refused; empty for an access key
         */
        record Holder(
                Credentials.Signed credentials,
                Secret secret,
                Principal principal,
                Optional<String> subject,
                Optional<String> sessionId,
                Optional<Instant> expiresAt)
                implements Requester {}

        /** The moment from which whatever the requester signed is refused; empty where nobody knows one. */
        default Optional<Instant> end() {
            return switch (this) {
                case Anyone anyone -> Optional.empty();
                case Holder holder -> holder.expiresAt();
            };
        }

        default Principal principal() {
            return switch (this) {
                case Anyone anyone -> new Principal.Anonymous();
                case Holder holder -> holder.principal();
            };
        }
    }
}
