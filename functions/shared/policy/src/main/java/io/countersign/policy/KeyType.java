package io.countersign.policy;

/** What a condition key's values are, which says the operators it takes. */
enum KeyType {
    TEXT("the String operators"),
    /** A tag's value is text that may be a number or a date. */
    TAG("the String, Numeric and Date operators"),
    DATE("the Date operators"),
    BOOL("Bool"),
    IP("IpAddress and NotIpAddress"),
    /** What another service compares in its own way. */
    ANY("every operator");

    private final String operators;

    KeyType(String operators) {
        this.operators = operators;
    }

    String operators() {
        return operators;
    }

    boolean takes(OperatorKind kind) {
        return this == ANY
                || switch (kind) {
                    case OperatorKind.OfText text -> this == TEXT || this == TAG;
                    case OperatorKind.OfNumber number -> this == TAG;
                    case OperatorKind.OfDate date -> this == DATE || this == TAG;
                    case OperatorKind.OfBool bool -> this == BOOL;
                    case OperatorKind.OfIp ip -> this == IP;
                };
    }
}
