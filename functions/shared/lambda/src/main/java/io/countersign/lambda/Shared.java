package io.countersign.lambda;

import io.countersign.settings.PropertyValues;

/** What a function makes once of its deployment, by the first event, for every kind of event that it takes. */
public final class Shared<T> {
    /** Makes it. */
    @FunctionalInterface
    public interface Maker<T> {
        /** @throws InvalidSettingException for the first setting that is malformed */
        T on(Deployment deployment) throws PropertyValues.InvalidSettingException;
    }

    private final Lazy<T, PropertyValues.InvalidSettingException> made;

    public Shared(Invoker invoker, Maker<T> maker) {
        this.made = new Lazy<>(() -> maker.on(invoker.deployment()));
    }

    /** @throws MisconfiguredException when a setting is malformed or missing */
    public T get() {
        try {
            return made.get();
        } catch (PropertyValues.InvalidSettingException e) {
            throw new InvalidEventException.MisconfiguredException(e);
        }
    }
}
