package io.countersign.policy;

import java.util.List;
import java.util.Optional;

/** Who asks. The policies are part of it, so that one value answers what this principal may do. */
public sealed interface Principal {
    /** The ARN as STS answers it; empty for the anonymous. */
    String arn();

    /** The ARN that policies and {@code acs:PrincipalARN} know: a session goes by its role. Empty for the anonymous. */
    String identityArn();

    /** The account it belongs to; empty for the anonymous. */
    String accountId();

    /** The account itself, by its own access keys: full rights on what it owns. */
    record Account(String accountId) implements Principal {
        public Account {
            requireNamed(accountId);
        }

        @Override
        public String arn() {
            return "acs:ram::" + accountId + ":root";
        }

        @Override
        public String identityArn() {
            return arn();
        }
    }

    /**
     * @param uid the number that bucket policies know the user by; no account and no other user has it
     * @param policies each of kind {@link PolicyDocument.Kind#IDENTITY}
     */
    record RamUser(String accountId, String name, Optional<String> uid, List<PolicyDocument> policies)
            implements Principal {
        public RamUser {
            requireNamed(accountId);
            requireNamed(name);
            uid.ifPresent(Principal::requireNamed);
            policies = List.copyOf(policies);
            policies.forEach(policy -> policy.requireKind(PolicyDocument.Kind.IDENTITY));
        }

        /** A user without a UID: bucket policies know it by its ARN alone. */
        public RamUser(String accountId, String name, List<PolicyDocument> policies) {
            this(accountId, name, Optional.empty(), policies);
        }

        @Override
        public String arn() {
            return "acs:ram::" + accountId + ":user/" + name;
        }

        @Override
        public String identityArn() {
            return arn();
        }
    }

    /**
     * A session of a role.
     *
     * @param policies the role's, filled in, each of kind {@link PolicyDocument.Kind#ROLE}
     * @param session what narrows them, of kind {@link PolicyDocument.Kind#SESSION}
     */
    record AssumedRole(
            String accountId,
            String roleName,
            String sessionName,
            List<PolicyDocument> policies,
            Optional<PolicyDocument> session)
            implements Principal {
        public AssumedRole {
            requireNamed(accountId);
            requireNamed(roleName);
            requireNamed(sessionName);
            policies = List.copyOf(policies);
            policies.forEach(policy -> policy.requireKind(PolicyDocument.Kind.ROLE));
            session.ifPresent(policy -> policy.requireKind(PolicyDocument.Kind.SESSION));
        }

        @Override
        public String arn() {
            return identityArn() + "/" + sessionName;
        }

        @Override
        public String identityArn() {
            return "acs:ram::" + accountId + ":role/" + roleName;
        }
    }

    /** Nobody in particular: a request without a signature. */
    record Anonymous() implements Principal {
        @Override
        public String arn() {
            return "";
        }

        @Override
        public String identityArn() {
            return "";
        }

        @Override
        public String accountId() {
            return "";
        }
    }

    private static void requireNamed(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a principal that signs has an account and a name");
        }
    }
}
