package io.countersign.oss;

import java.util.Optional;

/** What the header {@code x-oss-copy-source} names: {@code /bucket/key}, encoded as in a URL (a {@code +} is a space: protocol.md 13), {@code ?versionId=} at its end for a version. */
record CopySource(Target.ObjectKey object, Optional<String> version) {
    private static final String VERSION = "versionId=";

    /** @throws OssRefusal InvalidArgument when the header has another form; InvalidBucketName, InvalidObjectName for names that cannot be */
    static CopySource parse(String header) throws OssRefusal {
        int question = header.indexOf('?');
        String path = question < 0 ? header : header.substring(0, question);
        int slash = path.indexOf('/', 1);
        if (!path.startsWith("/") || slash < 0 || slash == path.length() - 1) {
            throw malformed();
        }
        return new CopySource(
                object(decoded(path.substring(1, slash)), decoded(path.substring(slash + 1))),
                version(question, header));
    }

    private static String decoded(String piece) throws OssRefusal {
        return PercentEncoding.decode(piece, EncodedText.COPY_SOURCE);
    }

    private static Target.ObjectKey object(String bucket, String key) throws OssRefusal {
        try {
            return new Target.ObjectKey(BucketName.checked(bucket), ObjectName.checked(key));
        } catch (OssRefusal refusal) {
            throw EncodedText.COPY_SOURCE.about(refusal);
        }
    }

    private static Optional<String> version(int question, String header) throws OssRefusal {
        if (question < 0) {
            return Optional.empty();
        }
        String query = header.substring(question + 1);
        if (!query.startsWith(VERSION) || query.length() == VERSION.length() || query.indexOf('&') >= 0) {
            throw malformed();
        }
        return Optional.of(PercentEncoding.decode(query.substring(VERSION.length()), EncodedText.COPY_SOURCE));
    }

    private static OssRefusal malformed() {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT,
                "x-oss-copy-source is not /bucket/key with the key percent-encoded, and ?versionId= for a version; correct it.");
    }
}
