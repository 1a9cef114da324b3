package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One compiled statement.
 *
 * @param index its place in the document, from 0
 * @param principals in bucket policies only
 */
record Statement(
        int index,
        Effect effect,
        ActionSet actions,
        ResourceSet resources,
        Optional<PrincipalSet> principals,
        Clauses clauses) {
    /** Whether it applies: to decide, an Allow must cover all that is asked for, and a Deny bites when it meets any of it. */
    boolean matches(AuthorizationQuery asked) {
        return speaksOf(asked) && effect.applies(asked.judge(clauses), asked.doubt());
    }

    /** Whether it would match if keys that are unknown had the values that it asks for, and might not if they had others. */
    boolean isUndecided(AuthorizationQuery asked) {
        return !clauses.isEmpty() && speaksOf(asked) && asked.judge(clauses) == Truth.UNKNOWN;
    }

    private boolean speaksOf(AuthorizationQuery asked) {
        asked.steps().take(1);
        return actions.speaksOf(asked.action(), asked.steps()) && speaksOfResource(asked) && includes(asked);
    }

    private boolean speaksOfResource(AuthorizationQuery asked) {
        return effect.applies(asked.doubt())
                ? resources.meets(asked.resource(), asked.steps())
                : resources.covers(asked.resource(), asked.steps());
    }

    private boolean includes(AuthorizationQuery asked) {
        return principals.isEmpty()
                || principals
                        .get()
                        .includes(asked.principal(), asked.resource().owner(), !clauses.isEmpty(), asked.steps());
    }

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
            for (LocatedString entry : LocatedString.listed(value)) {
                patterns.add(PrincipalPattern.parse(entry));
            }
            return new PrincipalSet(patterns);
        }

        /** {@code *} leaves out the owner, by its own access keys, unless the statement has a Condition (protocol.md 9, evaluation). */
        boolean includes(Principal principal, String ownerAccountId, boolean conditional, StepBudget steps) {
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

    /** What a statement does when it matches. */
    enum Effect {
        ALLOW,
        DENY;

        /** Whether a statement applies of which that is in doubt. */
        boolean applies(AuthorizationQuery.Doubt doubt) {
            return switch (this) {
                case ALLOW -> doubt == AuthorizationQuery.Doubt.ALLOWS;
                case DENY -> doubt == AuthorizationQuery.Doubt.REFUSES;
            };
        }

        /** Whether a statement applies whose Condition is this. */
        boolean applies(Truth condition, AuthorizationQuery.Doubt doubt) {
            return switch (condition) {
                case TRUE -> true;
                case UNKNOWN -> applies(doubt);
                case FALSE -> false;
            };
        }

        static Effect parse(LocatedString text) throws InvalidDocumentException {
            return switch (text.text()) {
                case "Allow" -> ALLOW;
                case "Deny" -> DENY;
                default -> throw text.refused("the effect is \"Allow\" or \"Deny\"");
            };
        }
    }

    /**
     * Which statement spoke.
     *
     * @param document the place of the document among the principal's, from 0; 0 where there is one only
     * @param statement the place in {@code Statement}, from 0
     */
    public record StatementRef(PolicyDocument.Kind kind, int document, int statement) {
        @Override
        public String toString() {
            return saying("", "", "");
        }

        /** A sentence of the trace whose subject this is, put together at once. */
        String saying(String verb, String what, String end) {
            return switch (kind) {
                case IDENTITY, ROLE ->
                    "Statement[" + statement + "] of " + kind.label() + " " + document + verb + what + end;
                case SESSION, BUCKET -> "Statement[" + statement + "] of the " + kind.label() + verb + what + end;
            };
        }
    }
}
