package io.countersign.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The known condition keys of a request. Each key is set to its value or set to be absent; every other key is
 * {@linkplain KeyState unknown}. One key is derived: a request from a public address came through no VPC, unless a VPC
 * is set.
 */
public final class Conditions {
    private static final int KEYS = ConditionKey.values().length;

    /** No key is known. */
    public static final Conditions NONE = builder().build();

    private final KeyState[] states;
    private final PlaceTags.Tags requestObjectTags;

    private Conditions(KeyState[] states, PlaceTags.Tags requestObjectTags) {
        this.states = states;
        this.requestObjectTags = requestObjectTags;
    }

    public static Builder builder() {
        KeyState[] untold = new KeyState[KEYS];
        Arrays.fill(untold, KeyState.unknown());
        return new Builder(untold, PlaceTags.Tags.UNKNOWN);
    }

    /** Returns a builder with these keys. */
    public Builder more() {
        return new Builder(states.clone(), requestObjectTags);
    }

    public KeyState state(ConditionKey key) {
        KeyState state = states[key.ordinal()];
        boolean unknownVpc = key == ConditionKey.SOURCE_VPC && state instanceof KeyState.Unknown;
        return unknownVpc ? SourceNetwork.vpc(state(ConditionKey.SOURCE_IP)) : state;
    }

    /** The tags that the request would give to the object. */
    public PlaceTags.Tags requestObjectTags() {
        return requestObjectTags;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Conditions that
                && Arrays.equals(states, that.states)
                && requestObjectTags.equals(that.requestObjectTags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(states), requestObjectTags);
    }

    /** Collects the known keys. Setting a key again replaces its value. */
    public static final class Builder {
        private final KeyState[] states;
        private PlaceTags.Tags requestObjectTags;

        private Builder(KeyState[] states, PlaceTags.Tags requestObjectTags) {
            this.states = states;
            this.requestObjectTags = requestObjectTags;
        }

        public Builder tell(ConditionKey key, String value) {
            return tell(key, new KeyState.Told(value));
        }

        public Builder tell(ConditionKey key, KeyState state) {
            states[key.ordinal()] = state;
            return this;
        }

        /** Sets the key to a value that was looked for; empty means that the key is absent. */
        public Builder found(ConditionKey key, Optional<String> value) {
            return tell(key, KeyState.found(value));
        }

        /** Sets the key to a value; empty means that the key is unknown. */
        public Builder known(ConditionKey key, Optional<String> value) {
            return value.isEmpty() ? tell(key, KeyState.unknown()) : tell(key, value.get());
        }

        public Builder absent(ConditionKey key) {
            return tell(key, KeyState.absent());
        }

        /** Sets {@code acs:CurrentTime}. */
        public Builder currentTime(Instant now) {
            return tell(ConditionKey.CURRENT_TIME, now.toString());
        }

        /** Sets {@code acs:SecureTransport}; empty means unknown. */
        public Builder secureTransport(Optional<Boolean> secure) {
            return known(ConditionKey.SECURE_TRANSPORT, secure.map(Object::toString));
        }

        /** Sets {@code acs:MFAPresent}. */
        public Builder mfaPresent(boolean present) {
            return tell(ConditionKey.MFA_PRESENT, Boolean.toString(present));
        }

        /** Sets all {@code oss:RequestObjectTag/k}. */
        public Builder requestObjectTags(PlaceTags.Tags tags) {
            requestObjectTags = tags;
            return this;
        }

        /** For calls that are not requests to OSS: sets the keys that only those have to absent. */
        public Builder noOssRequest() {
            return absentAll(ConditionKey.Group.OSS).requestObjectTags(PlaceTags.Tags.NONE);
        }

        /**
         * Sets {@code oidc:*}, {@code sts:ExternalId} and {@code saml:recipient} to absent, for callers that do not
         * authenticate by them.
         */
        public Builder noProof() {
            return absentAll(ConditionKey.Group.IDENTITY);
        }

        public Conditions build() {
            return new Conditions(states.clone(), requestObjectTags);
        }

        private Builder absentAll(ConditionKey.Group group) {
            for (ConditionKey key : ConditionKey.values()) {
                if (key.group() == group) {
                    absent(key);
                }
            }
            return this;
        }
    }

    /** Derives the network of a request from its address. */
    static final class SourceNetwork {
        /**
         * The ranges of VPC addresses, and ranges that do not identify the origin of a request: private, shared (RFC
         * 6598), loopback, link-local, unique local.
         */
        private static final List<IpRange> PRIVATE = List.of(
                range("10.0.0.0/8"),
                range("172.16.0.0/12"),
                range("192.168.0.0/16"),
                range("100.64.0.0/10"),
                range("127.0.0.0/8"),
                range("169.254.0.0/16"),
                range("::1"),
                range("fe80::/10"),
                range("fc00::/7"));

        private SourceNetwork() {}

        /** The VPC of the request: absent for a public address, otherwise unknown. */
        static KeyState vpc(KeyState sourceIp) {
            return switch (sourceIp) {
                case KeyState.Told(String address) -> isPublic(address) ? KeyState.absent() : KeyState.unknown();
                case KeyState.Absent absent -> KeyState.unknown();
                case KeyState.Unknown unknown -> KeyState.unknown();
            };
        }

        private static boolean isPublic(String text) {
            Optional<IpAddress> address = IpAddress.parse(text);
            return address.isPresent() && PRIVATE.stream().noneMatch(range -> range.contains(address.get()));
        }

        private static IpRange range(String text) {
            return IpRange.parse(text).orElseThrow();
        }
    }
}
