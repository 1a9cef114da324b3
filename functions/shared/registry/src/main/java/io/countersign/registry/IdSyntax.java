package io.countersign.registry;

import io.countersign.oss.BucketName;
import io.countersign.registry.store.Utf8;

/** The syntax of the registry's names. An impossible name is refused before anything is read or written for it. */
public final class IdSyntax {
    private static final int ACCESS_KEY_CHARS = 128;
    private static final int ACCOUNT_CHARS = 32;
    private static final int RAM_NAME_CHARS = 64;
    private static final int REGION_CHARS = 64;
    private static final int LABEL_CHARS = 63;
    private static final int DOMAIN_CHARS = 253;
    private static final int AUDIENCE_CHARS = 512;
    private static final int SUBJECT_CHARS = 255;
    private static final int SESSION_ID_CHARS = 32;

    private IdSyntax() {}

    /**
     * 2 to 128 of {@code A-Z a-z 0-9 . _ -}. Ids that begin with {@code STS.} belong to sessions and are in no
     * registry.
     */
    public static boolean isAccessKeyId(String id) {
        return id.length() >= 2
                && id.length() <= ACCESS_KEY_CHARS
                && Characters.allOfName(id, false)
                && !id.startsWith("STS.");
    }

    public static boolean isAccountId(String id) {
        return !id.isEmpty() && id.length() <= ACCOUNT_CHARS && Characters.allDigits(id);
    }

    /** The name of a user, role or provider: 1 to 64 of {@code A-Z a-z 0-9 . _ @ -}. */
    public static boolean isRamName(String name) {
        return !name.isEmpty() && name.length() <= RAM_NAME_CHARS && Characters.allOfName(name, true);
    }

    /** The name of an upload, which is a segment of paths as it is: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, not {@code .} first. */
    public static boolean isUploadName(String name) {
        return isRamName(name) && name.indexOf('@') < 0 && name.charAt(0) != '.';
    }

    /** 3 to 63 lower-case letters, digits and hyphens, without a hyphen at either end. */
    public static boolean isBucket(String name) {
        return BucketName.isValid(name);
    }

    public static boolean isRegion(String region) {
        return Characters.isLabel(region, 0, region.length(), REGION_CHARS);
    }

    /** A host name in lower case with at least one dot and without a port. */
    public static boolean isDomain(String host) {
        if (host.length() > DOMAIN_CHARS || host.indexOf('.') < 0) {
            return false;
        }
        int start = 0;
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', start)) {
            if (!Characters.isLabel(host, start, dot, LABEL_CHARS)) {
                return false;
            }
            start = dot + 1;
        }
        return Characters.isLabel(host, start, host.length(), LABEL_CHARS);
    }

    /** Whether the host has only digits and dots: an address, or a text that some clients read as one. */
    public static boolean isIpv4(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) != '.' && !Characters.isDigit(host.charAt(i))) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    /** An issuer or client id: 1 to 512 printable ASCII characters without blanks. */
    public static boolean isIssuerOrAudience(String text) {
        return !text.isEmpty()
                && text.length() <= AUDIENCE_CHARS
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /**
     * The {@code sub} of a token: 1 to 255 characters (OpenID Connect Core 2), without control characters and halves of
     * surrogate pairs, which must not get into logs and headers.
     */
    public static boolean isSubject(String text) {
        return !text.isEmpty() && text.length() <= SUBJECT_CHARS && isPrintable(text);
    }

    /** Whether a text has neither control characters nor halves of surrogate pairs. */
    public static boolean isPrintable(String text) {
        return text.codePoints().noneMatch(IdSyntax::isUnprintable);
    }

    private static boolean isUnprintable(int point) {
        return Character.isISOControl(point) || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** The id of a session: 32 lower-case hex digits. */
    public static boolean isSessionId(String id) {
        return id.length() == SESSION_ID_CHARS
                && id.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** 1 to 1,023 bytes of well-formed UTF-8. */
    public static boolean isObjectKey(String key) {
        int bytes = Utf8.length(key);
        return bytes > 0 && bytes <= ObjectAclItem.MAX_KEY_BYTES;
    }

    /** The alphabets of names. Loops and no regular expressions, because each request has several names. */
    private static final class Characters {
        private Characters() {}

        /** Of {@code A-Z a-z 0-9 . _ -} and, if it is allowed, {@code @}. */
        static boolean allOfName(String text, boolean at) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
                if (!letter && !isDigit(c) && c != '.' && c != '_' && c != '-' && !(at && c == '@')) {
                    return false;
                }
            }
            return true;
        }

        static boolean allDigits(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (!isDigit(text.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        /** Lower-case letters, digits and hyphens from {@code start} to before {@code end}, without a hyphen at either end. */
        static boolean isLabel(String text, int start, int end, int max) {
            if (end <= start || end - start > max || text.charAt(start) == '-' || text.charAt(end - 1) == '-') {
                return false;
            }
            for (int i = start; i < end; i++) {
                char c = text.charAt(i);
                if (!(c >= 'a' && c <= 'z') && !isDigit(c) && c != '-') {
                    return false;
                }
            }
            return true;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
