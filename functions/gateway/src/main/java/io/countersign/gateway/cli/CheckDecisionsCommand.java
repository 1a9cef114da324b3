package io.countersign.gateway.cli;

import io.countersign.gateway.decisions.ChainCheck;
import io.countersign.gateway.decisions.ChainPosition;
import io.countersign.gateway.decisions.LogSelection;
import io.countersign.gateway.decisions.UnusableLogException;
import io.countersign.json.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code decisions check}: finds out whether a decision log is as it was written. */
record CheckDecisionsCommand(List<Path> files, Optional<String> last, Optional<String> after, boolean json)
        implements Invocation.Operation {
    CheckDecisionsCommand {
        files = List.copyOf(files);
    }

    static final class Options implements CommandTree.Options {
        private static final String LAST = "--last";
        private static final String AFTER = "--after";
        private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

        private final Argument<List<Path>> files;
        private final Argument<Optional<String>> last;
        private final Argument<Optional<String>> after;
        private final Argument<Boolean> json;

        Options(CommandDeclaration command) {
            command.describe(
                    "Check that no line of a decision log was changed, removed, inserted or moved, and print the hash of the"
                            + " last line. Keep that hash on another machine: with it the next check also finds an end that was cut off.",
                    "",
                    "Examples:",
                    "  countersign decisions check /var/log/countersign/decisions.log",
                    "  countersign decisions check /var/log/countersign --last HASH");
            files = command.paths(
                    "FILE", "The file of the log, whose full files are read too; or its directory; or several files.");
            last = command.optional(
                    LAST, "HASH", "A hash that an earlier check printed: the log must still have that line.");
            after = command.optional(
                    AFTER, "HASH", "The hash of the line before the first one, where older files were deleted.");
            json = command.flag(RegistryOptions.JSON, RegistryOptions.JSON_HELP);
        }

        @Override
        public CheckDecisionsCommand read() throws CommandFailure.Misuse {
            return new CheckDecisionsCommand(
                    files.value(), hash(LAST, last.value()), hash(AFTER, after.value()), json.value());
        }

        private static Optional<String> hash(String option, Optional<String> given) throws CommandFailure.Misuse {
            if (given.isPresent() && !HASH.matcher(given.get()).matches()) {
                throw new CommandFailure.Misuse(
                        option + " must be 64 hexadecimal digits in lower case, as decisions check prints them.");
            }
            return given;
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure {
        ChainCheck.Result result = check();
        if (json) {
            tools.out().println(json(result));
        } else {
            result.problems().forEach(problem -> tools.out().println("problem: " + problem));
            tools.out().println(summary(result));
            result.end().ifPresent(end -> tools.out().println("last: " + end.hash()));
        }
        if (result.unfinished()) {
            throw new CommandFailure(
                    "DecisionLogUnfinished",
                    "The last line has no end, and every line before it is as it was written. Check the log again; if the line stays"
                            + " so, make room on the disk of the log, or start the gateway that writes it.");
        }
        if (!result.problems().isEmpty()) {
            throw new CommandFailure(
                    "DecisionLogAltered",
                    "The log is not as it was written; standard output lists the problems. Compare it with a copy on another"
                            + " machine.");
        }
    }

    private ChainCheck.Result check() throws CommandFailure {
        try (LogSelection selection = LogSelection.of(files)) {
            return ChainCheck.check(selection.sources(), after, last);
        } catch (UnusableLogException e) {
            throw new CommandFailure("DecisionLogUnusable", e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "DecisionLogNotReadable",
                    "A file of the log does not exist or cannot be read (" + Echo.of(String.valueOf(e.getMessage()))
                            + "); name a file that this user can read.",
                    e);
        }
    }

    private static String summary(ChainCheck.Result result) {
        String range = result.first().isPresent() && result.end().isPresent()
                ? ", numbers " + result.first().get().seq() + " to "
                        + result.end().get().seq()
                : "";
        return "decisions: " + result.lines() + " lines in " + result.files() + " files" + range + "; " + result.lost()
                + " decisions lost, " + result.torn() + " lines torn";
    }

    private static String json(ChainCheck.Result result) {
        return JsonText.object(object -> {
            object.put("files", result.files()).put("lines", result.lines());
            result.first().map(ChainPosition::seq).ifPresent(seq -> object.put("first", seq));
            result.end().ifPresent(end -> object.put("end", end.seq()).put("last", end.hash()));
            object.put("lost", result.lost()).put("torn", result.torn()).put("problems", result.problems());
        });
    }
}
