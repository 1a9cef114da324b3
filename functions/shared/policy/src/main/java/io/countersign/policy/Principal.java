package io.countersign.policy;

import java.util.List;
import java.util.Optional;

/** The principal of a request, together with its policies. */
public sealed interface Principal {
    /** The ARN as STS returns it; empty for anonymous principals. */
    String arn();

    /**
     * The ARN for policies and {@code acs:PrincipalARN}: that of the role for a session. Empty for anonymous
     * principals.
     */
    String identityArn();

    /** The principal's account; empty for anonymous principals. */
    String accountId();

    /** The account itself, authenticated by its own access keys, with full rights on its resources. */
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
     * @param uid the number by which bucket policies name the user; no account and no other user has it
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

        /** A user without a UID, which bucket policies name by its ARN only. */
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
     * @param session the session policy, of kind {@link PolicyDocument.Kind#SESSION}
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

    /** The principal of a request without a signature. */
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
