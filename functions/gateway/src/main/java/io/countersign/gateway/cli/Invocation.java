package io.countersign.gateway.cli;

import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** A parsed command line. Every later step switches over it. */
public sealed interface Invocation {
    /** Runs without the server, and exits. */
    sealed interface Quick extends Invocation permits Help, Version, Misused, Operation {}

    /** Listens on a port until it is stopped. */
    sealed interface Serving extends Invocation {}

    /** @param text what to print on standard output */
    record Help(String text) implements Quick {}

    record Version() implements Quick {}

    /** @param sentence the error in the command line, and how to correct it */
    record Misused(String sentence) implements Quick {}

    /**
     * @param manifest applied before the port opens
     * @param port 0 for any free port
     * @param readOnly whether the registry is only read, so that there is no manifest and no rotation
     * @param privatePort the port of the private endpoints; if this and {@code socket} are empty, they share {@code port}, on loopback only
     * @param socket the UNIX socket of the private endpoints, and without a private port of all
     * @param drain seconds to finish open requests; if empty, the setting applies
     * @param storePort the port in front of the stores behind buckets
     */
    record Serve(
            Optional<Path> manifest,
            Path data,
            boolean readOnly,
            String host,
            int port,
            OptionalInt privatePort,
            Optional<Path> socket,
            OptionalInt drain,
            OptionalInt storePort)
            implements Serving {
        /** Without a port in front of stores. */
        public Serve(
                Optional<Path> manifest,
                Path data,
                boolean readOnly,
                String host,
                int port,
                OptionalInt privatePort,
                Optional<Path> socket,
                OptionalInt drain) {
            this(manifest, data, readOnly, host, port, privatePort, socket, drain, OptionalInt.empty());
        }

        /** Returns a copy with a port in front of stores. */
        public Serve withStorePort(int other) {
            return new Serve(manifest, data, readOnly, host, port, privatePort, socket, drain, OptionalInt.of(other));
        }
    }

    /** @param store whether a store is behind the demo's buckets */
    record Demo(String host, int port, boolean store) implements Serving {}

    /** A command that works on the registry and exits. Its options are valid; nothing is open yet. */
    non-sealed interface Operation extends Invocation.Quick {
        /**
         * Runs the command, and prints the result on standard output.
         *
         * @throws CommandFailure if it was refused or only partly done
         * @throws StoreUnavailable if the store does not answer
         * @throws SealingException if the root key cannot be used
         */
        void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable, SealingException;
    }
}
