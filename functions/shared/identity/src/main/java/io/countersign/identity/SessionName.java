package io.countersign.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a bearer caller's session, made from {@code sub}: 2 to 64 of {@code A-Z a-z 0-9 . @ - _}, as STS wants it (protocol.md 6).
 *
 * <p>A subject that already has this form is its own name. Any other has its foreign characters replaced by {@code -}, is cut, and gets {@code _} and the
 * first 20 hex digits of its SHA-256, so that two subjects do not meet in one name; a subject that looks as if it had such an ending gets one as well.
 */
final class SessionName {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
    private static final Pattern MADE = Pattern.compile(".*_[0-9a-f]{20}");
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9.@_-]");
    private static final int DIGITS = 20;
    private static final int KEPT = 64 - 1 - DIGITS;

    private SessionName() {}

    static String of(String subject) {
        if (FORM.matcher(subject).matches() && !MADE.matcher(subject).matches()) {
            return subject;
        }
        String cut = subject.substring(0, Math.min(KEPT, subject.length()));
        return FOREIGN.matcher(cut).replaceAll("-") + "_" + digest(subject);
    }

    private static String digest(String subject) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
