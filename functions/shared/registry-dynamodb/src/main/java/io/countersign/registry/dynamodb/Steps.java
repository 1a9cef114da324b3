package io.countersign.registry.dynamodb;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import io.countersign.registry.store.WriteResult;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Several writes in one transaction. Every attempt carries the same token, so that one whose answer was lost is not made twice. */
record Steps(DynamoDbClient client, String table) {
    /**
     * @param version one for all writes: their keys differ
     * @param token tells this transaction from all others of the last ten minutes
     */
    WriteResult make(List<Write> writes, long version, String token, Instant now, Deadline deadline)
            throws StoreUnavailable {
        Step step = new Step(table, version, now);
        List<TransactWriteItem> steps = writes.stream().map(step::of).toList();
        while (true) {
            try {
                attempt(steps, token, deadline);
                return new WriteResult.Committed();
            } catch (TransactionCanceledException e) {
                switch (Cancellation.of(writes, e.cancellationReasons())) {
                    case Cancellation.Failed failed -> {
                        return new WriteResult.Conflict(failed.keys());
                    }
                    case Cancellation.InTheWay inTheWay -> {
                        if (!deadline.permits()) {
                            return new WriteResult.Conflict(List.of());
                        }
                    }
                    case Cancellation.Throttled throttled -> {
                        if (!deadline.permits()) {
                            throw Failures.throttled(table);
                        }
                    }
                    case Cancellation.Refused refused -> throw Failures.refused(table, refused.code());
                }
            } catch (TransactionInProgressException e) {
                // An earlier attempt of this very transaction is still under way: the next one is told how it ended.
                if (!deadline.permits()) {
                    throw Failures.tooLate();
                }
            }
            deadline.pause();
        }
    }

    private void attempt(List<TransactWriteItem> steps, String token, Deadline deadline) throws StoreUnavailable {
        var bound = deadline.bound();
        client.transactWriteItems(request ->
                request.transactItems(steps).clientRequestToken(token).overrideConfiguration(bound));
    }
}
