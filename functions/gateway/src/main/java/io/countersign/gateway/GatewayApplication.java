package io.countersign.gateway;

import io.countersign.gateway.cli.CommandFailure;
import io.countersign.gateway.cli.Commands;
import io.countersign.gateway.cli.DemoCommand;
import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.cli.OpenedData;
import io.countersign.gateway.cli.QuickCommands;
import io.countersign.gateway.cli.ServeCommand;
import io.countersign.gateway.cli.Terminal;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.server.GatewayServer;
import io.countersign.gateway.server.ProcessEnd;
import io.countersign.presign.callbacks.CallbackFunction;
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

/** Runs {@code serve} and {@code demo} in a started Quarkus runtime, until a signal ends the process. */
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
        return switch (ParsedCommandLine.take().orElseGet(() -> Commands.ofThisProcess(arguments))) {
            case Invocation.Quick quick -> new QuickCommands(terminal, clock, random).run(quick);
            case Invocation.Serve serve ->
                serveUntilExit(
                        terminal,
                        () -> new ServeCommand(
                                        terminal,
                                        clock,
                                        random,
                                        http -> server(http, clock, random),
                                        CallbackFunction.KeyFetcher.ofOss())
                                .start(serve, running));
            case Invocation.Demo demo ->
                serveUntilExit(
                        terminal,
                        () -> new DemoCommand(terminal, clock, random, http -> server(http, clock, random))
                                .start(demo, running));
        };
    }

    /** Closes ports and files. On a signal the runtime stops while {@link #run} still waits, so {@code run} cannot do it. */
    void stop(@Observes ShutdownEvent event) {
        running.close();
    }

    private int serveUntilExit(Terminal terminal, QuickCommands.Attempt.Work start) {
        int code = QuickCommands.Attempt.run(terminal, () -> runUnlessStopped(start));
        if (code == CommandFailure.ExitCode.OK) {
            Quarkus.waitForExit();
        }
        running.close();
        return code;
    }

    /** What fails because the process was told to stop meanwhile (its files are closed, say) is no failure to tell. */
    private static void runUnlessStopped(QuickCommands.Attempt.Work start) throws CommandFailure {
        try {
            start.run();
        } catch (CommandFailure | RuntimeException e) {
            if (!ProcessEnd.isUnderWay()) {
                throw e;
            }
        }
    }

    /** Installs the signal handlers together with the server: from here on requests have to be answered before the process ends. */
    private GatewayServer server(HttpSettings settings, InstantSource clock, SecureRandom random) {
        StopSignals.handle(() -> Quarkus.asyncExit(CommandFailure.ExitCode.OK));
        return new GatewayServer(vertx, settings, clock, random);
    }

    /**
     * Ends a serving process in order on SIGTERM and SIGINT, with exit code 0. By default the JVM would exit with 128 plus the signal's number, which reads as a
     * crash.
     */
    static final class StopSignals {
        private static final List<String> NAMES = List.of("TERM", "INT");

        private StopSignals() {}

        /** @param stop starts an orderly exit and returns at once */
        static void handle(Runnable stop) {
            for (String name : NAMES) {
                try {
                    Signal.handle(new Signal(name), signal -> stop.run());
                } catch (IllegalArgumentException e) {
                    // The process was started with this signal ignored (a background job of a shell), or with -Xrs.
                }
            }
        }
    }
}
