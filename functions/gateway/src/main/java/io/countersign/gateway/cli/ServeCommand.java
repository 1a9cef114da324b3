package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.gateway.events.RotationLoop;
import io.countersign.gateway.server.GatewayServer;
import io.countersign.gateway.server.Routes;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** {@code serve}: applies the manifest, opens the ports, says where they are. */
public final class ServeCommand {
    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Function<Settings.HttpSettings, GatewayServer> servers;

    public ServeCommand(
            Terminal terminal,
            InstantSource clock,
            SecureRandom random,
            Function<Settings.HttpSettings, GatewayServer> servers) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
        this.servers = servers;
    }

    /** Returns when the ports are open; {@code running} then holds them, and what it held before it failed when it fails. */
    public void start(Invocation.Serve serve, Running running) throws CommandFailure {
        GatewayServer.Listen open = new GatewayServer.Listen(serve.host(), serve.port());
        boolean shared = serve.privatePort().isEmpty();
        if (shared && !open.isLoopback()) {
            throw new CommandFailure(
                    "PrivatePortRequired",
                    "Others than this machine may reach " + serve.host()
                            + ", and /verify, /auth, /acl and /events are for trusted programs alone; give them a port of their own with --private-port.");
        }
        Settings settings = Tools.settings();
        Optional<GatewayServer.Listen> trusted = shared
                ? Optional.empty()
                : Optional.of(new GatewayServer.Listen(
                        settings.privateHost(), serve.privatePort().getAsInt()));
        requireTokens(settings, trusted.orElse(open));
        Optional<Manifest> manifest = serve.manifest().isPresent()
                ? Optional.of(Applier.read(serve.manifest().get()))
                : Optional.empty();
        Optional<Hangups> hangups = manifest.map(read -> Hangups.taken());
        Applier applier = new Applier(terminal, clock, random);
        OpenedData data = manifest.isPresent()
                ? applier.open(manifest.get(), serve.data(), settings, ApplyWishes.NONE)
                : opened(serve, settings);
        running.hold(data::close);
        if (!serve.readOnly()) {
            data.servedFile().ifPresent(served -> served.hold(running));
        }
        if (manifest.isPresent()) {
            applier.apply(manifest.get(), data, settings, ApplyWishes.NONE);
        }
        if (!serve.readOnly()) {
            ensureTokenKey(data);
        }
        KeyRegistry registry =
                new KeyRegistry(data.store(), data.sealer(), settings.cache().bounds());
        boolean loopback = trusted.orElse(open).isLoopback();
        Faces faces = serve.readOnly()
                ? Faces.of(registry, data.store(), ReadOnlyFace.INSTANCE, settings, random, loopback)
                        .readOnly()
                : Faces.of(
                        registry, data.store(), rotation(data, settings, running)::handle, settings, random, loopback);
        GatewayServer server = servers.apply(http(serve, settings));
        running.hold(server::close);
        String beside = "";
        if (trusted.isPresent()) {
            beside = " (private faces on "
                    + listen(server, trusted.get(), Routes.of(faces.trusted()), Options.PRIVATE_PORT) + ")";
        }
        Routes routes = Routes.of(shared ? faces.shared() : faces.open()).with(Faces.cors(settings));
        String url = listen(server, open, routes, Options.PORT);
        if (hangups.isPresent() && serve.manifest().isPresent()) {
            hangups.get().serve(new Reapply(serve.manifest().get(), applier, data, settings), running);
        }
        terminal.out().println("countersign: ready on " + url + beside);
        terminal.out().flush();
    }

    private static Settings.HttpSettings http(Invocation.Serve serve, Settings settings) {
        Settings.HttpSettings http = settings.http();
        return serve.drain().isEmpty()
                ? http
                : http.draining(Duration.ofSeconds(serve.drain().getAsInt()));
    }

    /** Where others than this machine reach the private faces, each program proves which it is. */
    private static void requireTokens(Settings settings, GatewayServer.Listen trusted) throws CommandFailure {
        if (settings.privateTokens().isEmpty() && !trusted.isLoopback()) {
            throw new CommandFailure(
                    "PrivateTokensRequired",
                    "Others than this machine may reach the private faces on " + trusted.host()
                            + "; make a token for each program with private-token NAME, and name the file of their lines in countersign.private.tokens.");
        }
    }

    private OpenedData opened(Invocation.Serve serve, Settings settings) throws CommandFailure {
        return serve.readOnly()
                ? OpenedData.openReadOnly(serve.data(), settings.data(), random, clock)
                : OpenedData.openToServe(serve.data(), settings.data(), random, clock);
    }

    /** It looks which keys are due as long as this serves, and sends what it has told. */
    private RotationLoop rotation(OpenedData data, Settings settings, Running running) {
        RotationLoop loop = RotationLoop.start(
                Rotations.of(data, settings, random, clock), data.store(), settings.rotation(), clock);
        running.hold(loop::close);
        return loop;
    }

    /** Data that no manifest was applied to by this version may have none. */
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

    private static CommandFailure refusal(GatewayServer.Listen listen, String option, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("in use")) {
            return new CommandFailure(
                    "PortInUse",
                    "The port " + listen.port() + " of " + listen.host()
                            + " is taken; stop what listens there, or choose another with " + option + ".",
                    e);
        }
        return new CommandFailure(
                "AddressUnusable",
                "This machine cannot listen on " + listen.host() + " port " + listen.port()
                        + "; choose an address that it has, and a port that you may open.",
                e);
    }
}
