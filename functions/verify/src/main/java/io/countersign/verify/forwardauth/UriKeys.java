package io.countersign.verify.forwardauth;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.Target;
import java.util.List;

/**
 * Refuses names that two readers may read differently, for proxies that pass the client's URL on: one reader decodes {@code +} to a space and {@code %2F} to a
 * slash, as OSS does, and the other does not. A name passes only in the one encoding that our own signers write, which both readers decode alike.
 */
final class UriKeys {
    /** Headers that the storage decodes as it decodes a URL (docs/protocol.md 13). */
    private static final List<EncodedText> HEADERS = List.of(EncodedText.COPY_SOURCE, EncodedText.SYMLINK_TARGET);

    private UriKeys() {}

    /**
     * @param uri the target of the request line, as it was received
     * @throws OssRefusal InvalidObjectName when the path, the source of a copy or the target of a link is not our own encoding of what it names
     */
    static void check(String uri, OssRequest request) throws OssRefusal {
        String path = before(uri);
        boolean extraSlashes = request.target() instanceof Target.Service && path.length() > 1;
        if (extraSlashes || !isCanonical(path, EncodedText.URL)) {
            throw refused("its path");
        }
        for (EncodedText header : HEADERS) {
            for (String value : request.headers().all(header.name())) {
                if (!isCanonical(before(value), header)) {
                    throw refused(header.name());
                }
            }
        }
    }

    private static String before(String text) {
        int question = text.indexOf('?');
        return question < 0 ? text : text.substring(0, question);
    }

    private static boolean isCanonical(String encoded, EncodedText where) throws OssRefusal {
        return PercentEncoding.encodePath(PercentEncoding.decode(encoded, where))
                .equals(encoded);
    }

    private static OssRefusal refused(String where) {
        return new OssRefusal(
                OssError.INVALID_OBJECT_NAME,
                "The specified object is not valid: behind this endpoint the URL is read a second time, so " + where
                        + " must be written in one way: A-Z a-z 0-9 - . _ ~ and / as they are, everything else as %XX in"
                        + " upper case (a space as %20, a plus as %2B).");
    }
}
