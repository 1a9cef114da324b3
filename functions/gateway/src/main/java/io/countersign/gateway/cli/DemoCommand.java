package io.countersign.gateway.cli;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.demo.Demo;
import io.countersign.gateway.demo.DemoStore;
import io.countersign.gateway.demo.S3ProxyProcess;
import io.countersign.gateway.demo.StandInStorage;
import io.countersign.gateway.guard.PrivateAccess;
import io.countersign.gateway.metrics.GatewayMetrics;
import io.countersign.gateway.server.Gate;
import io.countersign.gateway.server.GatewayServer;
import io.countersign.gateway.server.Routes;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.gateway.store.StorePort;
import io.countersign.http.LogValue;
import io.countersign.http.RequestIds;
import io.countersign.presign.callbacks.CallbackFunction;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.Rotation;
import io.countersign.signing.AccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code demo}: serves demo data from a temporary directory that is deleted when the process ends. */
public final class DemoCommand {
    static final class Options implements CommandTree.Options {
        private final PortOptions open;
        private final Argument<Boolean> store;

        Options(CommandDeclaration command) {
            command.describe(
                    "Serve demo data with temporary keys, on loopback only, and print curl commands to try.",
                    "",
                    "Examples:",
                    "  countersign demo --port 0",
                    "  countersign demo --store");
            open = new PortOptions(command);
            store = command.flagWithValue(
                    "--store",
                    "Put a store behind the demo's buckets: S3Proxy over a temporary directory, in a process of"
                            + " its own. The lines then put, list and read objects, upload in parts, and revoke.");
        }

        @Override
        public Invocation read() throws CommandFailure.Misuse {
            return new Invocation.Demo(open.host(), open.port(), store.value());
        }
    }

    private static final int STORAGE_BODY = 1 << 20;

    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Function<HttpSettings, GatewayServer> servers;

    public DemoCommand(
            Terminal terminal,
            InstantSource clock,
            SecureRandom random,
            Function<HttpSettings, GatewayServer> servers) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
        this.servers = servers;
    }

    /** Returns when the ports are open and the commands to try are printed. {@code running} then holds the ports. */
    public void start(Invocation.Demo demo, OpenedData.Running running) throws CommandFailure {
        GatewayServer.Listen open = new GatewayServer.Listen(demo.host(), demo.port());
        if (!open.isLoopback()) {
            throw new CommandFailure(
                    "DemoOffLoopback",
                    "The demo prints its secrets and answers every caller, so it listens on loopback only; omit --host.");
        }
        Settings settings = QuickCommands.Tools.settings();
        Path directory = temporaryDirectory(running);
        OpenedData data = OpenedData.open(directory, DataSettings.EMBEDDED, random, clock);
        running.hold(data::close);
        GatewayMetrics metrics = new GatewayMetrics(Commands.version());
        running.hold(metrics::close);
        WorkerStore store = new WorkerStore(metrics.timed(data.store()));
        KeyRegistry registry =
                new KeyRegistry(store, data.sealer(), settings.cache().bounds());
        metrics.watch(registry, data.store(), clock);
        Rotation rotation = RotationRunner.Rotations.of(data, settings, random, clock);
        PrivateAccess access = new PrivateAccess(true, ServeCommand.programs(settings, running), false);
        Endpoints endpoints = Endpoints.of(
                registry,
                store,
                new RotateFunction(rotation)::handle,
                metrics.endpoint(),
                settings,
                random,
                access,
                CallbackFunction.KeyFetcher.ofOss());
        Optional<DemoStore> behind = demo.store() ? Optional.of(behind(directory, running)) : Optional.empty();
        StorePort port = StorePorts.of(registry, store, settings, clock, metrics.decisions());
        // Closed after the server, whose last requests may still be on their way to the store.
        running.hold(port::close);
        GatewayServer server = servers.apply(settings.http());
        running.hold(server::close);

        String gateway = ServeCommand.listen(
                server,
                open,
                Routes.of(endpoints.shared()).with(Endpoints.cors(settings)).telling(metrics.decisions()),
                PortOptions.PORT);
        GatewayServer.Listen any = new GatewayServer.Listen(demo.host(), 0);
        String storage = behind.isPresent()
                ? ServeCommand.listen(server, any, port)
                : ServeCommand.listen(server, any, Routes.everything(storage(endpoints)), PortOptions.PORT);
        Demo made = new Demo(random);
        ApplyReport report =
                new Applier(terminal, clock, random).applyQuietly(made.manifest(storage, behind), data, settings);
        print(
                behind.isPresent()
                        ? made.storeLines(
                                gateway,
                                storage,
                                endpoints.at("/token").endpoint(),
                                report.generated(),
                                directory,
                                settings.cache().ttl(),
                                Commands.launcher(),
                                clock.instant())
                        : made.lines(
                                gateway,
                                storage,
                                settings.privateTokens().isPresent(),
                                endpoints.at("/presign").endpoint(),
                                report.generated(),
                                clock.instant()),
                gateway);
    }

    private DemoStore behind(Path directory, OpenedData.Running running) throws CommandFailure {
        Path jar = S3ProxyProcess.jar()
                .orElseThrow(() -> new CommandFailure(
                        "StoreMissing",
                        "This build does not bring S3Proxy, the store of the demo; run the archive with a Java runtime of"
                                + " a release, or build with ./mvnw -pl functions/gateway -am package -DskipTests."));
        AccessKey key = DemoStore.key(random);
        try {
            S3ProxyProcess process = S3ProxyProcess.start(jar, directory, key, DemoStore.buckets());
            running.hold(process::close);
            return new DemoStore(process.endpoint(), key);
        } catch (IOException e) {
            throw new CommandFailure(
                    "StoreNotStarted",
                    "S3Proxy, the store of the demo, did not start; it needs Java 17 or newer in JAVA_HOME or on the PATH, and some 300 MB of memory.",
                    e);
        }
    }

    private void print(List<String> lines, String gateway) {
        lines.forEach(terminal.out()::println);
        terminal.out()
                .println("countersign: ready on " + gateway
                        + " (demo: the keys are valid until Ctrl-C, the token and URLs above for one hour)");
        terminal.out().flush();
    }

    private Routes.Route storage(Endpoints endpoints) {
        return Routes.Route.ofLargeBody(
                "stand-in storage",
                List.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"),
                STORAGE_BODY,
                Gate.LOOPBACK,
                new StandInStorage(endpoints.at("/verify").endpoint(), new RequestIds(random)));
    }

    private static Path temporaryDirectory(OpenedData.Running running) throws CommandFailure {
        try {
            Path directory = Files.createTempDirectory("countersign-demo-");
            running.hold(() -> delete(directory));
            return directory;
        } catch (IOException e) {
            throw new CommandFailure(
                    "DataDirectoryUnusable",
                    "A temporary directory cannot be created; set TMPDIR to a writable directory.",
                    e);
        }
    }

    /** Files that cannot be deleted remain until the system cleans its temporary directory. */
    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger(DemoCommand.class.getName())
                    .log(System.Logger.Level.WARNING, "event=leftover directory={0}", LogValue.of(directory));
        }
    }
}
