package io.countersign.identity.delegation;

import io.countersign.oss.Scope;
import io.countersign.oss.Target;

/** The part of the table that is about form uploads. */
final class UploadRule {
    static final String ACTION = "oss:PutObject";
    static final String ACL_ACTION = "oss:PutObjectAcl";
    static final String TAGGING_ACTION = "oss:PutObjectTagging";

    private static final String FILE_NAME = "${filename}";

    private UploadRule() {}

    /** What the right to upload is needed on. */
    static Scope scope(UploadPlace place) throws SigningRefusal {
        if (place.start().contains(FILE_NAME)) {
            throw new SigningRefusal(
                    SigningError.NOT_SIGNABLE,
                    "OSS puts the file's name in the place of " + FILE_NAME
                            + ", so another key would be written than was judged; name the folder as keyPrefix.");
        }
        return switch (place) {
            case UploadPlace.Key key -> Target.object(key.bucket(), key.key());
            case UploadPlace.Below below -> {
                if (!below.prefix().endsWith("/")) {
                    throw new SigningRefusal(
                            SigningError.INVALID_ARGUMENT,
                            "The prefix does not end in \"/\", so it would reach into folders whose names begin alike; add the slash.");
                }
                yield new Scope.ObjectPrefix(below.bucket(), below.prefix());
            }
        };
    }
}
