package io.countersign.upstream;

import io.countersign.http.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The header Content-MD5 of a document. */
public final class ContentMd5 {
    private ContentMd5() {}

    /** Returns the digest in Base64. */
    public static String of(Bytes document) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(document.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }
}
