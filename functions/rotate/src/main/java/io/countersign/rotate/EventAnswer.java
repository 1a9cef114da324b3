package io.countersign.rotate;

import io.countersign.json.JsonText;
import java.util.List;

/** What became of an event. */
public sealed interface EventAnswer {
    /**
     * It was taken; perhaps there was nothing to do.
     *
     * @param facts in the order in which they were done
     */
    record Done(List<Fact> facts) implements EventAnswer {
        public Done {
            facts = List.copyOf(facts);
        }
    }

    /** It cannot be done, now or ever: sending it again changes nothing. */
    record Refused(Refusal refusal) implements EventAnswer {}

    /** The members of the face's answer. */
    static String json(IncomingEvent event, Done done) {
        return JsonText.object(json -> json.put("id", event.id())
                .array(
                        "done",
                        array -> done.facts()
                                .forEach(fact -> array.object(members ->
                                        members.put("event", fact.type().text()).put("subject", fact.subject())))));
    }
}
