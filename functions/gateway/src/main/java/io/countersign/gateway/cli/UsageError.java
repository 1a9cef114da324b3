package io.countersign.gateway.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The sentence about arguments that the parser does not understand: what is wrong, the nearest correct words, and where the help is. */
final class UsageError {
    /** The parser begins the messages about groups of options with this word. */
    private static final String PREFIX = "Error: ";
    /** And those about a group of which options are given again with this. */
    private static final String ONE_MATCH = "expected only one match but got ";

    private UsageError() {}

    /** @param arguments the command line, of which the parser repeats words and values as they are */
    static String sentence(ParameterException error, String... arguments) {
        CommandLine command = error.getCommandLine();
        String problem = Echo.in(
                problem(error),
                Arrays.stream(arguments)
                        .flatMap(word -> Stream.of(word, word.substring(word.indexOf('=') + 1)))
                        .toList());
        return problem + "; see " + command.getCommandSpec().qualifiedName() + " --help.";
    }

    private static String problem(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return isCommand(unmatched)
                    ? "A command does not come after --; leave out the --"
                    : unmatched(unmatched) + suggested(unmatched.getSuggestions());
        }
        String message = String.valueOf(error.getMessage());
        String plain = message.startsWith(PREFIX) ? message.substring(PREFIX.length()) : message;
        return plain.startsWith(ONE_MATCH) ? repeatedGroup(plain.substring(ONE_MATCH.length())) : plain;
    }

    /** @param matches the options of the group in brackets, and then what was given, in the parser's form */
    private static String repeatedGroup(String matches) {
        int end = matches.indexOf(")=");
        return "Give one of " + (end < 0 ? "the options" : matches.substring(0, end + 1)) + ", and once";
    }

    /** Only what comes after {@code --} is not read as the command that it names. */
    private static boolean isCommand(UnmatchedArgumentException error) {
        return error.getCommandLine()
                .getSubcommands()
                .containsKey(error.getUnmatched().getFirst());
    }

    private static String unmatched(UnmatchedArgumentException error) {
        String first = error.getUnmatched().getFirst();
        if (error.isUnknownOption()) {
            // The parser would list the words after it too, and one of them may be a password.
            int equals = first.indexOf('=');
            return "Unknown option: '" + (equals < 0 ? first : first.substring(0, equals)) + "'";
        }
        return error.getCommandLine().getSubcommands().isEmpty()
                ? "The argument '" + first + "' is one too many"
                : "There is no command '" + first + "'";
    }

    private static String suggested(List<String> words) {
        return words.isEmpty() ? "" : " (did you mean " + String.join(" or ", words) + "?)";
    }
}
