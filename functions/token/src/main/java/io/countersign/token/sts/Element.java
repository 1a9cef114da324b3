package io.countersign.token.sts;

import java.util.List;

/** What an answer is made of, whichever format it is written in. */
sealed interface Element {
    String name();

    static Field field(String name, String text) {
        return new Field(name, text);
    }

    static Group group(String name, Element... elements) {
        return new Group(name, List.of(elements));
    }

    record Field(String name, String text) implements Element {
        /** The name alone: the text may be a secret. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** @param elements in their order */
    record Group(String name, List<Element> elements) implements Element {
        public Group {
            elements = List.copyOf(elements);
        }
    }
}
