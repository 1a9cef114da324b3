package io.countersign.identity;

import java.util.Base64;
import java.util.Optional;

/** Decodes base64url without padding, strictly. The JDK's decoder ignores unused bits at the end, so that several texts would be the same token. */
public final class StrictBase64Url {
    private StrictBase64Url() {}

    /** The bytes whose only encoding is this text; empty when there are none. */
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
