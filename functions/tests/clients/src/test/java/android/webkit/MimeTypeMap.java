package android.webkit;

import org.jspecify.annotations.Nullable;

/** A stand-in: text is all that the tests upload. */
public final class MimeTypeMap {
    private static final MimeTypeMap ONE = new MimeTypeMap();

    private MimeTypeMap() {}

    public static MimeTypeMap getSingleton() {
        return ONE;
    }

    public @Nullable String getMimeTypeFromExtension(String extension) {
        return extension.equals("txt") ? "text/plain" : null;
    }
}
