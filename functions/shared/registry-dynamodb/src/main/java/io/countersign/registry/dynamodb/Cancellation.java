package io.countersign.registry.dynamodb;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Write;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;

/** Why DynamoDB made no write of a transaction; its reasons stand in the order of the writes. */
sealed interface Cancellation {
    /** Conditions that did not hold: another attempt would be told the same. */
    record Failed(List<ItemKey> keys) implements Cancellation {
        public Failed {
            keys = List.copyOf(keys);
        }
    }

    /** Another transaction held one of the items. */
    record InTheWay() implements Cancellation {}

    record Throttled() implements Cancellation {}

    /** DynamoDB will never take it. */
    record Refused(String code) implements Cancellation {}

    static Cancellation of(List<Write> writes, List<CancellationReason> reasons) {
        List<ItemKey> failed = new ArrayList<>();
        Set<String> others = new LinkedHashSet<>();
        for (int i = 0; i < reasons.size() && i < writes.size(); i++) {
            String code = String.valueOf(reasons.get(i).code());
            switch (code) {
                case "None", "null" -> {}
                case "ConditionalCheckFailed" -> failed.add(writes.get(i).key());
                default -> others.add(code);
            }
        }
        if (!failed.isEmpty()) {
            return new Failed(failed);
        }
        others.remove("TransactionConflict");
        if (others.isEmpty()) {
            return new InTheWay();
        }
        others.removeAll(Set.of("ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded"));
        return others.isEmpty()
                ? new Throttled()
                : new Refused(others.iterator().next());
    }
}
