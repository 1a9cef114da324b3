package io.countersign.rotate.sessions;

import io.countersign.http.ProblemException;

/** A revocation that names nothing in the registry, or more than one thing. Nothing was written. */
public final class RevocationRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;

    RevocationRefusal(Code code) {
        super(code.text(), null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** The refusal as problem+json. */
    public ProblemException.Problem problem() {
        return new ProblemException.Problem(code.status(), code.text(), code.title(), code.advice());
    }

    /** The reason for programs, with its HTTP status. */
    public enum Code {
        NO_SUCH_ROLE(
                404,
                "NoSuchRole",
                "The role is not in the registry",
                "Correct the role's ARN; the sessions of a role that was removed are already refused."),
        NO_SUCH_PROVIDER(
                404,
                "NoSuchProvider",
                "The identity provider is not in the registry",
                "Correct the provider's name or ARN; the sessions of a provider that was removed are already refused."),
        AMBIGUOUS_PROVIDER(
                409,
                "AmbiguousProvider",
                "Several accounts have an identity provider of this name",
                "Name the provider by its ARN: acs:ram::ACCOUNT:oidc-provider/NAME."),
        NO_SUCH_ACCESS_KEY(
                404,
                "NoSuchAccessKey",
                "The access key is not in the registry",
                "Name an access key id that is in the registry.");

        private final int status;
        private final String text;
        private final String title;
        private final String advice;

        Code(int status, String text, String title, String advice) {
            this.status = status;
            this.text = text;
            this.title = title;
            this.advice = advice;
        }

        public int status() {
            return status;
        }

        public String text() {
            return text;
        }

        public String title() {
            return title;
        }

        public String advice() {
            return advice;
        }
    }
}
