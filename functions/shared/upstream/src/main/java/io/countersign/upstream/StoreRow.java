package io.countersign.upstream;

import io.countersign.oss.Operation;
import io.countersign.registry.Upstream;
import java.util.Set;

/**
 * One operation with one protocol: who answers it, and what of the request may go to the store. Everything else is
 * refused before anything is sent.
 *
 * @param parameters the query parameters that may be there; those of signatures are not among them and never go on
 * @param headers the headers that may be there, in lower case; a name that ends in {@code -} stands for all that begin
 *     with it
 * @param translation in the words of docs/store.md; empty where the request goes on as OSS has it
 */
public record StoreRow(
        Operation operation,
        Upstream.Protocol protocol,
        Answerer answerer,
        BodyUse body,
        Set<String> parameters,
        Set<String> headers,
        String translation) {
    public StoreRow {
        parameters = Set.copyOf(parameters);
        headers = Set.copyOf(headers);
    }

    /** Whether a header may be there, by its name in lower case. */
    public boolean admitsHeader(String name) {
        return headers.contains(name)
                || headers.stream().anyMatch(admitted -> admitted.endsWith("-") && name.startsWith(admitted));
    }
}
