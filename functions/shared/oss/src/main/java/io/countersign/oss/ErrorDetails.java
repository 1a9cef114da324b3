package io.countersign.oss;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The further elements of an error document by name, in their order. Unchangeable, so that one copy serves from the refusal to the answer. */
public final class ErrorDetails extends AbstractMap<String, String> {
    public static final ErrorDetails NONE = new ErrorDetails(List.of());

    private final List<Map.Entry<String, String>> elements;

    private ErrorDetails(List<Map.Entry<String, String>> elements) {
        this.elements = elements;
    }

    public static ErrorDetails of(Map<String, String> details) {
        if (details instanceof ErrorDetails known) {
            return known;
        }
        if (details.isEmpty()) {
            return NONE;
        }
        Builder elements = new Builder();
        details.forEach(elements::add);
        return elements.build();
    }

    /** Collects elements in their order. */
    public static final class Builder {
        private final List<Map.Entry<String, String>> elements = new ArrayList<>();

        /** @param name of none of the elements before */
        public Builder add(String name, String value) {
            elements.add(Map.entry(name, value));
            return this;
        }

        /** Adds the element where there is a value. */
        public Builder add(String name, Optional<String> value) {
            return value.isPresent() ? add(name, value.get()) : this;
        }

        public ErrorDetails build() {
            return new ErrorDetails(List.copyOf(elements));
        }
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new Elements(elements);
    }

    private static final class Elements extends AbstractSet<Map.Entry<String, String>> {
        private final List<Map.Entry<String, String>> elements;

        Elements(List<Map.Entry<String, String>> elements) {
            this.elements = elements;
        }

        @Override
        public Iterator<Map.Entry<String, String>> iterator() {
            return elements.iterator();
        }

        @Override
        public int size() {
            return elements.size();
        }
    }
}
