package io.countersign.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key of a clause, by where its value comes from. Keys go by their exact names: one in another case is refused with the right spelling, because nothing
 * would ever be told for it.
 */
sealed interface ClauseKey {
    /** As policies write it. */
    String text();

    KeyType type();

    /** What the request brings. */
    record OfRequest(ConditionKey key) implements ClauseKey {
        @Override
        public String text() {
            return key.text();
        }

        @Override
        public KeyType type() {
            return key.type();
        }
    }

    /** {@code acs:PrincipalARN}. */
    record OfPrincipal() implements ClauseKey {
        private static final String TEXT = "acs:PrincipalARN";

        @Override
        public String text() {
            return TEXT;
        }

        @Override
        public KeyType type() {
            return KeyType.TEXT;
        }
    }

    record OfTag(TagFamily family, String name) implements ClauseKey {
        @Override
        public String text() {
            return family.prefix() + name;
        }

        @Override
        public KeyType type() {
            return KeyType.TAG;
        }
    }

    /** A key of another service: nothing here ever knows its value, or that it is absent. */
    record OfElsewhere(String text) implements ClauseKey {
        @Override
        public KeyType type() {
            return KeyType.ANY;
        }
    }

    /** Empty when the place knows no such key. */
    static Optional<ClauseKey> parse(String text, KeyPlace place) {
        for (TagFamily family : TagFamily.values()) {
            if (place != KeyPlace.TRUST && family.has(text)) {
                return Optional.of(
                        new OfTag(family, text.substring(family.prefix().length())));
            }
        }
        return known(place)
                .filter(key -> key.text().equals(text))
                .findAny()
                .or(() -> ForeignKey.parse(text).filter(place::takes).map(key -> new OfElsewhere(text)));
    }

    /** The known key that differs in case only. */
    static Optional<String> spelling(String text, KeyPlace place) {
        return known(place)
                .map(ClauseKey::text)
                .filter(known -> Letters.lower(known).equals(Letters.lower(text)))
                .findAny();
    }

    private static Stream<ClauseKey> known(KeyPlace place) {
        return Stream.concat(
                Stream.of(new OfPrincipal()),
                Arrays.stream(ConditionKey.values()).filter(place::knows).map(OfRequest::new));
    }
}
