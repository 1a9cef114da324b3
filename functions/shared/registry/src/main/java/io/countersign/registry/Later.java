package io.countersign.registry;

import java.util.ArrayList;
import java.util.List;

/**
 * Says what will be asked for after this, so that a reader that has to go to the store brings it along in the same batch. It is asked only then, and what it says
 * decides nothing: too little costs a further batch, too much costs reads, and whatever was brought along is read as any other record is.
 */
@FunctionalInterface
public interface Later {
    /** Nothing more is known to come. */
    Later NOTHING = List::of;

    static Later of(Name... names) {
        return () -> List.of(names);
    }

    /** In the order of their likelihood: what does not fit into the batch is left out. */
    List<Name> names();

    /** This and these. */
    default Later and(Later more) {
        return () -> {
            List<Name> all = new ArrayList<>(names());
            all.addAll(more.names());
            return List.copyOf(all);
        };
    }
}
