package io.countersign.lambda;

import java.util.Optional;

/** Something that is made when it is first asked for, and then kept. What could not be made is tried again the next time. */
final class Lazy<T, E extends Exception> {
    /** Makes it. */
    @FunctionalInterface
    interface Maker<T, E extends Exception> {
        T make() throws E;
    }

    private final Maker<T, E> maker;
    private Optional<T> made = Optional.empty();

    Lazy(Maker<T, E> maker) {
        this.maker = maker;
    }

    synchronized T get() throws E {
        if (made.isEmpty()) {
            made = Optional.of(maker.make());
        }
        return made.get();
    }

    /** Empty as long as nobody asked for it. */
    synchronized Optional<T> made() {
        return made;
    }
}
