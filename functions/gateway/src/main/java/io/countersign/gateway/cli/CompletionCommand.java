package io.countersign.gateway.cli;

import java.util.List;
import picocli.AutoComplete;

/** {@code completion}: prints a script that completes commands and options in a shell. */
record CompletionCommand() implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private static final String BASH = "bash";

        private final Argument<String> shell;

        Options(CommandDeclaration command) {
            command.describe(
                    "Print a completion script for bash, which zsh can run too.",
                    "",
                    "Examples:",
                    "  source <(countersign completion bash)",
                    "",
                    "zsh runs the script of bash after: autoload -U +X bashcompinit && bashcompinit");
            shell = command.operand("SHELL", "The shell: bash.", List.of(BASH));
        }

        @Override
        public CompletionCommand read() throws CommandFailure.Misuse {
            if (!shell.value().equals(BASH)) {
                throw new CommandFailure.Misuse(
                        "SHELL must be bash. zsh can use the script of bash; see countersign completion --help.");
            }
            return new CompletionCommand();
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) {
        tools.out().print(AutoComplete.bash("countersign", CommandTree.all().line()));
    }
}
