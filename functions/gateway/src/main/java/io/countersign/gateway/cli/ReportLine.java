package io.countersign.gateway.cli;

import io.countersign.registry.manifest.ApplyReport;
import java.util.List;

/** What applying a manifest did, in one line of a log; never a secret. */
final class ReportLine {
    /** Names of one kind that a line tells; the rest is a number. */
    private static final int NAMES = 20;

    private ReportLine() {}

    /** @param place where the secrets of made keys are kept */
    static String of(ApplyReport report, String place) {
        StringBuilder line = new StringBuilder("event=ManifestApplied");
        names(line, "created", report.created());
        names(line, "updated", report.updated());
        line.append(" unchanged=").append(report.unchanged().size());
        names(line, "notNamed", report.reported());
        if (!report.generated().isEmpty()) {
            line.append(" madeKeys=")
                    .append(report.generated().size())
                    .append(" madeKeysFile=\"")
                    .append(quoted(place))
                    .append('"');
        }
        return line.toString();
    }

    private static void names(StringBuilder line, String what, List<String> names) {
        line.append(' ').append(what).append('=').append(names.size());
        if (!names.isEmpty()) {
            line.append(" (")
                    .append(quoted(String.join(", ", names.stream().limit(NAMES).toList())))
                    .append(names.size() > NAMES ? ", ...)" : ")");
        }
    }

    private static String quoted(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").replace('"', '\'');
    }
}
