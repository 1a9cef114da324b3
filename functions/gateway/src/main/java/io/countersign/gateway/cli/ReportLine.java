package io.countersign.gateway.cli;

import io.countersign.http.LogValue;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.manifest.ApplyReport;
import java.util.List;

/**
 * The result of an apply in one line of a log, without secrets.
 *
 * @param reopens whether the manifest opened what the registry had closed
 */
record ReportLine(String text, boolean reopens) {
    /** The maximum number of names of each kind in a line; only the total is exact beyond it. */
    private static final int NAMES = 20;

    /** @param place the file with the secrets of the new keys */
    static ReportLine of(ApplyReport report, String place) {
        StringBuilder line = new StringBuilder("event=ManifestApplied");
        names(line, "created", report.created());
        names(line, "updated", report.updated());
        line.append(" unchanged=").append(report.unchanged().size());
        names(line, "notNamed", report.reported());
        if (!report.generated().isEmpty()) {
            line.append(" madeKeys=")
                    .append(report.generated().size())
                    .append(" madeKeysFile=")
                    .append(LogValue.quoted(place));
        }
        if (!report.reopened().isEmpty()) {
            names(
                    line,
                    "reopened",
                    report.reopened().stream().map(ReportLine::note).toList());
        }
        return new ReportLine(line.toString(), !report.reopened().isEmpty());
    }

    static String note(PolicyNote note) {
        return "line " + note.at().line() + ", " + note.at() + ": " + note.text();
    }

    private static void names(StringBuilder line, String what, List<String> names) {
        line.append(' ').append(what).append('=').append(names.size());
        if (!names.isEmpty()) {
            line.append(" (")
                    .append(String.join(
                            ", ",
                            names.stream().limit(NAMES).map(LogValue::line).toList()))
                    .append(names.size() > NAMES ? ", ...)" : ")");
        }
    }
}
