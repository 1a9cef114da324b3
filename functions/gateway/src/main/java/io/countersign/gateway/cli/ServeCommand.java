package io.countersign.gateway.cli;

import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.events.RotationLoop;
import io.countersign.gateway.metrics.GatewayMetrics;
import io.countersign.gateway.server.GatewayServer;
import io.countersign.gateway.server.Routes;
import io.countersign.gateway.server.UnixSocket;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.gateway.traces.DecisionSpans;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.Endpoint;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;

/** {@code serve}: applies the manifest, opens the ports and prints their addresses. */
public final class ServeCommand {
    private static final String PRIVATE_PORT = "--private-port";
    private static final String LISTEN = "--listen";
    private static final String UNIX = "unix:";

    @Command(name = "serve", description = "Serve all endpoints (/presign, /verify, /health and others) until stopped.")
    static final class Options implements Commands.Options {
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
                        "The port for the private endpoints (/verify, /auth, /acl, /events, /metrics), on the address"
                                + " countersign.private.host. Required if --host is not a loopback address.")
        Optional<Integer> privatePort = Optional.empty();

        @Option(
                names = LISTEN,
                paramLabel = "unix:PATH",
                description =
                        "A UNIX socket (mode 0660) for the private endpoints, which then are not on --port. Without"
                                + " --private-port it has the other endpoints as well.")
        Optional<String> listen = Optional.empty();

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
                    Commands.number(drain));
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
            throw new CommandFailure.Misuse(
                    LISTEN
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
                            "  " + setting.name() + " (" + setting.helpDefault() + ")",
                            "      " + setting.description()));
            usage.footer(Stream.concat(head, settings).toArray(String[]::new));
        }
    }

    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Function<HttpSettings, GatewayServer> servers;

    public ServeCommand(
            Terminal terminal,
            InstantSource clock,
            SecureRandom random,
            Function<HttpSettings, GatewayServer> servers) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
        this.servers = servers;
    }

    /** Returns when the ports are open. {@code running} then holds them; after a failure it holds what was open until then. */
    public void start(Invocation.Serve serve, OpenedData.Running running) throws CommandFailure {
        GatewayServer.Listen open = new GatewayServer.Listen(serve.host(), serve.port());
        boolean shared = serve.privatePort().isEmpty() && serve.socket().isEmpty();
        if (shared && !open.isLoopback()) {
            throw new CommandFailure(
                    "PrivatePortRequired",
                    "Other machines can reach " + serve.host()
                            + ", and /verify, /auth, /acl, /events and /metrics are only for trusted programs; give them a separate port with"
                            + " --private-port, or a UNIX socket with --listen.");
        }
        Settings settings = QuickCommands.Tools.settings();
        Optional<GatewayServer.Listen> trusted = serve.privatePort().isEmpty()
                ? Optional.empty()
                : Optional.of(new GatewayServer.Listen(
                        settings.privateHost(), serve.privatePort().getAsInt()));
        // Only this machine reaches a UNIX socket.
        boolean loopback = trusted.map(GatewayServer.Listen::isLoopback).orElse(true);
        requireTokens(settings, loopback);
        Optional<Manifest> manifest = serve.manifest().isPresent()
                ? Optional.of(Applier.read(serve.manifest().get()))
                : Optional.empty();
        Optional<Hangups> hangups = manifest.map(read -> Hangups.taken());
        Applier applier = new Applier(terminal, clock, random);
        OpenedData data = manifest.isPresent()
                ? applier.open(manifest.get(), serve.data(), settings, Applier.Flags.NONE)
                : opened(serve, settings);
        running.hold(data::close);
        if (!serve.readOnly()) {
            data.servedFile().ifPresent(served -> served.hold(running));
        }
        if (manifest.isPresent()) {
            applier.apply(manifest.get(), data, settings, Applier.Flags.NONE);
        }
        if (!serve.readOnly()) {
            ensureTokenKey(data);
        }
        GatewayMetrics metrics = new GatewayMetrics(Commands.version());
        running.hold(metrics::close);
        WorkerStore store = new WorkerStore(metrics.timed(data.store()));
        KeyRegistry registry =
                new KeyRegistry(store, data.sealer(), settings.cache().bounds());
        metrics.watch(registry, data.store(), clock);
        Endpoint events =
                serve.readOnly() ? Endpoints.ReadOnlyEndpoint.INSTANCE : rotation(data, settings, running)::handle;
        Endpoints all = Endpoints.of(registry, store, events, metrics.endpoint(), settings, random, loopback);
        Endpoints endpoints = serve.readOnly() ? all.readOnly() : all;
        DecisionSink decisions = observers(metrics, settings, running);
        GatewayServer server = servers.apply(http(serve, settings));
        running.hold(server::close);
        List<String> places = new ArrayList<>();
        if (trusted.isPresent()) {
            Routes routes = Routes.of(endpoints.privatePort()).telling(decisions);
            places.add(listen(server, trusted.get(), routes, PRIVATE_PORT));
        }
        if (serve.socket().isPresent()) {
            List<Routes.Route> onSocket = trusted.isPresent() ? endpoints.privatePort() : endpoints.shared();
            places.add(listen(server, serve.socket().get(), Routes.of(onSocket).telling(decisions)));
        }
        Routes routes = Routes.of(shared ? endpoints.shared() : endpoints.openPort())
                .with(Endpoints.cors(settings))
                .telling(decisions);
        String url = listen(server, open, routes, PortOptions.PORT);
        if (hangups.isPresent() && serve.manifest().isPresent()) {
            hangups.get().serve(new Reapply(serve.manifest().get(), applier, data, settings), running);
        }
        String beside = places.isEmpty() ? "" : " (private faces on " + String.join(" and ", places) + ")";
        terminal.out().println("countersign: ready on " + url + beside);
        terminal.out().flush();
    }

    private DecisionSink observers(GatewayMetrics metrics, Settings settings, OpenedData.Running running)
            throws CommandFailure {
        List<DecisionSink> observers = new ArrayList<>();
        observers.add(metrics.decisions());
        observers.add(DecisionLogs.open(settings.decisionLog(), clock, running));
        Optional<URI> collector = settings.traces().endpoint();
        if (collector.isPresent()) {
            DecisionSpans spans =
                    DecisionSpans.to(collector.get(), settings.traces().proxies(), Commands.version());
            running.hold(spans::close);
            observers.add(spans);
        }
        return DecisionSink.of(observers);
    }

    private static HttpSettings http(Invocation.Serve serve, Settings settings) {
        HttpSettings http = settings.http();
        return serve.drain().isEmpty()
                ? http
                : http.draining(Duration.ofSeconds(serve.drain().getAsInt()));
    }

    /** If other machines can reach the private endpoints, each program must authenticate. */
    private static void requireTokens(Settings settings, boolean loopback) throws CommandFailure {
        if (settings.privateTokens().isEmpty() && !loopback) {
            throw new CommandFailure(
                    "PrivateTokensRequired",
                    "Other machines can reach the private endpoints on " + settings.privateHost()
                            + "; create a token for each program with private-token NAME, and set countersign.private.tokens to the"
                            + " file with their lines.");
        }
    }

    private OpenedData opened(Invocation.Serve serve, Settings settings) throws CommandFailure {
        return serve.readOnly()
                ? OpenedData.openReadOnly(serve.data(), settings.data(), random, clock)
                : OpenedData.openToServe(serve.data(), settings.data(), random, clock);
    }

    /** Rotates due keys and sends their events while the server runs. */
    private RotationLoop rotation(OpenedData data, Settings settings, OpenedData.Running running) {
        RotationLoop loop = RotationLoop.start(
                RotationRunner.Rotations.of(data, settings, random, clock), data.store(), settings.rotation(), clock);
        running.hold(loop::close);
        return loop;
    }

    /** A registry may have no key for tokens if no manifest was applied by this version. */
    private void ensureTokenKey(OpenedData data) throws CommandFailure {
        try {
            TokenKeyRing.TokenKeys.ensure(data.store(), data.sealer(), clock.instant(), random);
        } catch (SealingException e) {
            throw new CommandFailure("RootKeyUnusable", e.getMessage() + ".", e);
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
    }

    static String listen(GatewayServer server, GatewayServer.Listen listen, Routes routes, String option)
            throws CommandFailure {
        try {
            return server.listen(listen, routes);
        } catch (IOException e) {
            throw refusal(listen, option, e);
        }
    }

    /** @return the socket as {@code --listen} names it */
    private static String listen(GatewayServer server, Path socket, Routes routes) throws CommandFailure {
        try {
            server.listen(socket, routes);
            return UNIX + socket;
        } catch (UnixSocket.UnusableException e) {
            throw e.isInUse()
                    ? new CommandFailure("SocketInUse", e.getMessage() + ".", e)
                    : new CommandFailure("SocketUnusable", e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "SocketUnusable",
                    "The socket " + socket + " cannot be made (" + e.getMessage()
                            + "); choose another path with --listen.",
                    e);
        }
    }

    private static CommandFailure refusal(GatewayServer.Listen listen, String option, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("in use")) {
            return new CommandFailure(
                    "PortInUse",
                    "The port " + listen.port() + " of " + listen.host()
                            + " is in use; stop the program that uses it, or choose another port with " + option + ".",
                    e);
        }
        return new CommandFailure(
                "AddressUnusable",
                "This machine cannot listen on " + listen.host() + " port " + listen.port()
                        + "; choose an address of this machine and a port that you may open.",
                e);
    }
}
