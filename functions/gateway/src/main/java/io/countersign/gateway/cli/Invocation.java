package io.countersign.gateway.cli;

import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** What a command line asks for, parsed once; every later step switches over it. */
public sealed interface Invocation {
    /** Done without the server: the JVM prints and exits. */
    sealed interface Quick extends Invocation permits Help, Version, Misused, Operation {}

    /** Listens on a port until it is stopped. */
    sealed interface Serving extends Invocation {}

    /** @param text what to print on standard output */
    record Help(String text) implements Quick {}

    record Version() implements Quick {}

    /** @param sentence what is wrong with the command line, and what to do */
    record Misused(String sentence) implements Quick {}

    /**
     * @param manifest applied before the port opens
     * @param port 0 for any free one
     * @param readOnly whether the data is only read, so that there is no manifest and no rotation
     * @param privatePort a port of its own for the private faces; absent: they share {@code port}, on loopback only
     * @param drain seconds that ending may take; absent: as the settings say
     */
    record Serve(
            Optional<Path> manifest,
            Path data,
            boolean readOnly,
            String host,
            int port,
            OptionalInt privatePort,
            OptionalInt drain)
            implements Serving {}

    record Demo(String host, int port) implements Serving {}

    /** A command that does its work on the registry and ends. Its line was understood; nothing has been opened yet. */
    non-sealed interface Operation extends Invocation.Quick {
        /**
         * Does it, and prints on standard output what was done.
         *
         * @throws CommandFailure when it was refused, or could be done in part alone
         * @throws StoreUnavailable when the store does not answer
         * @throws SealingException when the root key cannot be used
         */
        void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable, SealingException;
    }
}
