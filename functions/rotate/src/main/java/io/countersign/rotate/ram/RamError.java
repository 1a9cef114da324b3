package io.countersign.rotate.ram;

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
