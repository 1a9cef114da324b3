package io.countersign.verify.explain;

import io.countersign.json.JsonText;

/** Writes an explanation as JSON members: {@code canonical}, {@code comparison}, {@code cause}. */
public final class ExplainedWriter {
    private ExplainedWriter() {}

    /** Adds a member for each part that is present. */
    public static void write(JsonText.ObjectWriter json, Explained explained) {
        json.object(
                "canonical",
                explained.canonical(),
                (member, form) -> member.put("stringToSign", form.stringToSign())
                        .put("canonicalRequest", form.canonicalRequest()));
        if (!explained.comparisons().isEmpty()) {
            json.objects("comparison", explained.comparisons(), ExplainedWriter::write);
        }
        json.object("cause", explained.cause(), ExplainedWriter::write);
    }

    /** Adds the members of a cause. */
    public static void write(JsonText.ObjectWriter json, Explained.Cause cause) {
        json.put("code", cause.code()).put("sentence", cause.sentence()).put("page", cause.page());
    }

    private static void write(JsonText.ObjectWriter json, Comparison comparison) {
        json.put("form", comparison.form()).put("beside", comparison.beside().text());
        comparison.firstDifference().ifPresent(index -> json.put("firstDifference", index));
        json.objects(
                "lines",
                comparison.lines(),
                (member, row) -> member.put("name", row.name())
                        .put("request", row.request())
                        .put("other", row.other())
                        .put("differs", row.differs()));
    }
}
