package io.countersign.gateway.store;

import io.countersign.http.Header;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upstream;
import io.countersign.upstream.Answerer;
import io.countersign.upstream.BodyUse;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import io.countersign.verify.decide.BucketCors;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.facts.CorsHeaders;
import java.util.List;
import java.util.Optional;

/**
 * A request whose head was read and that is not judged yet.
 *
 * @param request without what its body says
 * @param operation empty when OSS has no such operation
 * @param bucket empty for the service, and for a bucket that the registry does not have
 */
record Incoming(VerifyRequest request, OssRequest oss, Optional<Operation> operation, Optional<Bucket> bucket) {
    /** Whether the client is known to use TLS. */
    boolean isSecure() {
        return request.secureTransport().orElse(false);
    }

    /** What lets a page read the answer, whatever it is. */
    List<Header> cors() {
        return oss.method() == HttpMethod.OPTIONS
                ? List.of()
                : bucket.flatMap(of -> BucketCors.answer(oss.headers(), oss.method(), of))
                        .map(CorsHeaders::of)
                        .orElse(List.of());
    }

    /** The operation and the client's name for the bucket. */
    String label() {
        return operation.map(Operation::apiName).orElse("a request")
                + bucket.map(known -> " for the bucket " + known.name()).orElse("");
    }

    Optional<Upstream> upstream() {
        return bucket.flatMap(Bucket::upstream);
    }

    /** What the table says; empty where there is no operation, or no store behind the bucket. */
    Optional<StoreRow> row() {
        if (operation.isPresent() && oss.target() instanceof Target.Service) {
            return Optional.of(StoreTable.ofService(operation.get()));
        }
        Optional<Upstream> upstream = upstream();
        return operation.isEmpty() || upstream.isEmpty()
                ? Optional.empty()
                : Optional.of(StoreTable.row(operation.get(), upstream.get().protocol()));
    }

    /** What becomes of the body; empty where the request is refused in any case, so that nothing of it is read. */
    Optional<BodyUse> bodyUse() {
        Optional<StoreRow> found = row();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StoreRow row = found.get();
        return switch (row.answerer()) {
            case Answerer.Store store -> Optional.of(row.body());
            case Answerer.Registry here -> Optional.of(row.body());
            case Answerer.Nobody nobody -> Optional.empty();
        };
    }
}
