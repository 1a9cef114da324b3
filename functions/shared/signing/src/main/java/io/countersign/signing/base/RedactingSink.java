package io.countersign.signing.base;

/** For whom a stage is written: the HMAC gets every byte, a reader gets the fingerprint of each security token in its place. */
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

    /** The value of the header or parameter of that name as this reader may see it. */
    public abstract String of(String name, String value);

    /** Whether a value under this name must never be shown. */
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
