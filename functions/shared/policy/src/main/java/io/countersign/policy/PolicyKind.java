package io.countersign.policy;

/** Where a policy document stands, which decides what may be written in it. */
public enum PolicyKind {
    /** Attached to a RAM user. */
    IDENTITY("RAM policy"),
    /** Attached to a role; the only kind with variables ({@code ${jwt:sub}}). */
    ROLE("role policy"),
    /** Given when a session is asked for; narrows what the role may do. */
    SESSION("session policy"),
    /** Attached to a bucket; names its principals. */
    BUCKET("bucket policy");

    private final String label;

    PolicyKind(String label) {
        this.label = label;
    }

    /** As messages and traces call it. */
    public String label() {
        return label;
    }
}
