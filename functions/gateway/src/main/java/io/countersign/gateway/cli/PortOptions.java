package io.countersign.gateway.cli;

import java.util.Optional;
import java.util.OptionalInt;

/** The address that a serving command listens on. */
final class PortOptions {
    static final String PORT = "--port";
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    private final Argument<Optional<String>> host;
    private final Argument<OptionalInt> port;

    PortOptions(Arguments command) {
        host = command.optional("--host", "HOST", "The address to listen on. Default: " + DEFAULT_HOST + ".");
        port = command.number(
                PORT,
                "N",
                "The port to listen on; 0 chooses a free port and prints it. Default: " + DEFAULT_PORT + ".");
    }

    String host() throws CommandFailure.Misuse {
        String name = host.value().orElse(DEFAULT_HOST);
        if (name.isBlank()) {
            throw new CommandFailure.Misuse(
                    "--host is empty; name an address of this machine, or omit it for " + DEFAULT_HOST + ".");
        }
        return name;
    }

    int port() throws CommandFailure.Misuse {
        return checked(port.value().orElse(DEFAULT_PORT));
    }

    static int checked(int port) throws CommandFailure.Misuse {
        if (port < 0 || port > MAX_PORT) {
            throw new CommandFailure.Misuse("A port must be from 0 to " + MAX_PORT + ".");
        }
        return port;
    }
}
