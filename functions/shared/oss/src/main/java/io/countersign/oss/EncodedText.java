package io.countersign.oss;

/**
 * Where a percent-encoded text stands, so that a refusal names the place that has to be corrected: a header's value is decoded by the same rules as the URL.
 *
 * @param name how a sentence begins about it: {@code The URL}, {@code x-oss-copy-source}
 */
public record EncodedText(String name) {
    public static final EncodedText URL = new EncodedText("The URL");
    public static final EncodedText BODY = new EncodedText("The body");
    public static final EncodedText COPY_SOURCE = new EncodedText("x-oss-copy-source");
    public static final EncodedText SYMLINK_TARGET = new EncodedText("x-oss-symlink-target");
    public static final EncodedText TAGGING = new EncodedText("x-oss-tagging");

    /** The refusal of a name in the text that is malformed, told as one of this text: a URL's names need no telling. */
    OssRefusal about(OssRefusal refusal) {
        return new OssRefusal(refusal.error(), name + ": " + refusal.text(), refusal.details());
    }
}
