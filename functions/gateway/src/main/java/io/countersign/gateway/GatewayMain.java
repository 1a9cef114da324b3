package io.countersign.gateway;

import io.countersign.gateway.cli.CommandLineParser;
import io.countersign.gateway.cli.ExitCode;
import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.cli.QuickCommands;
import io.countersign.gateway.cli.Terminal;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Where the process begins. The command line is parsed first, so that what needs no server does not wait for one. */
@QuarkusMain
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String... arguments) {
        switch (CommandLineParser.ofThisProcess(arguments)) {
            case Invocation.Quick quick ->
                System.exit(
                        new QuickCommands(Terminal.system(), InstantSource.system(), new SecureRandom()).run(quick));
            case Invocation.Serving serving ->
                Quarkus.run(GatewayApplication.class, (code, failure) -> exit(code), arguments);
        }
    }

    /** A runtime that could not start says so in its own log; here only the code is left to give. */
    private static void exit(int code) {
        System.exit(code < 0 ? ExitCode.REFUSED : code);
    }
}
