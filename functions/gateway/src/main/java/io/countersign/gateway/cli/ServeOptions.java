package io.countersign.gateway.cli;

import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;

/** The options of {@code serve}. */
@Command(name = "serve", description = "Serve all endpoints (/presign, /verify, /health and others) until stopped.")
final class ServeOptions implements Commands.Options {
    static final String PRIVATE_PORT = "--private-port";
    static final String LISTEN = "--listen";
    static final String STORE_PORT = "--store-port";
    static final String UNIX = "unix:";

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "Apply this manifest before serving, and again on SIGHUP.")
    Optional<Path> manifest = Optional.empty();

    @Option(names = RegistryOptions.DATA, paramLabel = "DIR", required = true, description = ApplyCommand.DATA_HELP)
    Path data = Path.of("");

    @Option(names = RegistryOptions.READ_ONLY, arity = "0", description = RegistryOptions.READ_ONLY_HELP)
    boolean readOnly;

    @Mixin
    PortOptions open = new PortOptions();

    @Option(
            names = PRIVATE_PORT,
            paramLabel = "N",
            description =
                    "The port for the private endpoints (/verify, /auth, /acl, /events, /sessions/revoke, /metrics), on the address"
                            + " countersign.private.host. Required if --host is not a loopback address.")
    Optional<Integer> privatePort = Optional.empty();

    @Option(
            names = LISTEN,
            paramLabel = "unix:PATH",
            description = "A UNIX socket (mode 0660) for the private endpoints, which then are not on --port. Without"
                    + " --private-port it has the other endpoints as well.")
    Optional<String> listen = Optional.empty();

    @Option(
            names = STORE_PORT,
            paramLabel = "N",
            description =
                    "The port for clients of object storage: allowed requests go on to the store behind their bucket"
                            + " (upstream in the manifest). On the address of --host.")
    Optional<Integer> storePort = Optional.empty();

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description =
                    "How long to finish open requests after a signal to stop. Default: the setting countersign.drain.")
    Optional<Integer> drain = Optional.empty();

    @Override
    public Invocation read() throws CommandFailure.Misuse {
        int port = open.port();
        if (privatePort.isPresent() && PortOptions.checked(privatePort.get()) == port && port != 0) {
            throw new CommandFailure.Misuse("--port and --private-port are the same; choose two different ports.");
        }
        requireOwnStorePort(port);
        if (readOnly && manifest.isPresent()) {
            throw new CommandFailure.Misuse(
                    "--manifest writes to the registry and --read-only forbids it; omit one of them.");
        }
        if (drain.isPresent() && (drain.get() < 0 || drain.get() > HttpSettings.MOST_DRAIN)) {
            throw new CommandFailure.Misuse("--drain must be from 0 to " + HttpSettings.MOST_DRAIN + ".");
        }
        return new Invocation.Serve(
                manifest,
                data,
                readOnly,
                open.host,
                port,
                Commands.number(privatePort),
                socket(),
                Commands.number(drain),
                Commands.number(storePort));
    }

    private void requireOwnStorePort(int port) throws CommandFailure.Misuse {
        if (storePort.isEmpty() || PortOptions.checked(storePort.get()) == 0) {
            return;
        }
        if (storePort.get() == port || storePort.equals(privatePort)) {
            throw new CommandFailure.Misuse(STORE_PORT + " is also the port of "
                    + (storePort.get() == port ? PortOptions.PORT : PRIVATE_PORT) + "; choose another port.");
        }
    }

    private Optional<Path> socket() throws CommandFailure.Misuse {
        if (listen.isEmpty()) {
            return Optional.empty();
        }
        String path = listen.get().startsWith(UNIX) ? listen.get().substring(UNIX.length()) : "";
        try {
            if (!path.isEmpty()) {
                return Optional.of(Path.of(path));
            }
        } catch (InvalidPathException e) {
            // As a path that is missing.
        }
        throw new CommandFailure.Misuse(LISTEN
                + " must be unix: and a path, such as unix:/run/countersign/socket; for a port use --host and --port.");
    }

    /** Adds the list of settings, which an annotation cannot compute. */
    static void addSettings(UsageMessageSpec usage) {
        Stream<String> head = Stream.of(
                "",
                "Example:",
                "  countersign serve --manifest manifest.yaml --data data --port 8080",
                "",
                "Settings: set these as system properties, or in the environment (countersign.cache.ttl is"
                        + " COUNTERSIGN_CACHE_TTL).",
                "Durations are in ISO 8601 (PT5S).");
        Stream<String> settings = Settings.ALL.stream()
                .flatMap(setting -> Stream.of(
                        "  " + setting.name() + " (" + setting.helpDefault() + ")", "      " + setting.description()));
        usage.footer(Stream.concat(head, settings).toArray(String[]::new));
    }
}
