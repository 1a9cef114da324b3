package io.countersign.lambda;

import io.countersign.settings.PropertyValues;

/** A value that the first event of a function makes of the deployment, and that all its kinds of event share. */
public final class Shared<T> {
    /** Makes the value. */
    @FunctionalInterface
    public interface Maker<T> {
        /** @throws PropertyValues.InvalidSettingException for the first setting that is malformed */
        T on(Deployment deployment) throws PropertyValues.InvalidSettingException;
    }

    private final Lazy<T, PropertyValues.InvalidSettingException> made;

    public Shared(Invoker invoker, Maker<T> maker) {
        this.made = new Lazy<>(() -> maker.on(invoker.deployment()));
    }

    /** @throws InvalidEventException.MisconfiguredException when a setting is malformed or missing */
    public T get() {
        try {
            return made.get();
        } catch (PropertyValues.InvalidSettingException e) {
            throw new InvalidEventException.MisconfiguredException(e);
        }
    }
}
