package io.countersign.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.TokenKey;
import io.countersign.registry.TokenKeyRing;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers what tokens hold, by their whole text, so that a session that is used again is not decrypted again. Only that is remembered, and no refusal: whether
 * the key still opens, and whether the session still stands, is asked each time.
 */
final class OpenedTokens {
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
        Optional<TokenKey> key = text.keyId().flatMap(id -> keys.opening(id, now));
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
            return Optional.of(ContentText.read(plain));
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }
}
