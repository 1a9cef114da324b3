package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A compiled statement.
 *
 * @param index in the document, from 0
 * @param principals in bucket policies only
 */
record Statement(
        int index,
        Effect effect,
        ActionSet actions,
        ResourceSet resources,
        Optional<PrincipalSet> principals,
        Clauses clauses) {
    /**
     * Whether the statement applies: an Allow must cover everything that is needed, a Deny applies when it matches a
     * part of it.
     */
    boolean matches(AuthorizationQuery query) {
        return speaksOf(query) && effect.applies(query.judge(clauses), query.doubt());
    }

    /** Whether the statement would match for some values of the unknown keys and not for others. */
    boolean isUndecided(AuthorizationQuery query) {
        return !clauses.isEmpty() && speaksOf(query) && query.judge(clauses) == Truth.UNKNOWN;
    }

    private boolean speaksOf(AuthorizationQuery query) {
        query.budget().take(1);
        return actions.speaksOf(query.action(), query.budget()) && speaksOfResource(query) && includes(query);
    }

    private boolean speaksOfResource(AuthorizationQuery query) {
        return effect.applies(query.doubt())
                ? resources.meets(query.resource(), query.budget())
                : resources.covers(query.resource(), query.budget());
    }

    private boolean includes(AuthorizationQuery query) {
        return principals.isEmpty()
                || principals
                        .get()
                        .includes(query.principal(), query.resource().owner(), !clauses.isEmpty(), query.budget());
    }

    /**
     * The Principal of a bucket policy's statement. An empty list means every principal (OSS's page "Authorization
     * syntax and elements").
     */
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

        /**
         * {@code *} excludes the owner with its own access keys, unless the statement has a Condition
         * (docs/protocol.md 9, evaluation).
         */
        boolean includes(Principal principal, String ownerAccountId, boolean conditional, StepBudget budget) {
            budget.take(patterns.size());
            boolean owner = principal instanceof Principal.Account account
                    && account.accountId().equals(ownerAccountId);
            for (PrincipalPattern pattern : patterns) {
                boolean leftOut = owner && !conditional && pattern instanceof PrincipalPattern.Everybody;
                if (!leftOut && pattern.matches(principal, budget)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The effect of a matching statement. */
    enum Effect {
        ALLOW,
        DENY;

        /** Whether a statement in doubt applies. */
        boolean applies(AuthorizationQuery.Doubt doubt) {
            return switch (this) {
                case ALLOW -> doubt == AuthorizationQuery.Doubt.ALLOWS;
                case DENY -> doubt == AuthorizationQuery.Doubt.REFUSES;
            };
        }

        /** Whether a statement applies whose Condition has this value. */
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
     * The reference to a statement.
     *
     * @param document the index of the document among the principal's, from 0; 0 where there is only one
     * @param statement the index in {@code Statement}, from 0
     */
    public record Ref(PolicyDocument.Kind kind, int document, int statement) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            appendTo(text);
            return text.toString();
        }

        /** Appends the subject of a sentence of the trace. */
        void appendTo(StringBuilder text) {
            text.append("Statement[").append(statement).append("] of ");
            switch (kind) {
                case IDENTITY, ROLE -> text.append(kind.label()).append(' ').append(document);
                case SESSION, BUCKET -> text.append("the ").append(kind.label());
            }
        }
    }
}
