package io.countersign.registry;

import java.util.Optional;

/** What a request will ask the registry for later on, as far as it says so by itself. Nothing of it is believed yet. */
public sealed interface Name {
    /** All that {@link KeyRegistry#load} would read. */
    record OfFacts(FactsQuery query) implements Name {}

    /** A bucket, the user that signs for it, and that user's keys. */
    record OfSigner(String bucket) implements Name {}

    record OfRegion(String region) implements Name {}

    /** A role with what it takes to sign for it. */
    record OfRole(String accountId, String name) implements Name {}

    /**
     * The role that a token of this issuer and audience leads to; the account is its provider's.
     *
     * @param role the role's bare name; empty for the provider's default
     */
    record OfRoleOf(String issuer, String audience, Optional<String> role) implements Name {}

    /** The keys that security tokens are sealed under. */
    record OfTokenKeys() implements Name {}

    /** What a session rests on whose token was opened. */
    record OfSession(SessionQuery query) implements Name {}

    /** What a session rests on whose token cannot be opened yet: the same as the last one that stood, more likely than not. */
    record OfSomeSession() implements Name {}
}
