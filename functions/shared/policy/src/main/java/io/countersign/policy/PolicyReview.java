package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The findings about valid documents, each with its location. Decisions do not use them.
 *
 * @param principals all entries that name a particular principal
 */
public record PolicyReview(List<PolicyNote> notes, List<NamedPrincipal> principals) {
    public static final PolicyReview NOTHING = new PolicyReview(List.of(), List.of());

    public PolicyReview {
        notes = List.copyOf(notes);
        principals = List.copyOf(principals);
    }

    /**
     * Reviews an access policy.
     *
     * @param document a document of this kind for {@link PolicyDocument#parse}
     * @throws InvalidDocumentException when the document is invalid
     */
    public static PolicyReview of(Value document, PolicyDocument.Kind kind) throws InvalidDocumentException {
        return of(document, kind, Optional.empty());
    }

    /**
     * Reviews a bucket policy.
     *
     * @param bucket the bucket that the policy is attached to
     * @throws InvalidDocumentException when the document is invalid for {@link PolicyDocument#parse}
     */
    public static PolicyReview ofBucket(Value document, BucketFacts bucket) throws InvalidDocumentException {
        return of(document, PolicyDocument.Kind.BUCKET, Optional.of(bucket));
    }

    private static PolicyReview of(Value document, PolicyDocument.Kind kind, Optional<BucketFacts> bucket)
            throws InvalidDocumentException {
        List<PolicyNote> notes = new ArrayList<>();
        List<NamedPrincipal> principals = new ArrayList<>();
        for (Value statement : statements(document)) {
            PolicyReview review = new StatementReview(kind, bucket).of(statement);
            notes.addAll(review.notes());
            principals.addAll(review.principals());
        }
        return new PolicyReview(notes, principals);
    }

    /**
     * Reviews a trust policy.
     *
     * @param document a document for {@link TrustPolicy#parse}
     * @throws InvalidDocumentException when the document is invalid
     */
    public static PolicyReview ofTrust(Value document) throws InvalidDocumentException {
        List<NamedPrincipal> principals = new ArrayList<>();
        for (Value statement : statements(document)) {
            principals.addAll(TrustStatementReader.named(statement));
        }
        return new PolicyReview(List.of(), principals);
    }

    /** Returns the findings of both. */
    public PolicyReview and(PolicyReview other) {
        return new PolicyReview(
                Stream.concat(notes.stream(), other.notes.stream()).toList(),
                Stream.concat(principals.stream(), other.principals.stream()).toList());
    }

    private static List<Value> statements(Value document) throws InvalidDocumentException {
        return Members.array(Members.of(document).required("Statement"));
    }
}
