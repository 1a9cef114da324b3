package io.countersign.policy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The condition keys (protocol.md 9, grammar), by their exact names: a key in another case is refused with the right spelling, because a
 * key that is never present would make a Deny that never bites.
 */
final class ConditionKey {
    static final String BUCKET_TAG = "oss:BucketTag/";
    static final String EXISTING_OBJECT_TAG = "oss:ExistingObjectTag/";
    static final String REQUEST_OBJECT_TAG = "oss:RequestObjectTag/";

    private static final int MAX_TAG = 128;

    private static final Map<String, Type> COMMON = Map.of(
            Conditions.SOURCE_IP, Type.IP,
            Conditions.USER_AGENT, Type.TEXT,
            Conditions.CURRENT_TIME, Type.DATE,
            Conditions.SECURE_TRANSPORT, Type.BOOL,
            Conditions.ACCESS_ID, Type.TEXT,
            Conditions.MFA_PRESENT, Type.BOOL,
            Conditions.SOURCE_VPC, Type.TEXT,
            Conditions.PRINCIPAL_ARN, Type.TEXT);
    private static final Map<String, Type> OSS = Map.of(
            Conditions.PREFIX, Type.TEXT,
            Conditions.DELIMITER, Type.TEXT,
            Conditions.BUCKET_ACL, Type.TEXT,
            Conditions.OBJECT_ACL, Type.TEXT);
    private static final Map<String, Type> TRUST = Map.of(
            Conditions.OIDC_ISSUER, Type.TEXT,
            Conditions.OIDC_AUDIENCE, Type.TEXT,
            Conditions.OIDC_SUBJECT, Type.TEXT,
            Conditions.EXTERNAL_ID, Type.TEXT,
            Conditions.SAML_RECIPIENT, Type.TEXT);

    private ConditionKey() {}

    /** Where a Condition stands. */
    enum Place {
        ACCESS(OSS),
        TRUST(ConditionKey.TRUST);

        private final Map<String, Type> own;

        Place(Map<String, Type> own) {
            this.own = own;
        }
    }

    /** What a key's values are, which says the operators it takes. */
    enum Type {
        TEXT("the String operators"),
        /** A tag's value is text that may be a number or a date. */
        TAG("the String, Numeric and Date operators"),
        DATE("the Date operators"),
        BOOL("Bool"),
        IP("IpAddress and NotIpAddress");

        private final String operators;

        Type(String operators) {
            this.operators = operators;
        }

        String operators() {
            return operators;
        }

        boolean takes(OperatorKind kind) {
            return switch (kind) {
                case OperatorKind.OfText text -> this == TEXT || this == TAG;
                case OperatorKind.OfNumber number -> this == TAG;
                case OperatorKind.OfDate date -> this == DATE || this == TAG;
                case OperatorKind.OfBool bool -> this == BOOL;
                case OperatorKind.OfIp ip -> this == IP;
            };
        }
    }

    static Optional<Type> typeOf(String key, Place place) {
        if (place == Place.ACCESS && isTag(key)) {
            return Optional.of(Type.TAG);
        }
        return Optional.ofNullable(COMMON.get(key)).or(() -> Optional.ofNullable(place.own.get(key)));
    }

    /** The known key that differs in case only. */
    static Optional<String> spelling(String key, Place place) {
        return Stream.concat(COMMON.keySet().stream(), place.own.keySet().stream())
                .filter(known -> known.equalsIgnoreCase(key))
                .findAny();
    }

    private static boolean isTag(String key) {
        return Stream.of(BUCKET_TAG, EXISTING_OBJECT_TAG, REQUEST_OBJECT_TAG)
                .anyMatch(prefix -> key.startsWith(prefix)
                        && key.length() > prefix.length()
                        && key.length() <= prefix.length() + MAX_TAG
                        && !key.contains("${"));
    }
}
