package io.countersign.oss;

import java.util.Optional;

/**
 * A permission that an operation needs or may need.
 *
 * @param action as in policies, {@code oss:GetObject}
 * @param scope the resource; for the source of a copy it may be in another bucket than the request's
 * @param need whether the request is known to need it
 */
public record Right(String action, Scope scope, Need need) {
    public enum Need {
        CERTAIN,
        /**
         * The request may need it, because of a part that is unknown or that not every storage supports: a Deny
         * refuses it, and no Allow is required.
         */
        POSSIBLE
    }

    /** A permission that the request is known to need. */
    public Right(String action, Scope scope) {
        this(action, scope, Need.CERTAIN);
    }

    static Right possible(String action, Scope scope) {
        return new Right(action, scope, Need.POSSIBLE);
    }

    /**
     * Returns the same right without the version, for a right on one version. A Deny of {@code oss:GetObject} covers
     * every version, because the object that it names is one of them, also under {@code null}.
     *
     * @return empty for a right that is not on a version
     */
    public Optional<Right> plain() {
        Optional<String> plain = scope instanceof Target.ObjectKey ? Versions.plain(action) : Optional.empty();
        return plain.isPresent() ? Optional.of(new Right(plain.get(), scope, need)) : Optional.empty();
    }
}
