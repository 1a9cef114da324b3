package io.countersign.testkit;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The properties that {@link SeedHookTest} runs. */
class SomeProperties {
    static final List<Long> FIRST = new ArrayList<>();
    static final List<Long> SECOND = new ArrayList<>();

    @Property(tries = 20)
    void first(@ForAll long value) {
        FIRST.add(value);
    }

    @Property(tries = 20)
    void second(@ForAll long value) {
        SECOND.add(value);
    }
}
