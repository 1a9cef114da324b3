package io.countersign.identity;

import java.util.Base64;
import java.util.Optional;

/** Base64url without padding, strict by ourselves: decoders skip foreign characters and loose bits at the end, and then two texts would be one token. */
public final class StrictBase64Url {
    private StrictBase64Url() {}

    /** The bytes that have this text and no other; empty when there are none. */
    public static Optional<byte[]> decoded(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
