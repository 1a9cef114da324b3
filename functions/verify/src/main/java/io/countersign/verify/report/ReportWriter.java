package io.countersign.verify.report;

import io.countersign.json.JsonObjectWriter;
import io.countersign.json.JsonText;
import io.countersign.verify.ExplainedWriter;

/** Writes a report as JSON. What is absent has no member. */
public final class ReportWriter {
    private ReportWriter() {}

    /** The text of one object. */
    public static String json(Report report) {
        return JsonText.object(json -> {
            json.put("kind", report.kind().text())
                    .put("verdict", report.verdict().text());
            report.refusal().ifPresent(refusal -> json.object("error", member -> write(member, refusal)));
            report.answered().ifPresent(answered -> json.object("answered", member -> write(member, answered)));
            json.array(
                    "trace",
                    array -> report.trace()
                            .forEach(step -> array.object(member -> member.put("step", step.step())
                                    .put("outcome", step.outcome().text())
                                    .put("detail", step.detail()))));
            ExplainedWriter.write(json, report.explained());
            report.here().ifPresent(cause -> json.object("here", member -> ExplainedWriter.write(member, cause)));
            report.at().ifPresent(at -> json.put("at", at.toString()));
        });
    }

    private static void write(JsonObjectWriter json, Report.Answered answered) {
        answered.status().ifPresent(status -> json.put("status", status));
        answered.error().ifPresent(error -> write(json, error));
        json.put("ec", answered.ec());
    }

    private static void write(JsonObjectWriter json, Report.Refusal refusal) {
        json.put("code", refusal.code()).put("message", refusal.message());
    }
}
