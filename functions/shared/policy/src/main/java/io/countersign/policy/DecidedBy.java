package io.countersign.policy;

/** What made a decision on one right. */
public enum DecidedBy {
    /** The account's full rights on what it owns. */
    OWNER("owner"),
    RAM_POLICY("ram-policy"),
    ROLE_POLICY("role-policy"),
    SESSION_POLICY("session-policy"),
    BUCKET_POLICY("bucket-policy"),
    OBJECT_ACL("object-acl"),
    BUCKET_ACL("bucket-acl"),
    /** Nothing gave the right, and no ACL covers the operation. */
    DEFAULT("default");

    private final String step;

    DecidedBy(String step) {
        this.step = step;
    }

    /** As the trace names the step. */
    public String step() {
        return step;
    }

    static DecidedBy of(PolicyKind kind) {
        return switch (kind) {
            case IDENTITY -> RAM_POLICY;
            case ROLE -> ROLE_POLICY;
            case SESSION -> SESSION_POLICY;
            case BUCKET -> BUCKET_POLICY;
        };
    }
}
