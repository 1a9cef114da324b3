package io.countersign.gateway.cli;

import io.countersign.json.JsonObjectWriter;
import io.countersign.json.JsonText;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.manifest.ApplyReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints what applying a manifest did: a line for each change and their numbers, or one JSON object. */
final class ReportPrinter {
    private final Terminal terminal;
    private final MadeKeys keys;
    private final boolean json;

    ReportPrinter(Terminal terminal, MadeKeys keys, boolean json) {
        this.terminal = terminal;
        this.keys = keys;
        this.json = json;
    }

    void print(ApplyReport report, boolean prune) throws CommandFailure {
        if (json) {
            document(report, keys.keep(report.generated()));
        } else {
            text(report, prune);
        }
    }

    private void document(ApplyReport report, Optional<Path> file) {
        terminal.out()
                .println(JsonText.object(document -> document.put("created", report.created())
                        .put("updated", report.updated())
                        .put("unchanged", report.unchanged().size())
                        .put("removed", report.removed())
                        .put("notNamed", report.reported())
                        .put("madeKeys", report.generated().size())
                        .put("madeKeysFile", file.map(Path::toString))
                        .array(
                                "notes",
                                notes -> report.notes().forEach(note -> notes.object(json -> put(json, note))))));
    }

    private void text(ApplyReport report, boolean prune) throws CommandFailure {
        PrintStream out = terminal.out();
        lines("created", report.created());
        lines("updated", report.updated());
        lines("removed", report.removed());
        lines("not named", report.reported());
        report.notes().forEach(note -> out.println("note: " + line(note)));
        out.println("manifest: " + report.created().size() + " created, "
                + report.updated().size() + " updated, "
                + report.unchanged().size() + " unchanged, " + report.removed().size() + " removed, "
                + report.reported().size() + " not named" + hint(report, prune));
        keys.show(report.generated());
    }

    private static void put(JsonObjectWriter members, PolicyNote note) {
        members.put("line", note.at().line()).put("path", note.at().toString()).put("note", note.text());
    }

    private static String line(PolicyNote note) {
        return "line " + note.at().line() + ", " + note.at() + ": " + note.text();
    }

    private void lines(String what, List<String> names) {
        names.forEach(name -> terminal.out().println(what + ": " + name));
    }

    private static String hint(ApplyReport report, boolean prune) {
        return report.reported().isEmpty() || prune ? "" : " (left as they are; apply --prune removes them)";
    }
}
