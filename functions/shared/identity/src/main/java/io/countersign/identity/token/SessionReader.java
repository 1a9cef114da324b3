package io.countersign.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.json.InvalidDocumentException;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.Principal;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Role;
import io.countersign.registry.SessionFacts;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Opens the sessions behind security tokens.
 *
 * <p>Guarantees: a session is returned only if this registry sealed its token, the token is unchanged, it belongs to the presented access key id and it has not
 * expired; the role still exists under its id, the provider still exists or the parent key still verifies, and neither of them, nor the subject, nor the session itself was revoked since the session was issued; some face may make sessions of the role.
 * The session has the current policies of the role. Opened tokens are cached, but every check runs for each call, on data no older than the registry's cache. Safe for
 * any number of threads.
 */
public final class SessionReader {
    private final KeyRegistry registry;
    private final OpenedTokens opened = new OpenedTokens();
    private final FilledPrincipals principals = new FilledPrincipals();

    public SessionReader(KeyRegistry registry) {
        this.registry = registry;
    }

    /**
     * Opens a session. The caller must still verify a signature with the secret of the session.
     *
     * @param accessKeyId the id that was presented with the token
     * @param now the present
     * @throws OssRefusal InvalidSecurityToken (0002-00000006), AccessKeyIdAndSecurityTokenNotMatch, or SecurityTokenExpired (0002-00000007)
     * @throws StoreUnavailable when the registry does not answer
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
        if (role.isEmpty() || !facts.stands(content.issued(), content.login().orElse(content.issued()))) {
            throw ended();
        }
        // Made before the role was restricted to faces that make none.
        if (!role.get().faces().makeSessions()) {
            throw ended();
        }
        return new OpenedSession(
                content.accessKeyId(),
                content.secret(),
                principal(content, role.get()),
                content.roleId(),
                content.tokenId(),
                Subjects.of(content, role.get()),
                content.expires());
    }

    /** The records that {@link #open} will need, as far as they are known without reading the registry. */
    public List<ReadAhead.Hint> names(SecurityToken token, Instant now) {
        return List.of(new ReadAhead.Hint.OfTokenKeys(), restsOn(TokenText.of(token), now));
    }

    private ReadAhead.Hint restsOn(TokenText text, Instant now) {
        return opened.last(text)
                .or(() -> registry.lastTokenKeys().flatMap(keys -> opened.open(text, keys, now)))
                .<ReadAhead.Hint>map(content -> new ReadAhead.Hint.OfSession(content.restsOn()))
                .orElseGet(ReadAhead.Hint.OfSomeSession::new);
    }

    private Principal.AssumedRole principal(SealedContent content, Role role) throws OssRefusal {
        try {
            return principals.of(content, role);
        } catch (IllFormedClaimException e) {
            throw ended();
        }
    }

    /** The same for every reason, which the holder of the token must not learn. */
    private static OssRefusal ended() {
        return new OssRefusal(
                OssError.INVALID_SECURITY_TOKEN,
                OssError.INVALID_SECURITY_TOKEN.message() + " Its session was ended; ask for a new one.");
    }

    /**
     * Derives the subject of a session. Two people never have the same subject: a name that a caller chose never equals one that a provider vouches for, and subjects of different providers differ. Providers of other
     * accounts and SAML providers do not count, because no session is based on them.
     */
    static final class Subjects {
        private Subjects() {}

        static Optional<String> of(SealedContent content, Role role) {
            int providers = role.trust().providersOf(role.accountId());
            return switch (content.founder()) {
                case RevocationItem.Revocable.OfProvider provider ->
                    Optional.of(providers > 1 ? provider.name() + ":" + content.subject() : content.subject());
                case RevocationItem.Revocable.OfAccessKey key ->
                    Optional.of(content.subject()).filter(name -> providers == 0);
            };
        }
    }

    /**
     * Caches the contents of opened tokens by their text, to avoid repeated decryption. It caches no refusal: whether the key may still open tokens, and whether the session
     * is still valid, is checked each time.
     */
    static final class OpenedTokens {
        /** The most characters of all cached tokens: about 2,000 of the longest, or 8,000 of a usual size. */
        private static final long MAX_CHARACTERS = 8L * 1024 * 1024;

        private final Cache<TokenText, Opened> tokens = Caffeine.newBuilder()
                .maximumWeight(MAX_CHARACTERS)
                .weigher((TokenText text, Opened opened) -> text.text().length())
                .executor(Runnable::run)
                .build();

        /** @param keyId the key that opened it; ids of keys are never reused */
        private record Opened(String keyId, SealedContent content) {}

        /** Empty when the token does not decrypt under its key, or when that key may not open tokens at this moment. */
        Optional<SealedContent> open(TokenText text, TokenKeyRing keys, Instant now) {
            Opened cached = tokens.getIfPresent(text);
            if (cached != null) {
                return keys.opening(cached.keyId(), now).map(key -> cached.content());
            }
            Optional<TokenText.Sealed> sealed = text.sealed();
            Optional<TokenKeyRing.TokenKey> key = sealed.flatMap(token -> keys.opening(token.keyId(), now));
            if (sealed.isEmpty() || key.isEmpty()) {
                return Optional.empty();
            }
            Optional<SealedContent> content =
                    TokenCipher.open(sealed.get(), key.get()).flatMap(OpenedTokens::read);
            content.ifPresent(opened -> tokens.put(text, new Opened(key.get().id(), opened)));
            return content;
        }

        /** The cached content of a token, without any check. It must not be the basis of a decision. */
        Optional<SealedContent> last(TokenText text) {
            return Optional.ofNullable(tokens.getIfPresent(text)).map(Opened::content);
        }

        private static Optional<SealedContent> read(byte[] plain) {
            try {
                return Optional.of(SealedContent.ContentText.read(plain));
            } catch (InvalidDocumentException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * A valid session, for a caller that proves possession of its secret.
     *
     * @param principal the role with its current policies, filled in, and the session policy
     * @param sessionId as {@link SessionIssuer.IssuedSession#sessionId}
     * @param subject the {@code sub} of the provider, or {@code PROVIDER:sub} if the role trusts several providers; for a session of an access key its session name, or
     *     empty if the role trusts a provider
     */
    public record OpenedSession(
            String accessKeyId,
            Secret secret,
            Principal.AssumedRole principal,
            String roleId,
            String sessionId,
            Optional<String> subject,
            Instant expiration) {}
}
