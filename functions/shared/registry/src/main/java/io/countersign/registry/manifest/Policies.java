package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyKind;
import io.countersign.policy.PolicyReview;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code policies}: each stands in the manifest as an object, and its refusals name its place there. */
final class Policies {
    private static final int MAX = 50;

    private Policies() {}

    static List<PolicyDocument> read(Members members, PolicyKind kind) throws InvalidDocumentException {
        List<PolicyDocument> policies = new ArrayList<>();
        for (Value policy : Texts.elements(members, "policies", MAX)) {
            policies.add(PolicyDocument.parse(policy, kind));
        }
        return policies;
    }

    /** What there is to say about them, once they were read. */
    static PolicyReview review(Members members, PolicyKind kind) throws InvalidDocumentException {
        PolicyReview review = PolicyReview.NOTHING;
        for (Value policy : Texts.elements(members, "policies", MAX)) {
            review = review.and(PolicyReview.of(policy, kind));
        }
        return review;
    }
}
