package io.countersign.identity.token;

import io.countersign.identity.StrictBase64Url;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.SecurityToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The text of a token, not yet verified. The time of {@code equals} does not depend on the position of a difference.
 */
record TokenText(String text) {
    /** The longest text in characters, all of them ASCII. */
    static final int MAX_LENGTH = 4 * 1024;

    /** The header that Countersign writes, up to the id of the key. */
    private static final byte[] OWN_HEADER =
            ascii("{\"alg\":\"" + TokenCipher.ALGORITHM + "\",\"enc\":\"" + TokenCipher.ENCRYPTION + "\",\"kid\":\"");

    private static final byte[] OWN_END = ascii("\"}");

    static TokenText of(SecurityToken token) {
        return new TokenText(token.reveal());
    }

    /**
     * The parts of the token. Empty unless the text has the form that Countersign seals: five parts of strict base64url, of which the second is empty, and a
     * header with exactly the members of {@link TokenCipher}.
     */
    Optional<Sealed> sealed() {
        return sealed(MAX_LENGTH, TokenText::keyId);
    }

    /** As {@link #sealed()}, for a text of this type, as {@link TypedSeal} seals them; no type has the form of another, or of a security token. */
    Optional<Sealed> sealedAs(String type) {
        return sealed(TypedSeal.MAX_LENGTH, header -> keyId(header, Optional.of(type)));
    }

    private Optional<Sealed> sealed(int longest, Function<byte[], Optional<String>> keyOf) {
        int header = text.indexOf('.');
        int key = text.indexOf('.', header + 1);
        int nonce = text.indexOf('.', key + 1);
        int content = text.indexOf('.', nonce + 1);
        boolean isOfFive = header >= 0
                && key == header + 1
                && nonce > key
                && content > nonce
                && text.indexOf('.', content + 1) < 0;
        return text.length() <= longest && isOfFive ? sealed(header, nonce, content, keyOf) : Optional.empty();
    }

    private Optional<Sealed> sealed(int header, int nonce, int content, Function<byte[], Optional<String>> keyOf) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        Optional<byte[]> named = StrictBase64Url.decoded(ascii, 0, header);
        Optional<byte[]> drawn = StrictBase64Url.decoded(ascii, header + 2, nonce);
        Optional<byte[]> sealed = StrictBase64Url.decoded(ascii, nonce + 1, content);
        Optional<byte[]> tag = StrictBase64Url.decoded(ascii, content + 1, ascii.length);
        if (named.isEmpty()
                || sealed.isEmpty()
                || drawn.filter(bytes -> bytes.length == TokenCipher.NONCE_BYTES)
                        .isEmpty()
                || tag.filter(bytes -> bytes.length == TokenCipher.TAG_BYTES).isEmpty()) {
            return Optional.empty();
        }
        return keyOf.apply(named.get()).map(id -> new Sealed(id, ascii, header, drawn.get(), sealed.get(), tag.get()));
    }

    private static Optional<String> keyId(byte[] header) {
        int end = header.length - OWN_END.length;
        boolean own = end > OWN_HEADER.length
                && Arrays.equals(header, 0, OWN_HEADER.length, OWN_HEADER, 0, OWN_HEADER.length)
                && Arrays.equals(header, end, header.length, OWN_END, 0, OWN_END.length)
                && isOfLetters(header, OWN_HEADER.length, end);
        return own
                ? Optional.of(new String(header, OWN_HEADER.length, end - OWN_HEADER.length, StandardCharsets.US_ASCII))
                : parsedKeyId(header);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A text of these characters means in JSON what it says. */
    private static boolean isOfLetters(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    static Optional<String> parsedKeyId(byte[] header) {
        return keyId(header, Optional.empty());
    }

    /** The key of a header with exactly these members; a security token has no {@code typ}. */
    private static Optional<String> keyId(byte[] header, Optional<String> type) {
        try {
            Members members = Members.of(Values.parse(header));
            boolean known = members.string("alg").equals(TokenCipher.ALGORITHM)
                    && members.string("enc").equals(TokenCipher.ENCRYPTION);
            String keyId = members.string("kid");
            boolean typed = members.optionalString("typ").equals(type);
            members.done();
            return known && typed ? Optional.of(keyId) : Optional.empty();
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

    /** The parts of a token that is not opened yet. */
    static final class Sealed {
        private final String keyId;
        private final byte[] text;
        private final int header;
        private final byte[] nonce;
        private final byte[] content;
        private final byte[] tag;

        private Sealed(String keyId, byte[] text, int header, byte[] nonce, byte[] content, byte[] tag) {
            this.keyId = keyId;
            this.text = text;
            this.header = header;
            this.nonce = nonce;
            this.content = content;
            this.tag = tag;
        }

        /** The id of the token key in the header. */
        String keyId() {
            return keyId;
        }

        /** The header as the text contains it, which the seal covers: a view of the text. */
        ByteBuffer header() {
            return ByteBuffer.wrap(text, 0, header);
        }

        byte[] nonce() {
            return nonce;
        }

        /** The sealed content, as long as what is in it. */
        byte[] content() {
            return content;
        }

        byte[] tag() {
            return tag;
        }
    }
}
