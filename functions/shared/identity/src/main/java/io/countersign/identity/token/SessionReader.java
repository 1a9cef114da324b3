package io.countersign.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.json.InvalidDocumentException;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.PolicyDocument;
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
import java.util.ArrayList;
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
    public List<ReadAhead.Hint> names(SecurityToken token, Instant now) {
        return List.of(new ReadAhead.Hint.OfTokenKeys(), restsOn(TokenText.of(token), now));
    }

    private ReadAhead.Hint restsOn(TokenText text, Instant now) {
        return opened.last(text)
                .or(() -> registry.rememberedTokenKeys(now).flatMap(keys -> opened.open(text, keys, now)))
                .<ReadAhead.Hint>map(content -> new ReadAhead.Hint.OfSession(content.restsOn()))
                .orElseGet(ReadAhead.Hint.OfSomeSession::new);
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

    /**
     * Whom a session acts for. No two people have one name: what a caller chose is never what a provider vouches for, nor one provider's subject another's. Providers of other
     * accounts and SAML do not count, as no session here rests on them.
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
     * Remembers what tokens hold, by their whole text, so that a session that is used again is not decrypted again. Only that is remembered, and no refusal: whether
     * the key still opens, and whether the session still stands, is asked each time.
     */
    static final class OpenedTokens {
        /** Characters of all tokens together: some 2,000 of the longest, 8,000 of a usual size. */
        private static final long MAX_CHARACTERS = 8L * 1024 * 1024;

        private final Cache<TokenText, Opened> tokens = Caffeine.newBuilder()
                .maximumWeight(MAX_CHARACTERS)
                .weigher((TokenText text, Opened opened) -> text.text().length())
                .executor(Runnable::run)
                .build();

        /** @param keyId the key that it opened under, and would open under again: no two keys ever have one id */
        private record Opened(String keyId, SealedContent content) {}

        /** Empty when the token is not whole under the key that it names, or when that key may not open tokens at this moment. */
        Optional<SealedContent> open(TokenText text, TokenKeyRing keys, Instant now) {
            Opened known = tokens.getIfPresent(text);
            if (known != null) {
                return keys.opening(known.keyId(), now).map(key -> known.content());
            }
            Optional<TokenKeyRing.TokenKey> key = text.keyId().flatMap(id -> keys.opening(id, now));
            if (key.isEmpty()) {
                return Optional.empty();
            }
            Optional<SealedContent> content =
                    TokenCipher.open(text.text(), key.get()).flatMap(OpenedTokens::read);
            content.ifPresent(opened -> tokens.put(text, new Opened(key.get().id(), opened)));
            return content;
        }

        /** What the token held when it was opened. Whether it may be opened now is not looked at: nobody is answered by this alone. */
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
     * A session that may be used now by whoever proves to hold its secret.
     *
     * @param principal the role with its policies as they are now, filled in, and the session policy
     * @param subject whom somebody vouched for, and under no other name: {@code sub} as the provider named them, {@code PROVIDER:sub} where the role trusts several
     *     providers; for a session founded on an access key its session name, and nobody where the role trusts a provider
     */
    public record OpenedSession(
            String accessKeyId,
            Secret secret,
            Principal.AssumedRole principal,
            String roleId,
            Optional<String> subject,
            Instant expiration) {}

    /** What a session may do: the policies of its role as they are now, filled in, and what narrows them. */
    static final class SessionPrincipals {
        private SessionPrincipals() {}

        /** @throws IllFormedClaimException when a claim cannot be filled in, which none can that was taken when the session was made */
        static Principal.AssumedRole of(SealedContent content, Role role) throws IllFormedClaimException {
            List<PolicyDocument> filled = new ArrayList<>();
            for (PolicyDocument policy : role.policies()) {
                filled.add(policy.filled(content.variables()));
            }
            return new Principal.AssumedRole(
                    role.accountId(), role.name(), content.sessionName(), filled, content.sessionPolicy());
        }
    }
}
