package io.countersign.gateway.cli;

import io.countersign.gateway.cli.Invocation.Apply;
import io.countersign.gateway.cli.Invocation.Audit;
import io.countersign.gateway.cli.Invocation.Demo;
import io.countersign.gateway.cli.Invocation.Help;
import io.countersign.gateway.cli.Invocation.Keys;
import io.countersign.gateway.cli.Invocation.Misused;
import io.countersign.gateway.cli.Invocation.Reseal;
import io.countersign.gateway.cli.Invocation.RevokeSessions;
import io.countersign.gateway.cli.Invocation.Serve;
import io.countersign.gateway.cli.Invocation.Version;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns arguments into an {@link Invocation}; starts nothing, reads no file. */
public final class CommandLineParser {
    private CommandLineParser() {}

    public static Invocation parse(String... arguments) {
        CommandLine line = new CommandLine(Commands.root());
        try {
            ParseResult result = line.parseArgs(arguments);
            while (result.hasSubcommand() && !asksForText(result)) {
                result = result.subcommand();
            }
            return invocation(result);
        } catch (ParameterException e) {
            return new Misused(sentence(e));
        }
    }

    private static Invocation invocation(ParseResult result) {
        if (result.isUsageHelpRequested()) {
            return new Help(usage(result.commandSpec()));
        }
        if (result.isVersionHelpRequested()) {
            return new Version();
        }
        return switch (result.commandSpec().name()) {
            case Commands.SERVE -> serve(result);
            case Commands.APPLY ->
                new Apply(
                        path(result, Options.MANIFEST),
                        path(result, Options.DATA),
                        result.hasMatchedOption(Options.PRUNE));
            case Commands.DEMO -> demo(result);
            case Commands.SESSIONS -> new Misused("Say what to do with sessions: revoke; see --help.");
            case Commands.REVOKE -> revoke(result);
            case Commands.KEYS -> new Keys(path(result, Options.DATA), result.hasMatchedOption(Options.JSON));
            case Commands.RESEAL -> new Reseal(path(result, Options.DATA));
            case Commands.AUDIT -> audit(result);
            default -> new Misused("Say what to do: serve, apply, sessions, keys, audit, reseal or demo; see --help.");
        };
    }

    private static Invocation serve(ParseResult result) {
        Optional<Path> manifest = Optional.ofNullable(result.matchedOptionValue(Options.MANIFEST, (Path) null));
        int port = result.matchedOptionValue(Options.PORT, Options.DEFAULT_PORT);
        OptionalInt privatePort = result.hasMatchedOption(Options.PRIVATE_PORT)
                ? OptionalInt.of(result.<Integer>matchedOptionValue(Options.PRIVATE_PORT, 0))
                : OptionalInt.empty();
        if (!isPort(port) || privatePort.isPresent() && !isPort(privatePort.getAsInt())) {
            return notAPort();
        }
        if (privatePort.isPresent() && privatePort.getAsInt() == port && port != 0) {
            return new Misused("--port and --private-port are the same; give each its own.");
        }
        return new Serve(manifest, path(result, Options.DATA), host(result), port, privatePort);
    }

    private static Invocation revoke(ParseResult result) {
        Optional<SessionsOf> sessions = SessionsOf.parse(
                text(result, Options.ROLE), text(result, Options.PROVIDER), text(result, Options.ACCESS_KEY));
        if (sessions.isEmpty()) {
            return new Misused(
                    "Name a role as acs:ram::ACCOUNT:role/NAME, a provider as acs:ram::ACCOUNT:oidc-provider/NAME,"
                            + " or an access key by its id.");
        }
        try {
            Optional<Instant> asOf = text(result, Options.AS_OF).map(Instant::parse);
            return new RevokeSessions(path(result, Options.DATA), sessions.get(), asOf);
        } catch (DateTimeException e) {
            return new Misused(Options.AS_OF + " is a moment such as 2026-11-22T03:00:00Z.");
        }
    }

    private static Invocation audit(ParseResult result) {
        try {
            Optional<YearMonth> month = text(result, Options.MONTH).map(YearMonth::parse);
            return new Audit(path(result, Options.DATA), month, result.hasMatchedOption(Options.JSON));
        } catch (DateTimeException e) {
            return new Misused(Options.MONTH + " is a month such as 2026-11.");
        }
    }

    private static Optional<String> text(ParseResult result, String option) {
        return Optional.ofNullable(result.matchedOptionValue(option, (String) null));
    }

    private static Invocation demo(ParseResult result) {
        int port = result.matchedOptionValue(Options.PORT, Options.DEFAULT_PORT);
        return isPort(port) ? new Demo(host(result), port) : notAPort();
    }

    private static String host(ParseResult result) {
        return result.matchedOptionValue(Options.HOST, Options.DEFAULT_HOST);
    }

    private static Path path(ParseResult result, String option) {
        return result.matchedOptionValue(option, Path.of(""));
    }

    private static boolean isPort(int port) {
        return port >= 0 && port <= 65_535;
    }

    private static Misused notAPort() {
        return new Misused("A port is a number from 0 to 65535.");
    }

    private static boolean asksForText(ParseResult result) {
        return result.isUsageHelpRequested() || result.isVersionHelpRequested();
    }

    private static String usage(CommandSpec spec) {
        return spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static String sentence(ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        return e.getMessage() + "; see " + name + " --help.";
    }
}
