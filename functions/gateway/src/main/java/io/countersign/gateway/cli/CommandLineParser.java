package io.countersign.gateway.cli;

import io.countersign.gateway.cli.Invocation.Help;
import io.countersign.gateway.cli.Invocation.Misused;
import io.countersign.gateway.cli.Invocation.Version;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns arguments into an {@link Invocation}; starts nothing, reads no file. */
public final class CommandLineParser {
    private CommandLineParser() {}

    /** What this process was started with. */
    public static Invocation ofThisProcess(String... arguments) {
        try {
            return parse(ProgramArguments.ofThisProcess().utf8(arguments));
        } catch (Misuse e) {
            return new Misused(String.valueOf(e.getMessage()));
        }
    }

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
        } catch (Misuse e) {
            return new Misused(String.valueOf(e.getMessage()));
        }
    }

    private static Invocation invocation(ParseResult result) throws Misuse {
        if (result.isUsageHelpRequested()) {
            return new Help(usage(result.commandSpec()));
        }
        if (result.isVersionHelpRequested()) {
            return new Version();
        }
        return ((LineReader) result.commandSpec().userObject()).read(new Line(result));
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
