package io.countersign.identity.token;

import io.countersign.identity.StrictBase64Url;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.SecurityToken;
import java.util.Optional;

/**
 * The text of a token, not yet verified. The time of {@code equals} does not depend on the position of a difference.
 */
record TokenText(String text) {
    /** The longest text in characters, all of them ASCII. */
    static final int MAX_LENGTH = 4 * 1024;

    private static final int PARTS = 5;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    static TokenText of(SecurityToken token) {
        return new TokenText(token.reveal());
    }

    /**
     * The id of the token key in the header. Empty unless the text has the form that Countersign seals: five parts of strict base64url, of which the second is empty, and a
     * header with exactly the members of {@link TokenCipher}.
     */
    Optional<String> keyId() {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.", PARTS + 1);
        if (parts.length != PARTS
                || !parts[1].isEmpty()
                || !hasBytes(parts[2], NONCE_BYTES)
                || StrictBase64Url.decoded(parts[3]).isEmpty()
                || !hasBytes(parts[4], TAG_BYTES)) {
            return Optional.empty();
        }
        return StrictBase64Url.decoded(parts[0]).flatMap(TokenText::keyId);
    }

    private static boolean hasBytes(String part, int bytes) {
        return StrictBase64Url.decoded(part)
                .filter(decoded -> decoded.length == bytes)
                .isPresent();
    }

    private static Optional<String> keyId(byte[] header) {
        try {
            Members members = Members.of(Values.parse(header));
            boolean known = members.string("alg").equals(TokenCipher.ALGORITHM)
                    && members.string("enc").equals(TokenCipher.ENCRYPTION);
            String keyId = members.string("kid");
            members.done();
            return known ? Optional.of(keyId) : Optional.empty();
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenText that && ConstantTime.equal(text, that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Does not print the token. */
    @Override
    public String toString() {
        return "TokenText[" + text.length() + " characters]";
    }
}
