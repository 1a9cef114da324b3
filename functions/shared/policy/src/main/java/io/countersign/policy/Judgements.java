package io.countersign.policy;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the Conditions of statements say of one request. A Condition asks about the request and the tags of the place, not about the action or the key: it is
 * judged once for all rights whose places have the same tags, however many keys a request names.
 */
final class Judgements {
    private final List<OfPlace> places = new ArrayList<>(1);

    private record OfPlace(PlaceTags tags, Map<Clauses, Truth> judged) {}

    Truth of(Clauses clauses, Asked asked) {
        Map<Clauses, Truth> judged = at(asked.tags());
        Truth known = judged.get(clauses);
        if (known != null) {
            return known;
        }
        Truth truth = clauses.judge(asked, asked.steps());
        judged.put(clauses, truth);
        return truth;
    }

    private Map<Clauses, Truth> at(PlaceTags tags) {
        for (OfPlace place : places) {
            if (place.tags().equals(tags)) {
                return place.judged();
            }
        }
        // Two Conditions of different documents may say the same; telling them apart costs less than comparing them.
        OfPlace fresh = new OfPlace(tags, new IdentityHashMap<>());
        places.add(fresh);
        return fresh.judged();
    }
}
