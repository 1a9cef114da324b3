package io.countersign.gateway.cli;

import io.countersign.gateway.explain.Report;
import io.countersign.policy.TraceStep;
import io.countersign.signing.CanonicalForm;
import io.countersign.verify.explain.Comparison;
import io.countersign.verify.explain.Explained;
import java.io.PrintStream;
import java.util.List;

/** A report for people. Control characters and format characters of the request, such as bidirectional overrides, are escaped. */
final class ReportText {
    private final Report report;
    private final StringBuilder text = new StringBuilder();

    ReportText(Report report) {
        this.report = report;
    }

    void print(PrintStream out) {
        report.answered().ifPresent(answered -> line("answered: " + said(answered)));
        line("verdict: " + report.verdict().text() + reason());
        report.explained().cause().ifPresent(cause -> cause("cause: ", cause));
        report.here().ifPresent(cause -> cause("here: ", cause));
        report.at().ifPresent(at -> line("evaluated at: " + at));
        steps(report.trace());
        report.explained().comparisons().forEach(this::compared);
        report.explained().canonical().ifPresent(this::uncompared);
        out.print(text);
    }

    /** The server that answered has policies and settings of its own. */
    private String reason() {
        return report.verdict() == Report.Verdict.ALLOWED && report.answered().isPresent()
                ? " (by this registry; the server that answered refused)"
                : report.refusal().map(refusal -> " (" + refusal.code() + ")").orElse("");
    }

    private void cause(String what, Explained.Cause cause) {
        line(what + cause.code() + ": " + cause.sentence());
        cause.page().ifPresent(page -> line("page: " + page));
    }

    private static String said(Report.Answered answered) {
        String status = answered.status().isPresent()
                ? Integer.toString(answered.status().getAsInt())
                : "";
        String code = answered.error().map(Report.Refusal::code).orElse("(no error document)");
        String ec = answered.ec().map(number -> " (EC " + number + ")").orElse("");
        String message = answered.error()
                .map(Report.Refusal::message)
                .filter(text -> !text.isBlank())
                .map(text -> ": " + text)
                .orElse("");
        return (status + " " + code + ec + message).strip();
    }

    private void steps(List<TraceStep> trace) {
        if (!trace.isEmpty()) {
            line("");
            line("steps:");
        }
        for (TraceStep step : trace) {
            line("  " + padded(step.outcome().text(), 9) + padded(step.step(), 14) + step.detail());
        }
    }

    private void compared(Comparison comparison) {
        line("");
        line(title(comparison.form()) + ", this request (=) and " + otherSide(comparison) + " (~):");
        for (int i = 0; i < comparison.lines().size(); i++) {
            Comparison.Row row = comparison.lines().get(i);
            if (!row.differs()) {
                line("    " + row.request().orElse(""));
                continue;
            }
            boolean first = comparison.firstDifference().isPresent()
                    && comparison.firstDifference().getAsInt() == i;
            line((first ? ">" : " ") + " = " + row.request().orElse("(no such line)"));
            line("  ~ " + row.other().orElse("(no such line)")
                    + (first ? "   <- first difference: " + row.name() : ""));
        }
    }

    private void uncompared(CanonicalForm form) {
        form.canonicalRequest().ifPresent(canonical -> uncompared(Comparison.CANONICAL_REQUEST, canonical));
        uncompared(Comparison.STRING_TO_SIGN, form.stringToSign());
    }

    private void uncompared(String form, String lines) {
        if (report.explained().comparisons().stream()
                .anyMatch(comparison -> comparison.form().equals(form))) {
            return;
        }
        line("");
        line(title(form) + " of this request:");
        for (String one : lines.split("\n", -1)) {
            line("    " + one);
        }
    }

    private static String otherSide(Comparison comparison) {
        return switch (comparison.beside()) {
            case CLIENT -> "the client";
            case ANSWER -> "the server that answered";
        };
    }

    private static String title(String form) {
        return form.equals(Comparison.CANONICAL_REQUEST) ? "canonical request" : "string to sign";
    }

    private static String padded(String word, int width) {
        return word + " ".repeat(Math.max(1, width - word.length()));
    }

    private void line(String line) {
        line.chars().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        text.append('\n');
    }
}
