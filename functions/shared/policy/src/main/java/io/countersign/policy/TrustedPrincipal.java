package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An entry of a trust policy's Principal. Names are exact and never patterns. */
sealed interface TrustedPrincipal extends PrincipalName {
    boolean includes(TrustPolicy.TrustPrincipal principal);

    /** The account with all its users and roles ({@code :root}, as RAM reads it in trust policies). */
    record WholeAccount(String accountId) implements TrustedPrincipal {
        @Override
        public boolean includes(TrustPolicy.TrustPrincipal principal) {
            return principal instanceof TrustPolicy.TrustPrincipal.Ram ram
                    && ram.accountId().equals(accountId);
        }

        @Override
        public Naming naming(Identities known) {
            return known.accounts().contains(accountId) ? Naming.SOMEBODY : Naming.NOBODY;
        }

        @Override
        public String lack() {
            return "there is no such account; add it, or take it out";
        }
    }

    /** One user, or one role with all its sessions. */
    record RamIdentity(String arn) implements TrustedPrincipal {
        @Override
        public boolean includes(TrustPolicy.TrustPrincipal principal) {
            return principal instanceof TrustPolicy.TrustPrincipal.Ram ram
                    && ram.arn().equals(arn);
        }

        @Override
        public Naming naming(Identities known) {
            return known.arns().contains(arn) ? Naming.SOMEBODY : Naming.NOBODY;
        }

        @Override
        public String lack() {
            return "there is no such user or role; correct the account and the name, add it, or take it out";
        }
    }

    record IdentityProvider(String arn) implements TrustedPrincipal {
        @Override
        public boolean includes(TrustPolicy.TrustPrincipal principal) {
            return principal instanceof TrustPolicy.TrustPrincipal.Federated federated
                    && federated.arn().equals(arn);
        }

        /** SAML users never call here. */
        @Override
        public Naming naming(Identities known) {
            if (known.arns().contains(arn)) {
                return Naming.SOMEBODY;
            }
            return arn.contains(":saml-provider/") ? Naming.NOBODY_YET : Naming.NOBODY;
        }

        @Override
        public String lack() {
            return arn.contains(":saml-provider/")
                    ? "no caller here authenticates by SAML"
                    : "there is no such provider; correct the account and the name, add it to oidcProviders, or take it out";
        }
    }

    /** A service of Alibaba Cloud. No service calls here, so it matches nothing; documents from RAM may name it. */
    record CloudService(String name) implements TrustedPrincipal {
        @Override
        public boolean includes(TrustPolicy.TrustPrincipal principal) {
            return false;
        }

        @Override
        public Naming naming(Identities known) {
            return Naming.NOBODY_YET;
        }

        @Override
        public String lack() {
            return "no service of Alibaba Cloud calls here";
        }
    }

    /** The members of Principal and the syntax of their entries. */
    enum Form {
        RAM(
                "RAM",
                "acs:ram::([0-9]{1,32}):(root|(?:user|role)/[^/:*?$]+)",
                "acs:ram::ID:root, acs:ram::ID:user/NAME or acs:ram::ID:role/NAME"),
        SERVICE("Service", "[a-z0-9-]+(?:\\.[a-z0-9-]+)+", "a service's name, such as ecs.aliyuncs.com"),
        FEDERATED(
                "Federated",
                "acs:ram::[0-9]{1,32}:(?:oidc|saml)-provider/[^/:*?$]+",
                "acs:ram::ID:oidc-provider/NAME or acs:ram::ID:saml-provider/NAME");

        private final String member;
        private final Pattern pattern;
        private final String advice;

        Form(String member, String pattern, String advice) {
            this.member = member;
            this.pattern = Pattern.compile(pattern);
            this.advice = advice;
        }

        String member() {
            return member;
        }

        TrustedPrincipal parse(LocatedString entry) throws InvalidDocumentException {
            Template.parse(entry.text(), true, false, entry.at());
            Matcher matcher = pattern.matcher(entry.text());
            if (!matcher.matches()) {
                throw entry.refused("not a principal of this kind; write " + advice);
            }
            return switch (this) {
                case RAM ->
                    matcher.group(2).equals("root")
                            ? new WholeAccount(matcher.group(1))
                            : new RamIdentity(entry.text());
                case SERVICE -> new CloudService(entry.text());
                case FEDERATED -> new IdentityProvider(entry.text());
            };
        }
    }
}
