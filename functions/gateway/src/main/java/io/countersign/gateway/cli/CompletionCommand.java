package io.countersign.gateway.cli;

import java.util.Iterator;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}: prints a script that completes commands and options in a shell. */
record CompletionCommand() implements Invocation.Operation {
    @Command(
            name = "completion",
            description = "Print a script that completes commands and options in bash or zsh.",
            footer = {
                "",
                "Examples:",
                "  source <(countersign completion bash)",
                "",
                "zsh runs the script of bash after: autoload -U +X bashcompinit && bashcompinit"
            })
    static final class Options implements Commands.Options {
        private static final String BASH = "bash";

        @Parameters(
                index = "0",
                paramLabel = "SHELL",
                completionCandidates = Shells.class,
                description = "The shell: bash.")
        String shell = "";

        /** The values of SHELL. */
        static final class Shells implements Iterable<String> {
            @Override
            public Iterator<String> iterator() {
                return List.of(BASH).iterator();
            }
        }

        @Override
        public CompletionCommand read() throws CommandFailure.Misuse {
            if (!shell.equals(BASH)) {
                throw new CommandFailure.Misuse(
                        "SHELL must be bash. zsh can use the script of bash; see countersign completion --help.");
            }
            return new CompletionCommand();
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) {
        tools.out().print(AutoComplete.bash("countersign", Commands.line()));
    }
}
