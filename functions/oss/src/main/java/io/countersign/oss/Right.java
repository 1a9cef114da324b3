package io.countersign.oss;

import java.util.Optional;

/**
 * One permission that an operation needs.
 *
 * @param action as policies name it, {@code oss:GetObject}
 * @param scope what it is needed on; for the source of a copy another bucket than the request's
 */
public record Right(String action, Scope scope) {
    /**
     * Of a right on one version, the same right without it: what denies {@code oss:GetObject} means every version, since the object that it names is one of them, also under {@code null}.
     *
     * @return empty for a right that is on no version
     */
    public Optional<Right> plain() {
        return scope instanceof Target.ObjectKey
                ? Versions.plain(action).map(text -> new Right(text, scope))
                : Optional.empty();
    }
}
