package io.countersign.upstream;

import io.countersign.oss.Operation;
import io.countersign.registry.Upstream;
import java.util.Set;

/** What may go to a store behind a bucket, for each operation and protocol. An operation without a row is refused. */
public final class StoreTable {
    private StoreTable() {}

    /** Returns the row; for an operation without one, a row that nobody answers. */
    public static StoreRow row(Operation operation, Upstream.Protocol protocol) {
        return new StoreRow(
                operation,
                protocol,
                new Answerer.Nobody(operation.apiName() + " is not offered for a bucket with a store behind it."),
                new BodyUse.Ignored(),
                Set.of(),
                Set.of(),
                "");
    }
}
