package io.countersign.gateway.cli;

import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.events.RotationLoop;
import io.countersign.gateway.guard.PrivateAccess;
import io.countersign.gateway.guard.PrivateTokensWatch;
import io.countersign.gateway.metrics.GatewayMetrics;
import io.countersign.gateway.server.GatewayServer;
import io.countersign.gateway.server.Routes;
import io.countersign.gateway.server.UnixSocket;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.gateway.store.StorePort;
import io.countersign.gateway.traces.DecisionSpans;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.Endpoint;
import io.countersign.presign.callbacks.CallbackFunction;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code serve}: applies the manifest, opens the ports and prints their addresses. */
public final class ServeCommand {
    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Function<HttpSettings, GatewayServer> servers;
    private final CallbackFunction.KeyFetcher callbackKeys;

    /** @param callbackKeys reads the keys with which OSS signs callbacks */
    public ServeCommand(
            Terminal terminal,
            InstantSource clock,
            SecureRandom random,
            Function<HttpSettings, GatewayServer> servers,
            CallbackFunction.KeyFetcher callbackKeys) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
        this.servers = servers;
        this.callbackKeys = callbackKeys;
    }

    /** Returns when the ports are open. {@code running} then holds them; after a failure it holds what was open until then. */
    public void start(Invocation.Serve serve, OpenedData.Running running) throws CommandFailure {
        GatewayServer.Listen open = new GatewayServer.Listen(serve.host(), serve.port());
        boolean shared = serve.privatePort().isEmpty() && serve.socket().isEmpty();
        if (shared && !open.isLoopback()) {
            throw new CommandFailure(
                    "PrivatePortRequired",
                    "Other machines can reach " + Echo.of(serve.host())
                            + ", and /verify, /auth, /acl, /events, /sessions/revoke and /metrics are only for trusted"
                            + " programs; give them a separate port with --private-port, or a UNIX socket with"
                            + " --listen.");
        }
        Settings settings = QuickCommands.Tools.settings();
        Optional<GatewayServer.Listen> trusted = serve.privatePort().isEmpty()
                ? Optional.empty()
                : Optional.of(new GatewayServer.Listen(
                        settings.privateHost(), serve.privatePort().getAsInt()));
        // Only this machine reaches a UNIX socket.
        boolean loopback = trusted.map(GatewayServer.Listen::isLoopback).orElse(true);
        requireTokens(settings, loopback);
        boolean socketOnly = serve.socket().isPresent() && serve.privatePort().isEmpty();
        Optional<Manifest> manifest = serve.manifest().isPresent()
                ? Optional.of(Applier.readServed(serve.manifest().get()))
                : Optional.empty();
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
        Optional<RotationLoop> rotation =
                serve.readOnly() ? Optional.empty() : Optional.of(rotation(data, settings, running));
        Endpoint events = rotation.<Endpoint>map(loop -> loop::handle).orElse(Endpoints.ReadOnlyEndpoint.INSTANCE);
        PrivateAccess access = new PrivateAccess(loopback, programs(settings, running), socketOnly);
        StartWarnings warnings = new StartWarnings(data.store(), terminal, clock);
        warnings.ofNoEffect(Settings.valuesOfProcess());
        if (!access.isGuarded()) {
            warnings.ofUnguardedStores();
        }
        if (settings.callbacks().url().isEmpty()) {
            warnings.ofMissingCallbacks();
        }
        warnings.ofLargeForms(settings.upstream().maxFormBytes());
        Endpoints all =
                Endpoints.of(registry, store, events, metrics.endpoint(), settings, random, access, callbackKeys);
        Endpoints endpoints =
                rotation.map(loop -> all.afterCallbacks(loop::sendWaiting)).orElseGet(all::readOnly);
        DecisionSink decisions = observers(metrics, settings, running);
        StorePort storePort = StorePorts.of(registry, store, settings, clock, decisions);
        // Closed after the server, whose last requests may still be on their way to stores.
        running.hold(storePort::close);
        GatewayServer server = servers.apply(http(serve, settings));
        running.hold(server::close);
        List<String> places = new ArrayList<>();
        if (trusted.isPresent()) {
            Routes routes = Routes.of(endpoints.privatePort()).telling(decisions);
            places.add(listen(server, trusted.get(), routes, ServeOptions.PRIVATE_PORT));
        }
        if (serve.socket().isPresent()) {
            List<Routes.Route> onSocket = trusted.isPresent() ? endpoints.privatePort() : endpoints.shared();
            places.add(listen(server, serve.socket().get(), Routes.of(onSocket).telling(decisions)));
        }
        Routes routes = Routes.of(shared ? endpoints.shared() : endpoints.openPort())
                .with(Endpoints.cors(settings))
                .telling(decisions);
        String url = listen(server, open, routes, PortOptions.PORT);
        String stores = serve.storePort().isEmpty()
                ? ""
                : " (store port on "
                        + listen(
                                server,
                                new GatewayServer.Listen(
                                        serve.host(), serve.storePort().getAsInt()),
                                storePort)
                        + ")";
        rotation.ifPresent(RotationLoop::begin);
        if (serve.manifest().isPresent()) {
            Hangups.taken()
                    .serve(new Reapply(serve.manifest().get(), applier, data, settings, storePort::applied), running);
        }
        if (manifest.isEmpty()) {
            warnings.ofNoAccount();
        }
        String beside = places.isEmpty() ? "" : " (private faces on " + String.join(" and ", places) + ")";
        terminal.out().println("countersign: ready on " + url + beside + stores);
        terminal.out().flush();
    }

    private DecisionSink observers(GatewayMetrics metrics, Settings settings, OpenedData.Running running)
            throws CommandFailure {
        List<DecisionSink> observers = new ArrayList<>();
        observers.add(metrics.decisions());
        observers.add(DecisionLogs.open(settings.decisionLog(), clock, running, metrics::watchLog));
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

    /** @param running ends the watch of the file */
    static Optional<PrivateTokensWatch> programs(Settings settings, OpenedData.Running running) {
        Optional<PrivateTokensWatch> programs = settings.privateTokens().map(PrivateTokensWatch::start);
        programs.ifPresent(watch -> running.hold(watch::close));
        return programs;
    }

    /** If other machines can reach the private endpoints, each program must authenticate. */
    private static void requireTokens(Settings settings, boolean loopback) throws CommandFailure {
        if (settings.privateTokens().isEmpty() && !loopback) {
            throw new CommandFailure(
                    "PrivateTokensRequired",
                    "Other machines can reach the private endpoints on " + Echo.of(settings.privateHost())
                            + "; create a token for each program with private-token NAME, and set"
                            + " countersign.private.tokens to the file with their lines.");
        }
    }

    private OpenedData opened(Invocation.Serve serve, Settings settings) throws CommandFailure {
        return serve.readOnly()
                ? OpenedData.openReadOnly(serve.data(), settings.data(), random, clock)
                : OpenedData.openToServe(serve.data(), settings.data(), random, clock);
    }

    /** Rotates due keys and sends their events while the server runs. */
    private RotationLoop rotation(OpenedData data, Settings settings, OpenedData.Running running) {
        RotationLoop loop = new RotationLoop(
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

    static String listen(GatewayServer server, GatewayServer.Listen listen, StorePort port) throws CommandFailure {
        try {
            return server.listen(listen, port);
        } catch (IOException e) {
            throw refusal(listen, ServeOptions.STORE_PORT, e);
        }
    }

    /** @return the socket as {@code --listen} names it */
    private static String listen(GatewayServer server, Path socket, Routes routes) throws CommandFailure {
        try {
            server.listen(socket, routes);
            return ServeOptions.UNIX + socket;
        } catch (UnixSocket.UnusableException e) {
            throw e.isInUse()
                    ? new CommandFailure("SocketInUse", e.getMessage() + ".", e)
                    : new CommandFailure("SocketUnusable", e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "SocketUnusable",
                    "The socket " + Echo.of(socket) + " cannot be made (" + e.getMessage()
                            + "); choose another path with --listen.",
                    e);
        }
    }

    private static CommandFailure refusal(GatewayServer.Listen listen, String option, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("in use")) {
            return new CommandFailure(
                    "PortInUse",
                    "The port " + listen.port() + " of " + Echo.of(listen.host())
                            + " is in use; stop the program that uses it, or choose another port with " + option + ".",
                    e);
        }
        return new CommandFailure(
                "AddressUnusable",
                "This machine cannot listen on " + Echo.of(listen.host()) + " port " + listen.port()
                        + "; choose an address of this machine and a port that you may open.",
                e);
    }
}
