package io.countersign.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.http.LongWork;
import io.countersign.registry.OidcProvider;
import io.countersign.signing.base.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;

/**
 * Caches tokens whose signature has verified, because a login presents the same token many times.
 *
 * <p>Guarantees: only a token that was accepted is cached, by the SHA-256 of its whole text, together with the record of its provider and the thumbprint of the key that
 * verified it. Another text, another record or another key is a token that was never seen. The cache holds no text of a token. Issuer, audience and times are checked for
 * each call.
 */
final class VerifiedTokens {
    /** The most characters of all cached tokens: about 2,000 of the longest, or 16,000 of a usual size. */
    private static final long MAX_CHARACTERS = 16L * 1024 * 1024;

    private final LongWork longWork;
    private final Cache<Hash, Verified> tokens = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((Hash hash, Verified token) -> token.length())
            .executor(Runnable::run)
            .build();

    /** @param longWork is told before a signature is verified */
    VerifiedTokens(LongWork longWork) {
        this.longWork = longWork;
    }

    /**
     * Parses a token, or finds it among those that have verified.
     *
     * @throws CallerRefusal InvalidToken when the text is not a signed token with the claims that are required
     */
    Candidate candidate(String jwt) throws CallerRefusal {
        Hash hash = Hash.of(jwt);
        Verified known = tokens.getIfPresent(hash);
        if (known != null) {
            return new Candidate(jwt, hash, known.header(), known.claims(), Optional.of(known));
        }
        CompactToken token = CompactToken.of(jwt);
        return new Candidate(jwt, hash, token.header(), TokenClaims.of(token.claims()), Optional.empty());
    }

    /** A token of a call; its claims are not trusted until {@link #require} has returned. */
    final class Candidate {
        private final String text;
        private final Hash hash;
        private final CompactToken.Header header;
        private final TokenClaims claims;
        private final Optional<Verified> known;

        private Candidate(
                String text, Hash hash, CompactToken.Header header, TokenClaims claims, Optional<Verified> known) {
            this.text = text;
            this.hash = hash;
            this.header = header;
            this.claims = claims;
            this.known = known;
        }

        CompactToken.Header header() {
            return header;
        }

        TokenClaims claims() {
            return claims;
        }

        /**
         * Returns normally if the token is signed with this key, for this provider and audience, and valid at this moment.
         *
         * @param key the key of the provider's current key set that fits the token's header
         * @throws CallerRefusal InvalidSignature, InvalidToken, TokenExpired or TokenNotYetValid
         */
        void require(RoleFinder.ProviderFinder.Match match, Jwks.VerifyingKey key, Instant now) throws CallerRefusal {
            OidcProvider provider = match.provider();
            if (known.isPresent() && known.get().isFor(provider, key)) {
                TokenVerifier.checkClaims(known.get().verified(), claims, match.audience(), now);
                return;
            }
            longWork.begins();
            JwtClaims verified =
                    TokenVerifier.verify(text, header.algorithm(), claims, match.audience(), key.key(), now);
            tokens.put(hash, new Verified(text.length(), header, claims, verified, provider, key.thumbprint()));
        }

        /** Does not print the token. */
        @Override
        public String toString() {
            return "Candidate[" + header + "]";
        }
    }

    /**
     * A token that has verified.
     *
     * @param length of its text, in characters
     * @param verified the claims as the library reads them
     * @param thumbprint of the key that verified it
     */
    private record Verified(
            int length,
            CompactToken.Header header,
            TokenClaims claims,
            JwtClaims verified,
            OidcProvider provider,
            String thumbprint) {
        boolean isFor(OidcProvider current, Jwks.VerifyingKey key) {
            return thumbprint.equals(key.thumbprint()) && provider.equals(current);
        }
    }

    /** The SHA-256 of a token's text. */
    private record Hash(long first, long second, long third, long fourth) {
        static Hash of(String text) {
            ByteBuffer hash = ByteBuffer.wrap(Hmac.Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
            return new Hash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        }
    }
}
