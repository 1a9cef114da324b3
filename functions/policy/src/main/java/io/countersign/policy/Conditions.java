package io.countersign.policy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a request, by condition key. A key that is not here is absent: an Allow that asks for it does not match,
 * a negated operator in a Deny does. {@code acs:PrincipalARN} is not put here: the {@link Authorizer} takes it from the principal.
 */
public final class Conditions {
    public static final String SOURCE_IP = "acs:SourceIp";
    public static final String USER_AGENT = "acs:UserAgent";
    public static final String CURRENT_TIME = "acs:CurrentTime";
    public static final String SECURE_TRANSPORT = "acs:SecureTransport";
    public static final String ACCESS_ID = "acs:AccessId";
    public static final String MFA_PRESENT = "acs:MFAPresent";
    public static final String SOURCE_VPC = "acs:SourceVpc";
    public static final String PRINCIPAL_ARN = "acs:PrincipalARN";
    public static final String PREFIX = "oss:Prefix";
    public static final String DELIMITER = "oss:Delimiter";
    public static final String BUCKET_ACL = "oss:x-oss-acl";
    public static final String OBJECT_ACL = "oss:x-oss-object-acl";
    public static final String OIDC_ISSUER = "oidc:iss";
    public static final String OIDC_AUDIENCE = "oidc:aud";
    public static final String OIDC_SUBJECT = "oidc:sub";
    public static final String EXTERNAL_ID = "sts:ExternalId";
    public static final String SAML_RECIPIENT = "saml:recipient";

    public static final Conditions NONE = new Conditions(Map.of());

    private final Map<String, List<String>> values;

    private Conditions(Map<String, List<String>> values) {
        this.values = Map.copyOf(values);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The key of a tag of the bucket. */
    public static String bucketTag(String name) {
        return ConditionKey.BUCKET_TAG + name;
    }

    /** The key of a tag that the object has. */
    public static String existingObjectTag(String name) {
        return ConditionKey.EXISTING_OBJECT_TAG + name;
    }

    /** The key of a tag that the request would give the object. */
    public static String requestObjectTag(String name) {
        return ConditionKey.REQUEST_OBJECT_TAG + name;
    }

    /** The values of a key, by its exact name; empty when the key is absent. */
    public List<String> values(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** These and one more key; what the key held before is replaced. */
    public Conditions with(String key, String value) {
        return new Builder(values).put(key, value).build();
    }

    /** These without a key. */
    public Conditions without(String key) {
        return values.containsKey(key) ? new Builder(values).put(key, List.of()).build() : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Conditions that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Collects the keys that are known. Putting a key again replaces it. */
    public static final class Builder {
        private final Map<String, List<String>> values;

        private Builder() {
            this(Map.of());
        }

        private Builder(Map<String, List<String>> values) {
            this.values = new LinkedHashMap<>(values);
        }

        public Builder put(String key, String value) {
            return put(key, List.of(value));
        }

        /** An empty value leaves the key absent. */
        public Builder put(String key, Optional<String> value) {
            return put(key, value.isEmpty() ? List.of() : List.of(value.get()));
        }

        /** An empty list leaves the key absent. */
        public Builder put(String key, List<String> several) {
            if (several.isEmpty()) {
                values.remove(key);
            } else {
                values.put(key, List.copyOf(several));
            }
            return this;
        }

        /** The moment of the request, as {@code acs:CurrentTime}. */
        public Builder currentTime(Instant now) {
            return put(CURRENT_TIME, now.toString());
        }

        /** Whether the request came over TLS, as {@code acs:SecureTransport}. */
        public Builder secureTransport(boolean secure) {
            return put(SECURE_TRANSPORT, Boolean.toString(secure));
        }

        public Conditions build() {
            return new Conditions(values);
        }
    }
}
