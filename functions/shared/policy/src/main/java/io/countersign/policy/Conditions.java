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
    /** The present, if it was set as a moment: few policies ask for its text. */
    private final Optional<Instant> moment;

    private final PlaceTags.Tags requestObjectTags;

    private Conditions(KeyState[] states, Optional<Instant> moment, PlaceTags.Tags requestObjectTags) {
        this.states = states;
        this.moment = moment;
        this.requestObjectTags = requestObjectTags;
    }

    public static Builder builder() {
        KeyState[] untold = new KeyState[KEYS];
        Arrays.fill(untold, KeyState.unknown());
        return new Builder(untold, false, Optional.empty(), PlaceTags.Tags.UNKNOWN);
    }

    /** Returns a builder with these keys. */
    public Builder more() {
        return new Builder(states, true, moment, requestObjectTags);
    }

    public KeyState state(ConditionKey key) {
        if (key == ConditionKey.CURRENT_TIME && moment.isPresent()) {
            return new KeyState.Told(moment.get().toString());
        }
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
                && all().equals(that.all())
                && requestObjectTags.equals(that.requestObjectTags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(all(), requestObjectTags);
    }

    private List<KeyState> all() {
        return Arrays.stream(ConditionKey.values()).map(this::state).toList();
    }

    /** Collects the known keys. Setting a key again replaces its value. */
    public static final class Builder {
        private static final KeyState TRUE = new KeyState.Told("true");
        private static final KeyState FALSE = new KeyState.Told("false");

        private KeyState[] states;
        /** Conditions have this array: it is copied before the next change. */
        private boolean shared;

        private Optional<Instant> moment;
        private PlaceTags.Tags requestObjectTags;

        private Builder(KeyState[] states, boolean shared, Optional<Instant> moment, PlaceTags.Tags requestObjectTags) {
            this.states = states;
            this.shared = shared;
            this.moment = moment;
            this.requestObjectTags = requestObjectTags;
        }

        public Builder tell(ConditionKey key, String value) {
            return tell(key, new KeyState.Told(value));
        }

        public Builder tell(ConditionKey key, KeyState state) {
            if (shared) {
                states = states.clone();
                shared = false;
            }
            states[key.ordinal()] = state;
            if (key == ConditionKey.CURRENT_TIME) {
                moment = Optional.empty();
            }
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
            moment = Optional.of(now);
            return this;
        }

        /** Sets {@code acs:SecureTransport}; empty means unknown. */
        public Builder secureTransport(Optional<Boolean> secure) {
            return tell(ConditionKey.SECURE_TRANSPORT, secure.isEmpty() ? KeyState.unknown() : truth(secure.get()));
        }

        /** Sets {@code acs:MFAPresent}. */
        public Builder mfaPresent(boolean present) {
            return tell(ConditionKey.MFA_PRESENT, truth(present));
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
            shared = true;
            return new Conditions(states, moment, requestObjectTags);
        }

        private static KeyState truth(boolean value) {
            return value ? TRUE : FALSE;
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
