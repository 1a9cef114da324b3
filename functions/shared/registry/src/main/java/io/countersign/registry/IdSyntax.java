package io.countersign.registry;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The syntax of the registry's names. An impossible name is refused before anything is read or written for it. */
public final class IdSyntax {
    private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Za-z0-9._-]{2,128}");
    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{1,32}");
    private static final Pattern RAM_NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")+");
    private static final int DOMAIN_CHARS = 253;
    private static final int AUDIENCE_CHARS = 512;

    private IdSyntax() {}

    /**
     * 2 to 128 of {@code A-Z a-z 0-9 . _ -}. Ids that begin with {@code STS.} belong to sessions and are in no
     * registry.
     */
    public static boolean isAccessKeyId(String id) {
        return ACCESS_KEY_ID.matcher(id).matches() && !id.startsWith("STS.");
    }

    public static boolean isAccountId(String id) {
        return ACCOUNT_ID.matcher(id).matches();
    }

    /** The name of a user, role or provider: 1 to 64 of {@code A-Z a-z 0-9 . _ @ -}. */
    public static boolean isRamName(String name) {
        return RAM_NAME.matcher(name).matches();
    }

    /** 3 to 63 lower-case letters, digits and hyphens, without a hyphen at either end. */
    public static boolean isBucket(String name) {
        return BUCKET.matcher(name).matches();
    }

    public static boolean isRegion(String region) {
        return REGION.matcher(region).matches();
    }

    /** A host name in lower case with at least one dot and without a port. */
    public static boolean isDomain(String host) {
        return host.length() <= DOMAIN_CHARS && DOMAIN.matcher(host).matches();
    }

    /** An issuer or client id: 1 to 512 printable ASCII characters without blanks. */
    public static boolean isIssuerOrAudience(String text) {
        return !text.isEmpty()
                && text.length() <= AUDIENCE_CHARS
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** 1 to 1,023 bytes of well-formed UTF-8. */
    public static boolean isObjectKey(String key) {
        return !key.isEmpty()
                && key.length() <= ObjectAclItem.MAX_KEY_BYTES
                && StandardCharsets.UTF_8.newEncoder().canEncode(key)
                && key.getBytes(StandardCharsets.UTF_8).length <= ObjectAclItem.MAX_KEY_BYTES;
    }
}
