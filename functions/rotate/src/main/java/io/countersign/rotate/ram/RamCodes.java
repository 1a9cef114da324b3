package io.countersign.rotate.ram;

/** What RAM's error codes (help.aliyun.com, document 28754; protocol.md 6) ask the operator to do. */
final class RamCodes {
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
                new RamRefusal(RamError.REFUSED, "RAM refused " + action + " with " + code + "; see to the user there");
        };
    }
}
