package io.countersign.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An upload that the manifest describes: what a caller may upload, and where. Its name is unique in its account.
 *
 * @param bucket of the same account
 * @param role of the same account, which the caller assumes
 * @param contentTypes the types that a file may have, in lower case and without parameters
 * @param maxBytes the largest file
 * @param partBytes the size of each part but the last; used by {@link Kind#MULTIPART} only
 * @param expiresIn how long what was signed is good; whole seconds
 * @param callback whether OSS tells Countersign of each object
 */
public record Upload(
        String accountId,
        String name,
        String bucket,
        String role,
        UploadKey key,
        List<String> contentTypes,
        long maxBytes,
        Kind kind,
        long partBytes,
        Duration expiresIn,
        boolean callback) {
    /** The most bytes of an object that is put at once or by a form, and of a part (help.aliyun.com, "Limits"). */
    public static final long MAX_AT_ONCE = 5L * 1024 * 1024 * 1024;

    /** The least bytes of each part but the last (help.aliyun.com, "UploadPart"). */
    public static final long MIN_PART = 100L * 1024;

    /** The most parts of an object (help.aliyun.com, "UploadPart"). */
    public static final int MAX_PARTS = 10_000;

    /**
     * The most parts of an upload that is {@link Kind#MULTIPART}. The answer to its beginning signs each: 10,000 would be 5 MB, held whole by the server and too much for some Lambdas.
     */
    public static final int MAX_SIGNED_PARTS = 1_000;

    /** How long after what was signed a callback is taken: OSS checks the expiry when an upload begins, and calls back when it ends. */
    public static final Duration CALLBACK_TRANSFER = Duration.ofHours(1);

    /** The size of a part where the manifest names none. */
    public static final long USUAL_PART = 8L * 1024 * 1024;

    public Upload {
        contentTypes = List.copyOf(contentTypes);
    }

    /** How a file is uploaded. */
    public enum Kind {
        /** By one PUT to a presigned URL. */
        PUT("put"),
        /** By one POST of a form. */
        FORM("form"),
        /** In parts, each by a PUT to a presigned URL. */
        MULTIPART("multipart");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As the manifest has it. */
        public String text() {
            return text;
        }

        public static Optional<Kind> of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
