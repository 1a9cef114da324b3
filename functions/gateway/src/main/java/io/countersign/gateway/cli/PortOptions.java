package io.countersign.gateway.cli;

import picocli.CommandLine.Option;

/** The address that a serving command listens on. */
final class PortOptions {
    static final String PORT = "--port";
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "The address to listen on. Default: " + DEFAULT_HOST + ".")
    String host = DEFAULT_HOST;

    @Option(
            names = PORT,
            paramLabel = "N",
            description = "The port to listen on; 0 chooses a free port and prints it. Default: " + DEFAULT_PORT + ".")
    int port = DEFAULT_PORT;

    int port() throws CommandFailure.Misuse {
        return checked(port);
    }

    static int checked(int port) throws CommandFailure.Misuse {
        if (port < 0 || port > MAX_PORT) {
            throw new CommandFailure.Misuse("A port must be from 0 to " + MAX_PORT + ".");
        }
        return port;
    }
}
