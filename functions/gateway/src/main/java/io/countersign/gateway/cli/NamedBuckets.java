package io.countersign.gateway.cli;

import io.countersign.oss.Body;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The buckets that a request names. */
final class NamedBuckets {
    private NamedBuckets() {}

    /** Returns its own, and those of its further objects. Of a request that OSS does not have, or cannot read, only its own: an operator signs it to compare with a client's. */
    static Set<String> of(OssRequest request) {
        Set<String> buckets = new LinkedHashSet<>();
        request.target().bucketName().ifPresent(buckets::add);
        try {
            Optional<Operation> operation = Operations.of(request);
            if (operation.isPresent()) {
                for (Right right : Operations.rights(operation.get(), request, Body.UNKNOWN)) {
                    right.scope().bucketName().ifPresent(buckets::add);
                }
            }
        } catch (OssRefusal unreadable) {
            return buckets;
        }
        return buckets;
    }
}
