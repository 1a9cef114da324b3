package io.countersign.gateway;

import io.countersign.gateway.cli.CommandFailure;
import io.countersign.gateway.cli.Commands;
import io.countersign.gateway.cli.Hangups;
import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.cli.OpenFiles;
import io.countersign.gateway.cli.QuickCommands;
import io.countersign.gateway.cli.Terminal;
import io.countersign.gateway.server.ProcessEnd;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The entry point of the process. It parses the command line first, so that commands without a server start without the Quarkus runtime. */
@QuarkusMain
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String... arguments) {
        switch (Commands.ofThisProcess(arguments)) {
            case Invocation.Quick quick ->
                System.exit(
                        new QuickCommands(Terminal.system(), InstantSource.system(), new SecureRandom()).run(quick));
            case Invocation.Serving serving -> {
                if (serving instanceof Invocation.Serve serve
                        && serve.manifest().isPresent()) {
                    Hangups.taken();
                }
                int code = QuickCommands.Attempt.run(Terminal.system(), OpenFiles::require);
                if (code != CommandFailure.ExitCode.OK) {
                    System.exit(code);
                }
                ParsedCommandLine.hand(serving);
                Quarkus.run(
                        GatewayApplication.class,
                        (exit, failure) -> exit(exit, Optional.ofNullable(failure)),
                        arguments);
            }
        }
    }

    /** Reports a failed start on the terminal too: the runtime's own log may be what failed to start. A start that a signal ended has not failed. */
    private static void exit(int code, Optional<Throwable> failure) {
        failure.filter(cause -> !ProcessEnd.isUnderWay())
                .ifPresent(cause -> QuickCommands.Attempt.startFailed(Terminal.system(), cause));
        System.exit(code < 0 ? CommandFailure.ExitCode.REFUSED : code);
    }
}
