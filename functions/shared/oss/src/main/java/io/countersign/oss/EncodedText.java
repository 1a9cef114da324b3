package io.countersign.oss;

/**
 * The origin of a percent-encoded text, so that a refusal names the part of the request to correct. Header values are
 * decoded by the same rules as the URL.
 *
 * @param name the beginning of a sentence about it: {@code The URL}, {@code x-oss-copy-source}
 */
public record EncodedText(String name) {
    public static final EncodedText URL = new EncodedText("The URL");
    public static final EncodedText BODY = new EncodedText("The body");
    public static final EncodedText COPY_SOURCE = new EncodedText("x-oss-copy-source");
    public static final EncodedText SYMLINK_TARGET = new EncodedText("x-oss-symlink-target");
    public static final EncodedText TAGGING = new EncodedText("x-oss-tagging");

    /** Returns the refusal of a malformed name in the text with the origin added. Names in the URL need no origin. */
    OssRefusal about(OssRefusal refusal) {
        return new OssRefusal(refusal.error(), name + ": " + refusal.text(), refusal.details());
    }
}
