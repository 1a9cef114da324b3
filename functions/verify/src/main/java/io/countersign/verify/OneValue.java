package io.countersign.verify;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import java.util.List;

/** Refuses a second line of any header that a decision rests on: the storage might heed the one that was not judged. */
final class OneValue {
    private static final List<String> HEADERS =
            List.of("x-oss-acl", "x-oss-object-acl", "x-oss-tagging", "user-agent", "content-type");

    private OneValue() {}

    static void check(OssRequest request) throws OssRefusal {
        for (String name : HEADERS) {
            if (request.headers().all(name).size() > 1) {
                throw new OssRefusal(OssError.INVALID_ARGUMENT, "There are several headers " + name + "; send one.");
            }
        }
    }
}
