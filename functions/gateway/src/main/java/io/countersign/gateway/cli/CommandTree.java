package io.countersign.gateway.cli;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The commands in the parser's form, with what reads the arguments of each. It is for one command line. */
final class CommandTree {
    private static final int WIDTH = 110;
    private static final String SUBCOMMAND = "COMMAND";
    /** In the order of the help. */
    private static final List<Entry> ALL = List.of(
            new Command("serve", ServeOptions::new),
            new Command("apply", ApplyCommand.Options::new),
            new Command("keys", KeysCommand.Options::new),
            new Group(
                    "sessions",
                    "Revoke sessions before they expire, and list revocations.",
                    List.of(
                            new Command("list", ListSessionsCommand.Options::new),
                            new Command("revoke", RevokeSessionsCommand.Options::new))),
            new Command("rotate", RotateCommand.Options::new),
            new Group(
                    "events",
                    "List the events that are waiting to be sent, or process one event. Use audit to list past decisions.",
                    List.of(
                            new Command("list", ListEventsCommand.Options::new),
                            new Command("send", SendEventCommand.Options::new))),
            new Command("presign", PresignCommand.Options::new),
            new Command("token", TokenCommand.Options::new),
            new Group(
                    "sign",
                    "Sign a request or a string to sign, to see what a client should have sent.",
                    List.of(
                            new Command("request", SignRequestCommand.Options::new),
                            new Command("content", SignContentCommand.Options::new))),
            new Command("explain", ExplainCommand.Options::new),
            new Command("backup", BackupCommand.Options::new),
            new Command("reseal", ResealCommand.Options::new),
            new Group(
                    "registry",
                    "Copy a registry to another store.",
                    List.of(new Command("copy", CopyRegistryCommand.Options::new))),
            new Command("private-token", PrivateTokenCommand.Options::new),
            new Command("audit", AuditCommand.Options::new),
            new Group(
                    "decisions",
                    "Check a log of decisions.",
                    List.of(new Command("check", CheckDecisionsCommand.Options::new))),
            new Command("demo", DemoCommand.Options::new),
            new Command("completion", CompletionCommand.Options::new));

    private final Map<CommandSpec, Options> options = new IdentityHashMap<>();
    private final CommandLine line;

    private CommandTree(List<Entry> entries) {
        spareReflection();
        CommandSpec root = root();
        entries.forEach(entry -> root.addSubcommand(entry.name(), entry.spec(this)));
        // A word that begins with @ is what it says: by default picocli would read a file of that name, and put its
        // words into keys and errors.
        this.line = new CommandLine(root).setUsageHelpWidth(WIDTH).setExpandAtFiles(false);
    }

    /** The declared arguments of one command. */
    interface Options {
        /** @throws CommandFailure.Misuse if a value is invalid for the command */
        Invocation read() throws CommandFailure.Misuse;
    }

    /** What the tree is made of. Nothing of it is declared before it is needed. */
    private sealed interface Entry {
        String name();

        /** Declares it. */
        CommandSpec spec(CommandTree tree);
    }

    /** @param options declares the command */
    private record Command(String name, Function<CommandDeclaration, Options> options) implements Entry {
        @Override
        public CommandSpec spec(CommandTree tree) {
            CommandDeclaration declaration = new CommandDeclaration(name);
            tree.options.put(declaration.spec(), options.apply(declaration));
            return declaration.spec();
        }
    }

    private record Group(String name, String description, List<Command> commands) implements Entry {
        @Override
        public CommandSpec spec(CommandTree tree) {
            CommandSpec spec = CommandSpec.create().name(name);
            spec.usageMessage().description(description).synopsisSubcommandLabel(SUBCOMMAND);
            commands.forEach(command -> spec.addSubcommand(command.name(), command.spec(tree)));
            return spec;
        }
    }

    static CommandTree all() {
        return new CommandTree(ALL);
    }

    /** The tree for these arguments: of the command that they begin with alone, since all of them take longer to declare than the rest of the work until a server starts; or of all, where they begin with none. */
    static CommandTree of(String... arguments) {
        return new CommandTree(ALL.stream()
                .filter(entry -> arguments.length > 0 && entry.name().equals(arguments[0]))
                .findFirst()
                .map(List::of)
                .orElse(ALL));
    }

    CommandLine line() {
        return line;
    }

    /** Returns what reads the arguments of a command of this tree; empty for one that only has commands of its own. */
    Optional<Options> options(CommandSpec command) {
        return Optional.ofNullable(options.get(command));
    }

    private static CommandSpec root() {
        CommandSpec root = CommandSpec.create().name("countersign");
        root.usageMessage()
                .description(
                        "Signs requests for object storage that speaks the OSS protocol, and decides whether to allow a request.")
                .footer(
                        "",
                        "Run COMMAND --help for the options of a command and an example.",
                        "Exit codes: 0 success, 1 refused or failed, 2 wrong usage. An error is one line on standard error.")
                .synopsisSubcommandLabel(SUBCOMMAND);
        return root.addOption(OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .arity("0")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("Show this help and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .type(boolean.class)
                        .arity("0")
                        .versionHelp(true)
                        .description("Print the version and exit.")
                        .build());
    }

    /** Each parser would look by reflection for converters of types that no argument has, and for a library of Groovy's. */
    private static void spareReflection() {
        // Not in a static initializer, which a native executable runs when it is built.
        System.setProperty("picocli.converters.excludes", ".*");
        System.setProperty("picocli.disable.closures", "true");
    }
}
