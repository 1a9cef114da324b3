package io.countersign.oss;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
        List<Map.Entry<String, String>> elements = new ArrayList<>(details.size());
        details.forEach((name, value) -> elements.add(Map.entry(name, value)));
        return new ErrorDetails(List.copyOf(elements));
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
