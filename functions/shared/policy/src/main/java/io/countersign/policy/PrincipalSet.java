package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.ObjectValue;
import java.util.ArrayList;
import java.util.List;

/** The Principal of a bucket policy's statement. An empty list means everybody (OSS's page "Authorization syntax and elements"). */
record PrincipalSet(List<PrincipalPattern> patterns) {
    PrincipalSet {
        patterns = List.copyOf(patterns);
    }

    static PrincipalSet parse(Value value) throws InvalidDocumentException {
        if (value instanceof ObjectValue object) {
            throw new InvalidDocumentException(
                    object.at(),
                    "a bucket policy names principals in a string or an array; objects are for trust policies");
        }
        if (value instanceof ArrayValue array && array.elements().isEmpty()) {
            return new PrincipalSet(List.of(new PrincipalPattern.Everybody()));
        }
        List<PrincipalPattern> patterns = new ArrayList<>();
        for (Text entry : Text.listed(value)) {
            patterns.add(PrincipalPattern.parse(entry));
        }
        return new PrincipalSet(patterns);
    }

    /** {@code *} leaves out the owner, by its own access keys, unless the statement has a Condition (protocol.md 9, evaluation). */
    boolean includes(Principal principal, String ownerAccountId, boolean conditional, Steps steps) {
        steps.take(patterns.size());
        boolean owner = principal instanceof Principal.Account account
                && account.accountId().equals(ownerAccountId);
        for (PrincipalPattern pattern : patterns) {
            boolean leftOut = owner && !conditional && pattern instanceof PrincipalPattern.Everybody;
            if (!leftOut && pattern.matches(principal, steps)) {
                return true;
            }
        }
        return false;
    }
}
