package io.countersign.session.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.TokenKey;
import java.util.Optional;

/**
 * Remembers what tokens hold, by their whole text, so that a session that is used again is not decrypted again. Only that is remembered, and no refusal: whether
 * the key still opens, and whether the session still stands, is asked each time.
 */
final class OpenedTokens {
    /** Characters of all tokens together: some 2,000 of the longest, 8,000 of a usual size. */
    private static final long MAX_CHARACTERS = 8L * 1024 * 1024;

    private final Cache<TokenText, SealedContent> contents = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((TokenText text, SealedContent content) -> text.text().length())
            .executor(Runnable::run)
            .build();

    /** Empty when the token is not whole under this key, which must be the one that it names. */
    Optional<SealedContent> open(TokenText text, TokenKey key) {
        SealedContent known = contents.getIfPresent(text);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SealedContent> content = TokenCipher.open(text.text(), key).flatMap(OpenedTokens::read);
        content.ifPresent(opened -> contents.put(text, opened));
        return content;
    }

    private static Optional<SealedContent> read(byte[] plain) {
        try {
            return Optional.of(ContentText.read(plain));
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }
}
