package io.countersign.rotate.ram;

/** RAM did not do what it was asked. The message says what the operator does next; nothing that RAM wrote stands in it but its error code. */
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

    /** Why RAM did not do what it was asked. */
    public enum RamError {
        /** No such key signs there (yet), or it is Inactive there: another may sign. */
        SIGNER_REFUSED("RamSignerRefused"),
        /** The signing key's user may not do it. */
        NO_PERMISSION("RamNoPermission"),
        NO_SUCH_USER("RamNoSuchUser"),
        /** The user has as many keys as it may. */
        LIMIT("RamPairLimit"),
        /** It answered with another error. */
        REFUSED("RamRefused"),
        /** It did not answer, or only that it cannot now. Whether it acted is not known. */
        UNAVAILABLE("RamUnavailable"),
        /** What answered is not RAM. */
        UNUSABLE("RamUnusable");

        private final String code;

        RamError(String code) {
            this.code = code;
        }

        /** What programs look at. */
        public String code() {
            return code;
        }
    }

    /** What RAM's error codes (help.aliyun.com, document 28754; protocol.md 6) ask the operator to do. */
    static final class RamCodes {
        private RamCodes() {}

        static RamRefusal refusal(String action, String code) {
            return switch (code) {
                case "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive", "InvalidAccessKeyId" ->
                    new RamRefusal(RamError.SIGNER_REFUSED, "RAM does not take the key that signs (" + code + ")");
                case "NoPermission" ->
                    new RamRefusal(
                            RamError.NO_PERMISSION,
                            "RAM refused with NoPermission; allow the user ram:" + action
                                    + " on acs:ram:*:ACCOUNT:user/NAME, its own name, there");
                case "EntityNotExist.User" ->
                    new RamRefusal(
                            RamError.NO_SUCH_USER,
                            "RAM knows no user of that name; give the user in the manifest the name that it has there");
                case "LimitExceeded.User.AccessKey" ->
                    new RamRefusal(RamError.LIMIT, "RAM holds as many keys of the user as it may have");
                case String other ->
                    new RamRefusal(
                            RamError.REFUSED, "RAM refused " + action + " with " + code + "; see to the user there");
            };
        }
    }
}
