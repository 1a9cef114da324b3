package io.countersign.verify.explain;

import java.util.Optional;

/** An access key id that was copied with white space around it: to a server, another key. */
final class CopiedKeyId {
    private CopiedKeyId() {}

    /** Empty when the id that the error names has none around it. */
    static Optional<Cause> cause(ServerError error) {
        return error.element("OSSAccessKeyId")
                .filter(id -> !id.isBlank() && !id.equals(id.strip()))
                .map(id -> AnswerTable.KNOWN.named("AccessKeyIdCopied"));
    }
}
