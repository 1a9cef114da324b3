package io.countersign.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key of a clause, by the source of its value. Keys are case-sensitive: a key in another case is refused with the
 * right spelling, because it would never have a value.
 */
sealed interface ClauseKey {
    /** The key as policies write it. */
    String text();

    KeyType type();

    /** A key of the request. */
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

    /** A key of another service. Its value, and whether it is absent, is never known. */
    record OfElsewhere(String text) implements ClauseKey {
        @Override
        public KeyType type() {
            return KeyType.ANY;
        }
    }

    /** Returns empty when the place has no such key. */
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

    /** Returns the known key that differs in case only. */
    static Optional<String> spelling(String text, KeyPlace place) {
        return known(place)
                .map(ClauseKey::text)
                .filter(known -> CaseFolding.lower(known).equals(CaseFolding.lower(text)))
                .findAny();
    }

    private static Stream<ClauseKey> known(KeyPlace place) {
        return Stream.concat(
                Stream.of(new OfPrincipal()),
                Arrays.stream(ConditionKey.values()).filter(place::knows).map(OfRequest::new));
    }

    /** Families of condition keys that end with the name of a tag. */
    enum TagFamily {
        BUCKET("oss:BucketTag/"),
        EXISTING_OBJECT("oss:ExistingObjectTag/"),
        REQUEST_OBJECT("oss:RequestObjectTag/"),
        RESOURCE("acs:ResourceTag/");

        private static final int MAX_TAG = 128;

        private final String prefix;

        TagFamily(String prefix) {
            this.prefix = prefix;
        }

        String prefix() {
            return prefix;
        }

        /** Whether the key belongs to the family: the name has 1 to 128 characters and no variable. */
        boolean has(String key) {
            return key.startsWith(prefix)
                    && key.length() > prefix.length()
                    && key.length() <= prefix.length() + MAX_TAG
                    && !key.contains("${");
        }
    }

    /** The type of a condition key's values, which determines its operators. */
    enum KeyType {
        TEXT("the String operators"),
        /** The value of a tag is text that may be a number or a date. */
        TAG("the String, Numeric and Date operators"),
        DATE("the Date operators"),
        BOOL("Bool"),
        IP("IpAddress and NotIpAddress"),
        /** Another service compares it in its own way. */
        ANY("every operator");

        private final String operators;

        KeyType(String operators) {
            this.operators = operators;
        }

        String operators() {
            return operators;
        }

        boolean takes(ConditionOperator.Kind kind) {
            return this == ANY
                    || switch (kind) {
                        case ConditionOperator.Kind.OfText text -> this == TEXT || this == TAG;
                        case ConditionOperator.Kind.OfNumber number -> this == TAG;
                        case ConditionOperator.Kind.OfDate date -> this == DATE || this == TAG;
                        case ConditionOperator.Kind.OfBool bool -> this == BOOL;
                        case ConditionOperator.Kind.OfIp ip -> this == IP;
                    };
        }
    }
}
