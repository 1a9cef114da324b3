package io.countersign.gateway.cli;

/** Reads the line of one command. */
@FunctionalInterface
interface LineReader {
    /** @throws Misuse when a value is not one that the command could mean */
    Invocation read(Line line) throws Misuse;
}
