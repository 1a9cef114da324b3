package io.countersign.gateway.store;

import io.countersign.oss.OssRequest;
import io.countersign.oss.Operation;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upstream;
import io.countersign.upstream.BodyUse;
import io.countersign.upstream.StoreTable;
import io.countersign.verify.decide.VerifyRequest;
import java.util.Optional;

/**
 * A request whose head was read and that is not judged yet.
 *
 * @param request without what its body says
 * @param operation empty when OSS has no such operation
 * @param bucket empty for the service, and for a bucket that the registry does not have
 */
record Incoming(VerifyRequest request, OssRequest oss, Optional<Operation> operation, Optional<Bucket> bucket) {
    Optional<Upstream> upstream() {
        return bucket.flatMap(Bucket::upstream);
    }

    /** What becomes of the body. Where nothing can go to a store, nothing of it is read. */
    BodyUse bodyUse() {
        Optional<Upstream> upstream = upstream();
        return operation.isEmpty() || upstream.isEmpty()
                ? new BodyUse.Ignored()
                : StoreTable.row(operation.get(), upstream.get().protocol()).body();
    }
}
