package io.countersign.gateway.cli;

/** A declared argument of a command. */
@FunctionalInterface
interface Argument<T> {
    /** Returns what the command line says. Only of a command whose arguments were parsed without an error. */
    T value();
}
