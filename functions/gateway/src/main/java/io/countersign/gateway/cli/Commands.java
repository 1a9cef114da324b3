package io.countersign.gateway.cli;

import io.countersign.gateway.cli.Invocation.Help;
import io.countersign.gateway.cli.Invocation.Misused;
import io.countersign.gateway.cli.Invocation.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The parser that turns arguments into an {@link Invocation}. Parsing starts nothing and reads no file. */
public final class Commands {
    private static final String VERSION_FILE = "version.properties";

    private Commands() {}

    /** Parses the arguments of this process, which must be UTF-8. */
    public static Invocation ofThisProcess(String... arguments) {
        try {
            return parse(ProgramArguments.ofThisProcess().utf8(arguments));
        } catch (CommandFailure.Misuse e) {
            return new Misused(String.valueOf(e.getMessage()));
        }
    }

    public static Invocation parse(String... arguments) {
        try {
            CommandTree tree = CommandTree.of(arguments);
            ParseResult result = tree.line().parseArgs(arguments);
            while (result.hasSubcommand() && !asksForText(result)) {
                result = result.subcommand();
            }
            return invocation(tree, result);
        } catch (MissingParameterException e) {
            return new Misused(UsageError.sentence(unknown(arguments).orElse(e), arguments));
        } catch (ParameterException e) {
            return new Misused(UsageError.sentence(e, arguments));
        } catch (CommandFailure.Misuse e) {
            return new Misused(String.valueOf(e.getMessage()));
        }
    }

    /** What the parser does not know: it asks for what is missing first, although that may be there with another spelling. */
    private static Optional<ParameterException> unknown(String... arguments) {
        CommandLine line = CommandTree.of(arguments).line();
        collectErrors(line);
        ParseResult level = line.parseArgs(arguments);
        Optional<ParameterException> unknown = unmatched(level);
        while (unknown.isEmpty() && level.hasSubcommand()) {
            level = level.subcommand();
            unknown = unmatched(level);
        }
        return unknown;
    }

    private static void collectErrors(CommandLine line) {
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands().values().forEach(Commands::collectErrors);
    }

    private static Optional<ParameterException> unmatched(ParseResult level) {
        return level.errors().stream()
                .filter(UnmatchedArgumentException.class::isInstance)
                .map(ParameterException.class::cast)
                .findFirst();
    }

    private static Invocation invocation(CommandTree tree, ParseResult result) throws CommandFailure.Misuse {
        CommandSpec command = result.commandSpec();
        Optional<CommandTree.Options> options = tree.options(command);
        if (result.isUsageHelpRequested()) {
            if (options.orElse(null) instanceof ServeOptions) {
                ServeOptions.addSettings(command.usageMessage());
            }
            return new Help(command.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
        }
        if (result.isVersionHelpRequested()) {
            return new Version();
        }
        return options.orElseThrow(() -> new CommandFailure.Misuse("Name a command: "
                        + String.join(", ", command.subcommands().keySet()) + "; see " + command.qualifiedName()
                        + " --help."))
                .read();
    }

    private static boolean asksForText(ParseResult result) {
        return result.isUsageHelpRequested() || result.isVersionHelpRequested();
    }

    /** The command that runs this program again, as a shell reads it: the script {@code countersign} names itself in the property {@code launcher}. */
    static String launcher() {
        String script = System.getProperty("launcher", "");
        return script.isEmpty() ? "./countersign" : "'" + script.replace("'", "'\\''") + "'";
    }

    /** The version of this build, which the build wrote next to the classes. */
    static String version() {
        try (InputStream in = Commands.class.getResourceAsStream(VERSION_FILE)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + VERSION_FILE);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
