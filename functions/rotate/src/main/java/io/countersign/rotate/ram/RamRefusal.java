package io.countersign.rotate.ram;

/** Signals that RAM did not carry out a call. The message says what the operator can do next; of RAM's own text it has the error code only. */
public final class RamRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final RamError error;
    private final String reason;

    RamRefusal(RamError error, String reason) {
        super(error.code() + ": " + reason, null, false, false);
        this.error = error;
        this.reason = reason;
    }

    public RamError error() {
        return error;
    }

    public String reason() {
        return reason;
    }

    /** The reasons for which RAM does not carry out a call. */
    public enum RamError {
        /** RAM does not know the signing key (yet), or has it Inactive. Another key may sign. */
        SIGNER_REFUSED("RamSignerRefused"),
        /** The policies of the signing key's user do not allow the action. */
        NO_PERMISSION("RamNoPermission"),
        NO_SUCH_USER("RamNoSuchUser"),
        /** The user has the maximum number of keys. */
        LIMIT("RamPairLimit"),
        /** RAM answered with another error. */
        REFUSED("RamRefused"),
        /** RAM did not answer, or answered that it is unavailable. It may have acted. */
        UNAVAILABLE("RamUnavailable"),
        /** The answer is not RAM's. */
        UNUSABLE("RamUnusable");

        private final String code;

        RamError(String code) {
            this.code = code;
        }

        /** The code for programs, in CamelCase. */
        public String code() {
            return code;
        }
    }

    /** Maps RAM's error codes (help.aliyun.com, document 28754; docs/protocol.md 6) to reasons and advice. */
    static final class Codes {
        private Codes() {}

        static RamRefusal refusal(String action, String code) {
            return switch (code) {
                case "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive", "InvalidAccessKeyId" ->
                    new RamRefusal(RamError.SIGNER_REFUSED, "RAM does not accept the signing key (" + code + ")");
                case "NoPermission" ->
                    new RamRefusal(
                            RamError.NO_PERMISSION,
                            "RAM refused with NoPermission; at RAM, allow the user ram:" + action
                                    + " on acs:ram:*:ACCOUNT:user/NAME with its own name");
                case "EntityNotExist.User" ->
                    new RamRefusal(
                            RamError.NO_SUCH_USER,
                            "RAM has no user of that name; give the user in the manifest the name that it has at RAM");
                case "LimitExceeded.User.AccessKey" ->
                    new RamRefusal(RamError.LIMIT, "the user has the maximum number of keys at RAM");
                case String other ->
                    new RamRefusal(
                            RamError.REFUSED, "RAM refused " + action + " with " + code + "; check the user at RAM");
            };
        }
    }
}
