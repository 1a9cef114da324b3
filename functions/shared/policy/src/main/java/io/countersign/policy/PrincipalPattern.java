package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of a bucket policy's Principal. OSS accepts {@code *}, an id, and sessions as {@code
 * arn:sts::ID:assumed-role/ROLE/SESSION} with {@code *} and {@code ?} in each part (docs/protocol.md 13). An id is an
 * account's or the UID of a RAM user. A user may also be written {@code acs:ram::ID:user/NAME}, and the sessions of a
 * role {@code acs:ram::ID:role/NAME}. An account's id, like {@code acs:ram::ID:root}, is the account itself with its
 * own access keys, without its users and roles: an id is one identity, in an Allow as in a Deny.
 */
sealed interface PrincipalPattern extends PrincipalName {
    boolean matches(Principal principal, StepBudget budget);

    /** Every principal, including anonymous ones. The statement determines whether the bucket's owner is included. */
    record Everybody() implements PrincipalPattern {
        @Override
        public boolean matches(Principal principal, StepBudget budget) {
            return true;
        }

        @Override
        public Naming naming(Identities known) {
            return Naming.SOMEBODY;
        }

        @Override
        public String lack() {
            return "everybody is somebody";
        }
    }

    /** An account, or the user with this UID. No two of them have one id. */
    record OfId(String id) implements PrincipalPattern {
        @Override
        public boolean matches(Principal principal, StepBudget budget) {
            return switch (principal) {
                case Principal.Account account -> account.accountId().equals(id);
                case Principal.RamUser user ->
                    user.uid().isPresent() && user.uid().get().equals(id);
                case Principal.AssumedRole role -> false;
                case Principal.Anonymous anonymous -> false;
            };
        }

        @Override
        public Naming naming(Identities known) {
            return known.accounts().contains(id) || known.uids().contains(id) ? Naming.SOMEBODY : Naming.NOBODY;
        }

        @Override
        public String lack() {
            return "no account and no user has this id; write it as uid of the user that it is the number of, add the account, or take it out";
        }
    }

    record OfAccount(String accountId) implements PrincipalPattern {
        @Override
        public boolean matches(Principal principal, StepBudget budget) {
            return principal instanceof Principal.Account account
                    && account.accountId().equals(accountId);
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

    record OfUser(String accountId, Glob name) implements PrincipalPattern {
        @Override
        public boolean matches(Principal principal, StepBudget budget) {
            return principal instanceof Principal.RamUser user
                    && user.accountId().equals(accountId)
                    && name.matches(user.name(), budget);
        }

        @Override
        public Naming naming(Identities known) {
            if (known.hasNamed("acs:ram::" + accountId + ":user/", name)) {
                return Naming.SOMEBODY;
            }
            return name.isLiteral() || !known.accounts().contains(accountId) ? Naming.NOBODY : Naming.NOBODY_YET;
        }

        @Override
        public String lack() {
            return "there is no such user; correct the account and the name, add the user, or take it out";
        }
    }

    record OfSession(Glob accountId, Glob role, Glob session) implements PrincipalPattern {
        @Override
        public boolean matches(Principal principal, StepBudget budget) {
            return principal instanceof Principal.AssumedRole assumed
                    && accountId.matches(assumed.accountId(), budget)
                    && role.matches(assumed.roleName(), budget)
                    && session.matches(assumed.sessionName(), budget);
        }

        @Override
        public Naming naming(Identities known) {
            List<String> accounts = known.accounts().stream()
                    .filter(id -> accountId.matches(id, StepBudget.unbounded()))
                    .toList();
            if (accounts.stream().anyMatch(account -> known.hasNamed("acs:ram::" + account + ":role/", role))) {
                return Naming.SOMEBODY;
            }
            return role.isLiteral() || accounts.isEmpty() ? Naming.NOBODY : Naming.NOBODY_YET;
        }

        @Override
        public String lack() {
            return "there is no such role; correct the account and the name, add the role, or take it out";
        }
    }

    /** @throws InvalidDocumentException when the entry has none of the forms */
    static PrincipalPattern parse(LocatedString entry) throws InvalidDocumentException {
        Template.parse(entry.text(), true, false, entry.at());
        if (entry.text().equals("*")) {
            return new Everybody();
        }
        if (Forms.ID.matcher(entry.text()).matches()) {
            return new OfId(entry.text());
        }
        Matcher root = Forms.ROOT.matcher(entry.text());
        if (root.matches()) {
            return new OfAccount(root.group(1));
        }
        Matcher ram = Forms.RAM.matcher(entry.text());
        if (ram.matches()) {
            return ofRam(ram, entry);
        }
        Matcher session = Forms.SESSION.matcher(entry.text());
        if (session.matches()) {
            return new OfSession(
                    glob(session.group(1), entry), glob(session.group(2), entry), glob(session.group(3), entry));
        }
        throw entry.refused(Forms.ADVICE);
    }

    private static PrincipalPattern ofRam(Matcher ram, LocatedString entry) throws InvalidDocumentException {
        Glob name = glob(ram.group(3), entry);
        return ram.group(2).equals("user")
                ? new OfUser(ram.group(1), name)
                : new OfSession(Glob.literal(ram.group(1)), name, Glob.EVERYTHING);
    }

    private static Glob glob(String text, LocatedString entry) throws InvalidDocumentException {
        return Template.parse(text, true, false, entry.at()).fill(Map.of());
    }

    /** The syntax of the entries. */
    final class Forms {
        private static final String NAME = "([^/:]+)";
        static final Pattern ID = Pattern.compile("[0-9]{1,32}");
        static final Pattern ROOT = Pattern.compile("acs:ram::([0-9]{1,32}):root");
        static final Pattern RAM = Pattern.compile("acs:ram::([0-9]{1,32}):(user|role)/" + NAME);
        static final Pattern SESSION =
                Pattern.compile("arn:sts::([0-9]{1,32}|\\*):(?:assumed-role|\\*)/" + NAME + "/" + NAME);
        static final String ADVICE =
                "not a principal; write *, the id of an account, the UID of a user, acs:ram::ID:root, acs:ram::ID:user/NAME, acs:ram::ID:role/NAME or arn:sts::ID:assumed-role/ROLE/SESSION";

        private Forms() {}
    }
}
