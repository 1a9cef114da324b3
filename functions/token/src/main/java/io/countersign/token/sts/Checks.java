package io.countersign.token.sts;

import io.countersign.signing.AccessKey;
import io.countersign.signing.SecurityToken;
import java.util.Optional;

/** What the parts of a proof can look like, whichever kind of signature brings them. */
final class Checks {
    private static final int MAX_NONCE = 128;

    private Checks() {}

    /** An id that no key can have is an id that no key has. */
    static String accessKeyId(String id) throws StsRefusal {
        if (id.length() > AccessKey.MAX_ID_LENGTH) {
            throw new StsRefusal(StsError.KEY_NOT_FOUND);
        }
        return id;
    }

    static String nonce(String nonce) throws StsRefusal {
        if (nonce.length() > MAX_NONCE || !nonce.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new StsRefusal(
                    StsError.INCOMPLETE_SIGNATURE,
                    "The nonce must have 1 to " + MAX_NONCE + " visible ASCII characters.");
        }
        return nonce;
    }

    static Optional<SecurityToken> token(Optional<String> text) throws StsRefusal {
        if (text.isPresent() && !SecurityToken.isPossible(text.get())) {
            throw new StsRefusal(StsError.TOKEN_MALFORMED);
        }
        return text.map(SecurityToken::of);
    }
}
