package io.countersign.signing.base;

/** The reader of a stage of a signature: the HMAC reads the exact text, a person reads fingerprints in place of security tokens. */
public enum RedactingSink {
    EXACT {
        @Override
        public String of(String name, String value) {
            return value;
        }
    },
    PRINTABLE {
        @Override
        public String of(String name, String value) {
            return isToken(name) && !value.isEmpty() ? fingerprint(value) : value;
        }
    };

    /** {@code sha256:} and the hex digest of a security token's text, which is printed in its place. */
    public static String fingerprint(String token) {
        return "sha256:" + Hmac.Digests.sha256Hex(token);
    }

    /** The value of a header or parameter for this reader. */
    public abstract String of(String name, String value);

    /** Whether this reader must not see the value of this name. */
    public boolean hides(String name) {
        return this == PRINTABLE && isToken(name);
    }

    private static boolean isToken(String name) {
        return name.equals("x-oss-security-token")
                || name.equals("security-token")
                || name.equals("x-acs-security-token")
                || name.equals("SecurityToken");
    }
}
