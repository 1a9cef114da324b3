package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The further elements of an error document by name, in their order. Unchangeable, so that one copy serves from the refusal to the answer. */
public final class ErrorDetails extends AbstractMap<String, String> {
    public static final ErrorDetails NONE = new ErrorDetails(List.of());

    private static final HexFormat OCTETS = HexFormat.ofDelimiter(" ").withUpperCase();

    private final List<Element> elements;

    private ErrorDetails(List<Element> elements) {
        this.elements = elements;
    }

    /** An element of the document. */
    sealed interface Element {
        String name();

        String value();

        record Text(String name, String value) implements Element {}

        /** The bytes of a text in hex, which are written when they are read: the document needs no string of them. */
        record Octets(String name, String text) implements Element {
            byte[] octets() {
                return text.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String value() {
                return OCTETS.formatHex(octets());
            }
        }
    }

    /** In their order. */
    List<Element> elements() {
        return elements;
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
        private final List<Element> elements = new ArrayList<>();

        /** @param name of none of the elements before */
        public Builder add(String name, String value) {
            elements.add(new Element.Text(name, value));
            return this;
        }

        /**
         * Adds the UTF-8 bytes of a text: upper-case hex, with spaces between them.
         *
         * @param name of none of the elements before
         */
        public Builder addOctets(String name, String text) {
            elements.add(new Element.Octets(name, text));
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
        return new Entries(elements);
    }

    private static final class Entries extends AbstractSet<Map.Entry<String, String>> {
        private final List<Element> elements;

        Entries(List<Element> elements) {
            this.elements = elements;
        }

        @Override
        public Iterator<Map.Entry<String, String>> iterator() {
            Iterator<Element> each = elements.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public Map.Entry<String, String> next() {
                    Element element = each.next();
                    return Map.entry(element.name(), element.value());
                }
            };
        }

        @Override
        public int size() {
            return elements.size();
        }
    }
}
