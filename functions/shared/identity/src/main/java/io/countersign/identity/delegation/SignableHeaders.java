package io.countersign.identity.delegation;

import io.countersign.oss.Headers;
import io.countersign.oss.Operation;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/** The rules for header lines. Names are in lower case, and duplicates are refused. */
final class SignableHeaders {
    private static final int MD5_BYTES = 16;
    private static final int MD5_CHARACTERS = 24;
    private static final String CONTENT_MD5 = "content-md5";
    private static final String SECURITY_TOKEN = "x-oss-security-token";
    private static final String META = "x-oss-meta-";

    /** Headers that describe the content of the written object and affect nothing else. */
    private static final Set<String> CONTENT = Set.of(
            "content-type",
            CONTENT_MD5,
            "content-length",
            "content-disposition",
            "content-encoding",
            "content-language",
            "cache-control",
            "expires");

    /** Headers that need further rights, which {@link io.countersign.oss.Operations#rights} determines. */
    private static final Set<String> WITH_RIGHTS = Set.of("x-oss-object-acl", "x-oss-tagging", "x-oss-copy-source");

    /** Headers that restrict or describe a copy. */
    private static final Set<String> OF_COPIES = Set.of(
            "x-oss-copy-source-range",
            "x-oss-copy-source-if-match",
            "x-oss-copy-source-if-none-match",
            "x-oss-copy-source-if-modified-since",
            "x-oss-copy-source-if-unmodified-since",
            "x-oss-metadata-directive");

    private static final Set<String> CALLBACK = Set.of("x-oss-callback", "x-oss-callback-var");
    private static final String SYMLINK_TARGET = "x-oss-symlink-target";

    private SignableHeaders() {}

    static void check(Headers headers, Operation operation, SigningOptions options) throws SigningRefusal {
        Set<String> seen = new HashSet<>();
        for (Headers.HeaderField field : headers.fields()) {
            String name = field.name();
            if (!isListed(name, operation, options)) {
                throw notListed(name);
            }
            if (!seen.add(name)) {
                throw new SigningRefusal(
                        SigningRefusal.Code.INVALID_ARGUMENT,
                        "The header " + Texts.shown(name) + " is duplicated; send it once.");
            }
            Texts.requireHeaderValue(field.value(), "The header " + Texts.shown(name));
            requireOneLine(field);
            if (name.equals(CONTENT_MD5) && !isMd5(field.value())) {
                throw new SigningRefusal(
                        SigningRefusal.Code.INVALID_ARGUMENT,
                        "The Content-MD5 is not the Base64 of the 16 bytes of an MD5 digest; correct it or leave it out.");
            }
        }
    }

    /**
     * Header lines of one name are signed joined by commas, so one signature is valid for a value with a comma and for two lines. A header that decides about rights is checked here as one line, so
     * it must not be sent as two.
     */
    private static void requireOneLine(Headers.HeaderField field) throws SigningRefusal {
        boolean decidesRights =
                WITH_RIGHTS.contains(field.name()) || field.name().equals(SYMLINK_TARGET);
        if (decidesRights && field.value().indexOf(',') >= 0) {
            throw new SigningRefusal(
                    SigningRefusal.Code.INVALID_ARGUMENT,
                    "The header " + Texts.shown(field.name())
                            + " has a comma, at which it could be split into two lines; write it as %2C.");
        }
    }

    private static SigningRefusal notListed(String name) {
        if (CALLBACK.contains(name)) {
            return refused(
                    SigningRefusal.Code.CALLBACK_NOT_SIGNABLE,
                    name,
                    "makes OSS call an address of the caller's choice, which the operator has not allowed");
        }
        if (name.equals(SYMLINK_TARGET)) {
            return refused(
                    SigningRefusal.Code.SYMLINK_NOT_SIGNABLE,
                    name,
                    "belongs to PutSymlink, and this is another operation");
        }
        if (name.equals(SECURITY_TOKEN)) {
            return refused(
                    SigningRefusal.Code.SECURITY_TOKEN_NOT_SIGNABLE, name, "does not belong to the key that signs");
        }
        return refused(SigningRefusal.Code.HEADER_NOT_SIGNABLE, name, "is not in the list of signable headers");
    }

    private static SigningRefusal refused(SigningRefusal.Code error, String name, String reason) {
        return new SigningRefusal(error, "The header " + Texts.shown(name) + " " + reason + "; leave it out.");
    }

    private static boolean isMd5(String text) {
        try {
            return text.length() == MD5_CHARACTERS && Base64.getDecoder().decode(text).length == MD5_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isListed(String name, Operation operation, SigningOptions options) {
        boolean copies = operation == Operation.COPY_OBJECT || operation == Operation.UPLOAD_PART_COPY;
        return isMeta(name)
                || CONTENT.contains(name)
                || WITH_RIGHTS.contains(name)
                || (copies && OF_COPIES.contains(name))
                || (options.callback() && CALLBACK.contains(name))
                || (operation == Operation.PUT_SYMLINK && name.equals(SYMLINK_TARGET));
    }

    /** {@code x-oss-meta-} and a name of letters, digits, {@code -} and {@code _}. */
    private static boolean isMeta(String name) {
        if (!name.startsWith(META) || name.length() == META.length()) {
            return false;
        }
        for (int i = META.length(); i < name.length(); i++) {
            char c = name.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }
}
