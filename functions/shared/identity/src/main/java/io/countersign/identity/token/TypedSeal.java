package io.countersign.identity.token;

import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * Seals texts of one type under the token keys of the registry, for a party that hands them back: it reads nothing of them, and makes none. Each is a compact JWE
 * whose header names the type, and the tag covers the header: a text of another type does not open, nor does a security token, and no text of any type opens as
 * a security token. When a text expires is the caller's to write into it and to check; a token key opens for at least 12 hours after it sealed last. Safe for
 * any number of threads.
 */
public final class TypedSeal {
    /** The longest text in characters, all of them ASCII. */
    static final int MAX_LENGTH = 6 * 1024;

    private final String type;
    private final KeyRegistry registry;
    private final SecureRandom random;

    /**
     * @param type lower-case letters, another for each use
     * @param random draws nonces
     */
    public TypedSeal(String type, KeyRegistry registry, SecureRandom random) {
        if (type.isEmpty() || !type.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            throw new IllegalArgumentException("a type is of lower-case letters");
        }
        this.type = type;
        this.registry = registry;
        this.random = random;
    }

    /**
     * Seals a content.
     *
     * @return of {@code A-Za-z0-9._-}
     * @throws StoreUnavailable when the registry does not answer or has no token key
     * @throws IllegalArgumentException when the text would be longer than 6 KiB: the caller bounds its content
     */
    public String seal(String content, Instant now) throws StoreUnavailable {
        TokenKeyRing.TokenKey key = registry.tokenKeys(ReadAhead.NOTHING, now).sealing(now);
        String text = TokenCipher.seal(content.getBytes(StandardCharsets.UTF_8), Optional.of(type), key, random);
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a sealed text has at most " + MAX_LENGTH + " characters");
        }
        return text;
    }

    /**
     * Opens a text.
     *
     * @return the content in UTF-8; empty for every text that was not sealed as this type, or under a key that opens no more
     * @throws StoreUnavailable when the registry does not answer
     */
    public Optional<byte[]> open(String text, Instant now) throws StoreUnavailable {
        Optional<TokenText.Sealed> sealed = new TokenText(text).sealedAs(type);
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        return registry.tokenKeys(ReadAhead.NOTHING, now)
                .opening(sealed.get().keyId(), now)
                .flatMap(key -> TokenCipher.open(sealed.get(), key));
    }
}
