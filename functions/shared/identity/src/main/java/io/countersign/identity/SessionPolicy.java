package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Value;
import io.countersign.json.Value.StringValue;
import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses the session policy of a caller. */
public final class SessionPolicy {
    /** The longest policy in characters, without white space (docs/protocol.md 6, AssumeRole). */
    public static final int MAX_LENGTH = 2_048;

    private SessionPolicy() {}

    /** @throws CallerRefusal InvalidSessionPolicy, which names the invalid member */
    public static Optional<PolicyDocument> parse(Optional<Value> policy) throws CallerRefusal {
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        if (JsonText.of(policy.get()).length() > MAX_LENGTH) {
            throw new CallerRefusal(
                    CallerRefusal.Code.INVALID_SESSION_POLICY,
                    "The session policy is longer than " + MAX_LENGTH + " characters; shorten it.");
        }
        try {
            return Optional.of(PolicyDocument.parse(policy.get(), PolicyDocument.Kind.SESSION));
        } catch (InvalidDocumentException e) {
            throw new CallerRefusal(
                    CallerRefusal.Code.INVALID_SESSION_POLICY,
                    "The session policy is not valid at \"" + e.location() + "\": " + e.problem() + ".");
        }
    }

    /**
     * The policies of a session: those of the role with the claims filled in, and the session policy.
     *
     * <p>Only top-level claims that are strings are filled in. Any other type is an ill-formed claim and refuses the request, because its text would depend on the
     * writer of the JSON.
     *
     * @param variables the claims that were filled in
     */
    record Filled(List<PolicyDocument> role, Optional<PolicyDocument> session, Map<String, String> variables) {
        Filled {
            role = List.copyOf(role);
            variables = Map.copyOf(variables);
        }

        /** @throws CallerRefusal ClaimRefused, InvalidSessionPolicy, or NoPermission when no statement can allow anything */
        static Filled of(Role role, Map<String, Value> claims, Optional<Value> sessionPolicy) throws CallerRefusal {
            Map<String, String> variables = variables(role, claims);
            List<PolicyDocument> filled = new ArrayList<>();
            for (PolicyDocument policy : role.policies()) {
                filled.add(filled(policy, variables));
            }
            Optional<PolicyDocument> session = SessionPolicy.parse(sessionPolicy);
            if (filled.stream().noneMatch(PolicyDocument::canAllow)
                    || session.filter(policy -> !policy.canAllow()).isPresent()) {
                throw new CallerRefusal(
                        CallerRefusal.Code.NO_PERMISSION,
                        "This session would have no permission: its policies allow nothing with the claims of this token.");
            }
            return new Filled(filled, session, variables);
        }

        private static Map<String, String> variables(Role role, Map<String, Value> claims) throws CallerRefusal {
            Map<String, String> variables = new LinkedHashMap<>();
            for (PolicyDocument policy : role.policies()) {
                for (String name : policy.variables()) {
                    Optional<Value> claim = Optional.ofNullable(claims.get(name));
                    if (claim.isPresent()) {
                        variables.put(name, text(name, claim.get()));
                    }
                }
            }
            return variables;
        }

        private static String text(String name, Value claim) throws CallerRefusal {
            if (claim instanceof StringValue string) {
                return string.text();
            }
            throw new CallerRefusal(
                    CallerRefusal.Code.CLAIM_REFUSED,
                    "The claim \"" + name + "\" is " + claim.kind()
                            + "; the role's policies use it, so have it issued as a string.");
        }

        private static PolicyDocument filled(PolicyDocument policy, Map<String, String> variables)
                throws CallerRefusal {
            try {
                return policy.filled(variables);
            } catch (IllFormedClaimException e) {
                throw new CallerRefusal(
                        CallerRefusal.Code.CLAIM_REFUSED,
                        "The claim \"" + e.claim()
                                + "\" cannot be filled into the role's policies: it must have 1 to 256 of letters, digits and .-_@|:+=~.");
            }
        }
    }
}
