package io.countersign.http.hostile;

import java.util.ArrayList;
import java.util.List;

/**
 * The change that an attack makes to a valid call.
 *
 * @param victim which of the valid calls
 * @param ofParts edits of what the call says
 * @param ofText edits of the text in which it says it
 */
public record Attack(int victim, List<Edit> ofParts, List<Edit> ofText) {
    public Attack {
        ofParts = List.copyOf(ofParts);
        ofText = List.copyOf(ofText);
    }

    /** The call that is spoiled. */
    public <T> T on(List<T> victims) {
        return victims.get(Math.floorMod(victim, victims.size()));
    }

    /** The parts, changed. */
    public List<String> parts(List<String> parts) {
        List<String> changed = new ArrayList<>(parts);
        for (Edit edit : ofParts) {
            changed.set(edit.partOf(changed.size()), edit.on(changed.get(edit.partOf(changed.size()))));
        }
        return changed;
    }

    /** The text, changed. */
    public String text(String text) {
        String changed = text;
        for (Edit edit : ofText) {
            changed = edit.on(changed);
        }
        return changed;
    }
}
