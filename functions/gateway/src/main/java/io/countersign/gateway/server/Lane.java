package io.countersign.gateway.server;

/** Which threads a face runs on. Whatever holds up the faces of one lane, such as an identity provider that hangs, leaves those of the others alone. */
public enum Lane {
    /** Faces that anybody may call. */
    OPEN,
    /** Calls with more than {@link io.countersign.http.RequestLimits#BODY} bytes: few at once, since reading them takes many times their size. */
    BULK,
    /** Faces of the operator's own programs. */
    PRIVATE,
    /** Whether the process answers. */
    HEALTH
}
