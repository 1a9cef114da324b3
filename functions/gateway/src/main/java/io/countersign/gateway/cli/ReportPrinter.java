package io.countersign.gateway.cli;

import io.countersign.registry.manifest.ApplyReport;
import java.io.PrintStream;
import java.util.List;

/** Prints what applying a manifest did: a line for each change, and their numbers. */
final class ReportPrinter {
    private final Terminal terminal;
    private final MadeKeys keys;

    ReportPrinter(Terminal terminal, MadeKeys keys) {
        this.terminal = terminal;
        this.keys = keys;
    }

    void print(ApplyReport report, boolean prune) throws CommandFailure {
        PrintStream out = terminal.out();
        lines("created", report.created());
        lines("updated", report.updated());
        lines("removed", report.removed());
        lines("not named", report.reported());
        out.println("manifest: " + report.created().size() + " created, "
                + report.updated().size() + " updated, "
                + report.unchanged().size() + " unchanged, " + report.removed().size() + " removed, "
                + report.reported().size() + " not named" + hint(report, prune));
        keys.show(report.generated());
    }

    private void lines(String what, List<String> names) {
        names.forEach(name -> terminal.out().println(what + ": " + name));
    }

    private static String hint(ApplyReport report, boolean prune) {
        return report.reported().isEmpty() || prune ? "" : " (left as they are; apply --prune removes them)";
    }
}
