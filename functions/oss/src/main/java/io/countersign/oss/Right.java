package io.countersign.oss;

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
}
