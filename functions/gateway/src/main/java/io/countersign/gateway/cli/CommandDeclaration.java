package io.countersign.gateway.cli;

import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Declares a command: its words for the help, and its arguments.
 *
 * <p>The parser could read all this from annotations of fields. It would do so by reflection, for which the JVM makes classes while the program runs, and no cache of the JVM holds such classes.
 */
final class CommandDeclaration extends Arguments {
    private final CommandSpec spec;

    CommandDeclaration(String name) {
        this.spec = CommandSpec.create().name(name);
    }

    /** @param footer lines below the options */
    void describe(String description, String... footer) {
        spec.usageMessage().description(description).footer(footer);
    }

    /** Returns the parser's form of what was declared. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    void add(OptionSpec option) {
        spec.addOption(option);
    }

    @Override
    void add(PositionalParamSpec operand) {
        spec.addPositional(operand);
    }

    @Override
    void add(ArgGroupSpec group) {
        spec.addArgGroup(group);
    }
}
