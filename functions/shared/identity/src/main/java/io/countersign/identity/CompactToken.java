package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;

/**
 * A signed token taken apart strictly, nothing of it believed yet.
 *
 * @param text the token as it came; never to be logged
 */
record CompactToken(String text, TokenHeader header, Value claims) {
    /** Bytes (and characters: a token is ASCII). */
    static final int MAX_LENGTH = 8 * 1024;

    static CompactToken of(String text) throws CallerRefusal {
        if (text.length() > MAX_LENGTH) {
            throw refused("The token is longer than " + MAX_LENGTH + " bytes; ask for one with fewer claims.");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length == 5) {
            throw refused("The token is encrypted, which is not taken; send a signed one (JWS).");
        }
        if (parts.length != 3) {
            throw refused("The token is not a JWT: it must have three parts separated by dots.");
        }
        TokenHeader header = TokenHeader.of(json(parts[0], "header"));
        Value claims = json(parts[1], "payload");
        if (decoded(parts[2], "signature").length == 0) {
            throw refused("The token is not signed; send a signed one.");
        }
        return new CompactToken(text, header, claims);
    }

    private static byte[] decoded(String part, String name) throws CallerRefusal {
        return StrictBase64Url.decoded(part)
                .orElseThrow(() -> refused("The token's " + name + " is not base64url without padding."));
    }

    private static Value json(String part, String name) throws CallerRefusal {
        try {
            return Values.parse(decoded(part, name));
        } catch (InvalidDocumentException e) {
            throw refused("The token's " + name + " is not one strict JSON object: " + e.problem() + ".");
        }
    }

    private static CallerRefusal refused(String message) {
        return new CallerRefusal(CallerError.INVALID_TOKEN, message);
    }

    /** Never the token itself. */
    @Override
    public String toString() {
        return "CompactToken[" + header + "]";
    }
}
