package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.UnshownKeys;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Prints what applying a manifest did: a line for each change and their numbers, or one JSON object. */
final class ReportPrinter {
    private final Terminal terminal;
    private final String place;
    private final LeftKeys left;
    private final boolean seen;

    /**
     * @param place where the secrets of made keys are kept
     * @param left keys that earlier applies made and did not show
     * @param seen whether a person reads what is printed, and may see secrets
     */
    ReportPrinter(Terminal terminal, String place, LeftKeys left, boolean seen) {
        this.terminal = terminal;
        this.place = place;
        this.left = left;
        this.seen = seen;
    }

    void print(ApplyReport report, ApplyWishes wishes) {
        if (wishes.json()) {
            document(report);
        } else {
            text(report, wishes.prune());
            keys(report.generated());
        }
    }

    private void document(ApplyReport report) {
        Optional<String> file = report.generated().isEmpty() ? Optional.empty() : Optional.of(place);

        terminal.out()
                .println(JsonText.object(document -> document.put("created", report.created())
                        .put("updated", report.updated())
                        .put("unchanged", report.unchanged().size())
                        .put("removed", report.removed())
                        .put("notNamed", report.reported())
                        .put("madeKeys", report.generated().size())
                        .put("madeKeysFile", file)
                        .array("neverShown", this::leftKeys)
                        .array(
                                "notes",
                                notes -> report.notes().forEach(note -> notes.object(json -> put(json, note))))));
    }

    private void text(ApplyReport report, boolean prune) {
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
        left.lines().forEach(out::println);
    }

    private void leftKeys(JsonText.JsonArrayWriter array) {
        left.kept().forEach(key -> array.object(members -> leftKey(members, key, true)));
        left.lost().forEach(key -> array.object(members -> leftKey(members, key, false)));
    }

    private static void leftKey(JsonText.JsonObjectWriter members, UnshownKeys.UnshownKey key, boolean present) {
        members.put("accessKeyId", key.accessKeyId()).put("file", key.place()).put("present", present);
    }

    /** To a person at a terminal, or else the name of the file, because output that is piped or collected is kept by others. */
    private void keys(List<ApplyReport.GeneratedKey> made) {
        if (made.isEmpty()) {
            return;
        }
        if (seen) {
            made.forEach(key -> terminal.out().println(MadeKeyText.line(key)));
            terminal.out().println("These secrets are not shown again; keep them now.");
        } else {
            terminal.out()
                    .println("access keys made: " + made.size() + ", in " + place
                            + " (mode 0600; move it to a safe place)");
        }
    }

    private static void put(JsonText.JsonObjectWriter members, PolicyNote note) {
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
