package io.countersign.gateway.cli;

import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The options of {@code serve}. */
final class ServeOptions implements CommandTree.Options {
    static final String PRIVATE_PORT = "--private-port";
    static final String LISTEN = "--listen";
    static final String STORE_PORT = "--store-port";
    static final String UNIX = "unix:";

    private final Argument<Optional<Path>> manifest;
    private final Argument<Path> data;
    private final Argument<Boolean> readOnly;
    private final PortOptions open;
    private final Argument<OptionalInt> privatePort;
    private final Argument<Optional<String>> listen;
    private final Argument<OptionalInt> storePort;
    private final Argument<OptionalInt> drain;

    ServeOptions(CommandDeclaration command) {
        command.describe("Serve all endpoints (/presign, /verify, /health and others) until stopped.");
        manifest =
                command.optionalPath("--manifest", "FILE", "Apply this manifest before serving, and again on SIGHUP.");
        data = command.requiredPath(RegistryOptions.DATA, "DIR", ApplyCommand.DATA_HELP);
        readOnly = command.flag(RegistryOptions.READ_ONLY, RegistryOptions.READ_ONLY_HELP);
        open = new PortOptions(command);
        privatePort = command.number(
                PRIVATE_PORT,
                "N",
                "The port for the private endpoints (/verify, /auth, /acl, /events, /sessions/revoke, /metrics), on the address"
                        + " countersign.private.host. Required if --host is not a loopback address.");
        listen = command.optional(
                LISTEN,
                "unix:PATH",
                "A UNIX socket (mode 0660) for the private endpoints, which then are not on --port. Without"
                        + " --private-port it has the other endpoints as well.");
        storePort = command.number(
                STORE_PORT,
                "N",
                "The port for clients of object storage: allowed requests go on to the store behind their bucket"
                        + " (upstream in the manifest). On the address of --host.");
        drain = command.number(
                "--drain",
                "SECONDS",
                "How long to finish open requests after a signal to stop. Default: the setting countersign.drain.");
    }

    @Override
    public Invocation read() throws CommandFailure.Misuse {
        int port = open.port();
        OptionalInt internal = privatePort.value();
        if (internal.isPresent() && PortOptions.checked(internal.getAsInt()) == port && port != 0) {
            throw new CommandFailure.Misuse("--port and --private-port are the same; choose two different ports.");
        }
        requireOwnStorePort(port, internal);
        if (readOnly.value() && manifest.value().isPresent()) {
            throw new CommandFailure.Misuse(
                    "--manifest writes to the registry and --read-only forbids it; omit one of them.");
        }
        OptionalInt seconds = drain.value();
        if (seconds.isPresent() && (seconds.getAsInt() < 0 || seconds.getAsInt() > HttpSettings.MOST_DRAIN)) {
            throw new CommandFailure.Misuse("--drain must be from 0 to " + HttpSettings.MOST_DRAIN + ".");
        }
        return new Invocation.Serve(
                manifest.value(),
                data.value(),
                readOnly.value(),
                open.host(),
                port,
                internal,
                socket(),
                seconds,
                storePort.value());
    }

    private void requireOwnStorePort(int port, OptionalInt internal) throws CommandFailure.Misuse {
        OptionalInt store = storePort.value();
        if (store.isEmpty() || PortOptions.checked(store.getAsInt()) == 0) {
            return;
        }
        if (store.getAsInt() == port || store.equals(internal)) {
            throw new CommandFailure.Misuse(STORE_PORT + " is also the port of "
                    + (store.getAsInt() == port ? PortOptions.PORT : PRIVATE_PORT) + "; choose another port.");
        }
    }

    private Optional<Path> socket() throws CommandFailure.Misuse {
        Optional<String> listening = listen.value();
        if (listening.isEmpty()) {
            return Optional.empty();
        }
        String path = listening.get().startsWith(UNIX) ? listening.get().substring(UNIX.length()) : "";
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

    /** Adds the list of settings, which only the help needs. */
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
