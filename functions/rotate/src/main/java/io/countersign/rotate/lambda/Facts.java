package io.countersign.rotate.lambda;

import io.countersign.http.Bytes;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.util.Map;
import java.util.TreeMap;

/** How often each thing was done, for metrics. */
final class Facts {
    private Facts() {}

    /** @param answer as {@code /events} gives it: {@code {"id":..., "done":[{"event":...},...]}} */
    static Map<String, Integer> counts(Bytes answer) {
        Map<String, Integer> counts = new TreeMap<>();
        try {
            for (Value fact : Members.of(Values.parse(answer.toArray())).list("done")) {
                counts.merge(Members.of(fact).string("event"), 1, Integer::sum);
            }
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("an answer of this function's own cannot be read", e);
        }
        return counts;
    }
}
