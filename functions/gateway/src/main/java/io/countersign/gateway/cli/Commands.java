package io.countersign.gateway.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The tree of commands. What one takes, how its line is read and what it does stands in its own file. */
final class Commands {
    private static final int WIDTH = 110;

    private Commands() {}

    static CommandSpec root() {
        CommandSpec root = group(
                "countersign",
                "Signs requests for object storage that speaks the OSS protocol, and decides whether a request may pass.",
                ServingLines.serve(),
                ApplyCommand.spec(),
                KeysCommand.spec(),
                group(
                        "sessions",
                        "Ends sessions before they expire, and lists what was ended.",
                        ListSessionsCommand.spec(),
                        RevokeSessionsCommand.spec()),
                RotateCommand.spec(),
                group(
                        "events",
                        "Lists the events that wait to be sent, and takes one in. The audit lists what was decided.",
                        ListEventsCommand.spec(),
                        SendEventCommand.spec()),
                PresignCommand.spec(),
                TokenCommand.spec(),
                group(
                        "sign",
                        "Signs a request in its header, or a string to sign, to see what a client should have sent.",
                        SignRequestCommand.spec(),
                        SignContentCommand.spec()),
                ExplainCommand.spec(),
                ResealCommand.spec(),
                PrivateTokenCommand.spec(),
                AuditCommand.spec(),
                ServingLines.demo());
        root.addOption(Options.version());
        root.usageMessage()
                .footer(
                        "",
                        "COMMAND --help shows a command's options and an example.",
                        "Exit codes: 0 done, 1 refused or failed, 2 wrong usage. Errors are one line on standard error.");
        return root;
    }

    /** @param example what stands behind {@code countersign} and the command's name in a line that works */
    static CommandSpec command(String name, String description, LineReader reader, String... example) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(reader).name(name);
        spec.addOption(Options.help());
        spec.usageMessage().description(description).width(WIDTH);
        if (example.length > 0) {
            spec.usageMessage().footer(lines(example));
        }
        return spec;
    }

    /** A command about a registry that is there, for people and for programs. */
    static CommandSpec operation(String name, String description, LineReader reader, String... example) {
        CommandSpec spec = command(name, description, reader, example);
        spec.addOption(Options.existingData());
        spec.addOption(Options.json());
        return spec;
    }

    /** An operation that only reads the registry. */
    static CommandSpec reading(String name, String description, LineReader reader, String... example) {
        CommandSpec spec = operation(name, description, reader, example);
        spec.addOption(Options.readOnly());
        return spec;
    }

    private static CommandSpec group(String name, String description, CommandSpec... commands) {
        List<String> names = Arrays.stream(commands).map(CommandSpec::name).toList();
        CommandSpec group = command(name, description, line -> {
            throw new Misuse("Say what to do: " + String.join(", ", names) + "; see "
                    + line.result().commandSpec().qualifiedName() + " --help.");
        });
        for (CommandSpec command : commands) {
            group.addSubcommand(command.name(), command);
        }
        group.usageMessage().synopsisSubcommandLabel("COMMAND");
        return group;
    }

    private static String[] lines(String[] examples) {
        return Stream.concat(
                        Stream.of("", examples.length == 1 ? "Example:" : "Examples:"),
                        Arrays.stream(examples).map(line -> "  countersign " + line))
                .toArray(String[]::new);
    }
}
