package io.countersign.gateway.cli;

import io.countersign.gateway.cli.Invocation.Help;
import io.countersign.gateway.cli.Invocation.Misused;
import io.countersign.gateway.cli.Invocation.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The tree of commands, and the parser that turns arguments into an {@link Invocation}. Parsing starts nothing and reads no file. */
public final class Commands {
    private static final int WIDTH = 110;
    private static final String VERSION_FILE = "version.properties";
    /** In the order of the help. */
    private static final List<Class<?>> ALL = List.of(
            ServeOptions.class,
            ApplyCommand.Options.class,
            KeysCommand.Options.class,
            Sessions.class,
            RotateCommand.Options.class,
            Events.class,
            PresignCommand.Options.class,
            TokenCommand.Options.class,
            Sign.class,
            ExplainCommand.Options.class,
            BackupCommand.Options.class,
            ResealCommand.Options.class,
            Registry.class,
            PrivateTokenCommand.Options.class,
            AuditCommand.Options.class,
            Decisions.class,
            DemoCommand.Options.class,
            CompletionCommand.Options.class);

    private Commands() {}

    /** The options of one command, set by picocli. They are mutable and do not leave the parser: a command runs on the {@link Invocation} that they are read into. */
    interface Options {
        /** @throws Misuse if a value is invalid for the command */
        Invocation read() throws CommandFailure.Misuse;
    }

    @Command(
            name = "countersign",
            description =
                    "Signs requests for object storage that speaks the OSS protocol, and decides whether to allow a request.",
            footer = {
                "",
                "Run COMMAND --help for the options of a command and an example.",
                "Exit codes: 0 success, 1 refused or failed, 2 wrong usage. An error is one line on standard error."
            },
            synopsisSubcommandLabel = "COMMAND")
    static final class Root {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                scope = ScopeType.INHERIT,
                description = "Show this help and exit.")
        boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Print the version and exit.")
        boolean version;
    }

    @Command(
            name = "sessions",
            description = "Revoke sessions before they expire, and list revocations.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {ListSessionsCommand.Options.class, RevokeSessionsCommand.Options.class})
    static final class Sessions {}

    @Command(
            name = "events",
            description =
                    "List the events that are waiting to be sent, or process one event. Use audit to list past decisions.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {ListEventsCommand.Options.class, SendEventCommand.Options.class})
    static final class Events {}

    @Command(
            name = "decisions",
            description = "Check a log of decisions.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {CheckDecisionsCommand.Options.class})
    static final class Decisions {}

    @Command(
            name = "sign",
            description = "Sign a request or a string to sign, to see what a client should have sent.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {SignRequestCommand.Options.class, SignContentCommand.Options.class})
    static final class Sign {}

    @Command(
            name = "registry",
            description = "Copy a registry to another store.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {CopyRegistryCommand.Options.class})
    static final class Registry {}

    static CommandLine line() {
        return line(ALL);
    }

    /** picocli reads the options of each command by reflection, which for all of them needs longer than all else before a server starts. So only the command that the arguments begin with is read. */
    private static CommandLine line(String... arguments) {
        return line(ALL.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(ALL));
    }

    private static CommandLine line(List<Class<?>> commands) {
        CommandLine line = new CommandLine(new Root());
        commands.forEach(command -> line.addSubcommand(name(command), command));
        return line.setUsageHelpWidth(WIDTH);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

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
            ParseResult result = line(arguments).parseArgs(arguments);
            while (result.hasSubcommand() && !asksForText(result)) {
                result = result.subcommand();
            }
            return invocation(result);
        } catch (ParameterException e) {
            return new Misused(UsageError.sentence(e));
        } catch (CommandFailure.Misuse e) {
            return new Misused(String.valueOf(e.getMessage()));
        }
    }

    private static Invocation invocation(ParseResult result) throws CommandFailure.Misuse {
        CommandSpec command = result.commandSpec();
        if (result.isUsageHelpRequested()) {
            if (command.userObject() instanceof ServeOptions) {
                ServeOptions.addSettings(command.usageMessage());
            }
            return new Help(command.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
        }
        if (result.isVersionHelpRequested()) {
            return new Version();
        }
        if (command.userObject() instanceof Options options) {
            return options.read();
        }
        throw new CommandFailure.Misuse("Name a command: "
                + String.join(", ", command.subcommands().keySet()) + "; see " + command.qualifiedName() + " --help.");
    }

    /** picocli knows Optional, and not OptionalInt. */
    static OptionalInt number(Optional<Integer> given) {
        return given.map(OptionalInt::of).orElse(OptionalInt.empty());
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
