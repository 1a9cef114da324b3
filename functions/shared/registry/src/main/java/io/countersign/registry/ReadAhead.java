package io.countersign.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names the records that a request will look up later, so that a lookup that has to read the store reads them in the
 * same batch (docs/adr/0026-read-ahead.md).
 *
 * <p>It is evaluated only when the store is read, and it never changes an answer: a missing hint costs a further
 * batch, a superfluous one costs reads, and a record that was read ahead is used like any other cached record.
 */
@FunctionalInterface
public interface ReadAhead {
    /** No later lookups are known. */
    ReadAhead NOTHING = List::of;

    static ReadAhead of(Hint... hints) {
        return () -> List.of(hints);
    }

    /** In the order of their likelihood. Records that do not fit into the batch are left out. */
    List<Hint> hints();

    /** Returns the hints of both, these first. */
    default ReadAhead and(ReadAhead more) {
        return () -> {
            List<Hint> all = new ArrayList<>(hints());
            all.addAll(more.hints());
            return List.copyOf(all);
        };
    }

    /**
     * A record, or a path of records, that a request will look up. Hints come from unauthenticated callers and are not
     * trusted.
     */
    public sealed interface Hint {
        /** The records that {@link KeyRegistry#load} reads. */
        record OfFacts(Facts.Query query) implements Hint {}

        /** A bucket, its signer and the signer's keys. */
        record OfSigner(String bucket) implements Hint {}

        record OfRegion(String region) implements Hint {}

        /** A role, with the signer and keys that call Alibaba Cloud's STS for it. */
        record OfRole(String accountId, String name) implements Hint {}

        /**
         * The role that a token of this issuer and audience leads to, in the account of its provider.
         *
         * @param role the role's name without account; empty for the provider's default
         */
        record OfRoleOf(String issuer, String audience, Optional<String> role) implements Hint {}

        /**
         * The revocation of the user that a token of this issuer and audience names, under the provider that they last
         * led to.
         */
        record OfSubjectOf(String issuer, String audience, String subject) implements Hint {}

        /** The revocation of a user of a provider that is known. */
        record OfSubject(RevocationItem.Revocable.OfSubject subject) implements Hint {}

        /**
         * An upload of the account that a token of this issuer and audience last led to, with its role, its bucket, its
         * signer and the signer's keys.
         */
        record OfUploadOf(String issuer, String audience, String name) implements Hint {}

        /** The keys that seal security tokens. */
        record OfTokenKeys() implements Hint {}

        /** The records that a session depends on, when its token was opened. */
        record OfSession(SessionFacts.Query query) implements Hint {}

        /**
         * The records that a session depends on, when its token cannot be opened yet: those of the last valid session
         * are the best guess.
         */
        record OfSomeSession() implements Hint {}
    }
}
