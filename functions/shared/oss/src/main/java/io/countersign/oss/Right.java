package io.countersign.oss;

import java.util.Optional;

/**
 * One permission that an operation needs, or may need.
 *
 * @param action as policies name it, {@code oss:GetObject}
 * @param scope what it is needed on; for the source of a copy another bucket than the request's
 * @param need whether the request is known to need it
 */
public record Right(String action, Scope scope, Need need) {
    public enum Need {
        CERTAIN,
        /** The request may need it, by a part that nobody told or where not every storage asks for it: a Deny of it refuses, and no Allow is wanted. */
        POSSIBLE
    }

    /** One that the request is known to need. */
    public Right(String action, Scope scope) {
        this(action, scope, Need.CERTAIN);
    }

    static Right possible(String action, Scope scope) {
        return new Right(action, scope, Need.POSSIBLE);
    }

    /**
     * Of a right on one version, the same right without it: what denies {@code oss:GetObject} means every version, since the object that it names is one of them, also under {@code null}.
     *
     * @return empty for a right that is on no version
     */
    public Optional<Right> plain() {
        return scope instanceof Target.ObjectKey
                ? Versions.plain(action).map(text -> new Right(text, scope, need))
                : Optional.empty();
    }
}
