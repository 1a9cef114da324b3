package io.countersign.policy;

import java.util.Map;

/** Condition values of tests, by the keys as policies write them. */
record Known(Conditions conditions, PlaceTags tags) {
    static final Known NOTHING = new Known(Conditions.NONE, PlaceTags.UNKNOWN);

    static Known told(String key, String value) {
        return NOTHING.and(key, new KeyState.Told(value));
    }

    static Known absent(String key) {
        return NOTHING.and(key, KeyState.absent());
    }

    Known and(String key, String value) {
        return and(key, new KeyState.Told(value));
    }

    /** Only this tag of the family has a known value. */
    Known and(String text, KeyState state) {
        return switch (ClauseKey.parse(text, KeyPlace.ACCESS)
                .or(() -> ClauseKey.parse(text, KeyPlace.TRUST))
                .orElseThrow()) {
            case ClauseKey.OfRequest(ConditionKey key) ->
                new Known(conditions.more().tell(key, state).build(), tags);
            case ClauseKey.OfTag(ClauseKey.TagFamily family, String name) -> and(family, tags(name, state));
            case ClauseKey.OfElsewhere other -> throw new IllegalArgumentException(text + " is never known");
            case ClauseKey.OfPrincipal own -> throw new IllegalArgumentException(text + " is the principal's own");
        };
    }

    Known and(ClauseKey.TagFamily family, PlaceTags.Tags told) {
        return switch (family) {
            case BUCKET -> new Known(conditions, new PlaceTags(told, tags.object()));
            case EXISTING_OBJECT -> new Known(conditions, new PlaceTags(tags.bucket(), told));
            case RESOURCE -> new Known(conditions, new PlaceTags(tags.bucket(), tags.object(), told));
            case REQUEST_OBJECT ->
                new Known(conditions.more().requestObjectTags(told).build(), tags);
        };
    }

    private static PlaceTags.Tags tags(String name, KeyState state) {
        return switch (state) {
            case KeyState.Told(String value) -> PlaceTags.Tags.of(Map.of(name, value));
            case KeyState.Absent absent -> PlaceTags.Tags.NONE;
            case KeyState.Unknown unknown -> PlaceTags.Tags.UNKNOWN;
        };
    }
}
