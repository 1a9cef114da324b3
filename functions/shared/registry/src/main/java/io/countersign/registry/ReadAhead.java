package io.countersign.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what will be asked for after this, so that a reader that has to go to the store brings it along in the same batch. It is asked only then, and what it says
 * decides nothing: too little costs a further batch, too much costs reads, and whatever was brought along is read as any other record is.
 */
@FunctionalInterface
public interface ReadAhead {
    /** Nothing more is known to come. */
    ReadAhead NOTHING = List::of;

    static ReadAhead of(Hint... names) {
        return () -> List.of(names);
    }

    /** In the order of their likelihood: what does not fit into the batch is left out. */
    List<Hint> names();

    /** This and these. */
    default ReadAhead and(ReadAhead more) {
        return () -> {
            List<Hint> all = new ArrayList<>(names());
            all.addAll(more.names());
            return List.copyOf(all);
        };
    }

    /** What a request will ask the registry for later on, as far as it says so by itself. Nothing of it is believed yet. */
    public sealed interface Hint {
        /** All that {@link KeyRegistry#load} would read. */
        record OfFacts(Facts.FactsQuery query) implements Hint {}

        /** A bucket, the user that signs for it, and that user's keys. */
        record OfSigner(String bucket) implements Hint {}

        record OfRegion(String region) implements Hint {}

        /** A role with what it takes to sign for it. */
        record OfRole(String accountId, String name) implements Hint {}

        /**
         * The role that a token of this issuer and audience leads to; the account is its provider's.
         *
         * @param role the role's bare name; empty for the provider's default
         */
        record OfRoleOf(String issuer, String audience, Optional<String> role) implements Hint {}

        /** The keys that security tokens are sealed under. */
        record OfTokenKeys() implements Hint {}

        /** What a session rests on whose token was opened. */
        record OfSession(SessionFacts.SessionQuery query) implements Hint {}

        /** What a session rests on whose token cannot be opened yet: the same as the last one that stood, more likely than not. */
        record OfSomeSession() implements Hint {}
    }
}
