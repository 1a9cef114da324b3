package io.countersign.gateway;

import io.countersign.gateway.cli.CommandFailure;
import io.countersign.gateway.cli.Commands;
import io.countersign.gateway.cli.DemoCommand;
import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.cli.OpenedData;
import io.countersign.gateway.cli.QuickCommands;
import io.countersign.gateway.cli.ServeCommand;
import io.countersign.gateway.cli.Terminal;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.server.GatewayServer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import sun.misc.Signal;

/** The commands that serve, inside a started runtime. */
@Singleton
public final class GatewayApplication implements QuarkusApplication {
    private final Vertx vertx;
    private final OpenedData.Running running = new OpenedData.Running();

    public GatewayApplication(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public int run(String... arguments) {
        Terminal terminal = Terminal.system();
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        return switch (Commands.ofThisProcess(arguments)) {
            case Invocation.Quick quick -> new QuickCommands(terminal, clock, random).run(quick);
            case Invocation.Serve serve ->
                until(
                        terminal,
                        () -> new ServeCommand(terminal, clock, random, http -> server(http, clock, random))
                                .start(serve, running));
            case Invocation.Demo demo ->
                until(
                        terminal,
                        () -> new DemoCommand(terminal, clock, random, http -> server(http, clock, random))
                                .start(demo, running));
        };
    }

    /** The runtime stops on a signal while {@link #run} still waits: ports and files are let go of here. */
    void stop(@Observes ShutdownEvent event) {
        running.close();
    }

    private int until(Terminal terminal, QuickCommands.Attempt.Work start) {
        int code = QuickCommands.Attempt.run(terminal, start);
        if (code == CommandFailure.ExitCode.OK) {
            Quarkus.waitForExit();
        }
        running.close();
        return code;
    }

    /** From here on there may be requests to answer before the process ends. */
    private GatewayServer server(Settings.HttpSettings settings, InstantSource clock, SecureRandom random) {
        StopSignals.take(() -> Quarkus.asyncExit(CommandFailure.ExitCode.OK));
        return new GatewayServer(vertx, settings, clock, random);
    }

    /** The signals by which a serving process is told to end. The JVM would end with the signal's number, as a process does that was broken off. */
    static final class StopSignals {
        private static final List<String> NAMES = List.of("TERM", "INT");

        private StopSignals() {}

        /** @param stop begins to end the process in order, and returns at once */
        static void take(Runnable stop) {
            for (String name : NAMES) {
                try {
                    Signal.handle(new Signal(name), signal -> stop.run());
                } catch (IllegalArgumentException e) {
                    // The process was started with this signal ignored, as in the background of a shell, or with -Xrs.
                }
            }
        }
    }
}
