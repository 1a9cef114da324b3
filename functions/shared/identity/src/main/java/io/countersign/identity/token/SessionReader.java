package io.countersign.identity.token;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.Principal;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Name;
import io.countersign.registry.Role;
import io.countersign.registry.SessionFacts;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Opens the sessions behind security tokens.
 *
 * <p>Guarantees: a session is answered only when this registry sealed its token, whole and unchanged; the token belongs to the access key id that it was
 * presented with; it has not expired; and at this moment its role still stands under the id that it had, its provider stands or its parent key verifies, and
 * none of them was revoked since it was issued. Its policies are those that the role has now. Opened tokens are remembered, these checks are not: each is made
 * each time, as old as the registry's cache at most. Safe for any number of threads.
 */
public final class SessionReader {
    private final KeyRegistry registry;
    private final OpenedTokens opened = new OpenedTokens();

    public SessionReader(KeyRegistry registry) {
        this.registry = registry;
    }

    /**
     * Opens a session. Whoever presents it has yet to prove by a signature that they hold its secret.
     *
     * @param accessKeyId as it was presented with the token
     * @param now the present
     * @throws OssRefusal InvalidSecurityToken (0002-00000006), AccessKeyIdAndSecurityTokenNotMatch, or SecurityTokenExpired (0002-00000007)
     * @throws StoreUnavailable when the registry does not answer: nothing is known of the session
     */
    public OpenedSession open(String accessKeyId, SecurityToken token, Instant now)
            throws OssRefusal, StoreUnavailable {
        TokenText text = TokenText.of(token);
        SealedContent content = opened.open(text, registry.tokenKeys(() -> List.of(restsOn(text, now)), now), now)
                .orElseThrow(() -> new OssRefusal(OssError.INVALID_SECURITY_TOKEN));
        if (!content.accessKeyId().equals(accessKeyId)) {
            throw new OssRefusal(OssError.ACCESS_KEY_ID_AND_SECURITY_TOKEN_NOT_MATCH);
        }
        if (!now.isBefore(content.expires())) {
            throw new OssRefusal(OssError.SECURITY_TOKEN_EXPIRED);
        }
        SessionFacts facts = registry.session(content.restsOn(), now);
        Optional<Role> role = facts.role();
        if (role.isEmpty() || !facts.stands(content.issued())) {
            throw ended();
        }
        return new OpenedSession(
                content.accessKeyId(),
                content.secret(),
                principal(content, role.get()),
                content.roleId(),
                Subjects.of(content, role.get()),
                content.expires());
    }

    /** What {@link #open} will ask the registry for, as far as that is known without asking it. */
    public List<Name> names(SecurityToken token, Instant now) {
        return List.of(new Name.OfTokenKeys(), restsOn(TokenText.of(token), now));
    }

    private Name restsOn(TokenText text, Instant now) {
        return opened.last(text)
                .or(() -> registry.rememberedTokenKeys(now).flatMap(keys -> opened.open(text, keys, now)))
                .<Name>map(content -> new Name.OfSession(content.restsOn()))
                .orElseGet(Name.OfSomeSession::new);
    }

    private static Principal.AssumedRole principal(SealedContent content, Role role) throws OssRefusal {
        try {
            return SessionPrincipals.of(content, role);
        } catch (IllFormedClaimException e) {
            throw ended();
        }
    }

    /** Which of the reasons it was is for the account to know, not for whoever holds the token. */
    private static OssRefusal ended() {
        return new OssRefusal(
                OssError.INVALID_SECURITY_TOKEN,
                OssError.INVALID_SECURITY_TOKEN.message() + " Its session was ended; ask for a new one.");
    }
}
