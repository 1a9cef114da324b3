package io.countersign.verify.explain;

import io.countersign.json.JsonText;
import io.countersign.policy.TraceStep;
import io.countersign.signing.base.ReusedText;
import java.util.List;

/** Writes the steps of a decision as the JSON member {@code trace}. */
public final class TraceWriter {
    private TraceWriter() {}

    /** Adds an object for each step, in their order. */
    public static void write(JsonText.ObjectWriter json, List<TraceStep> trace) {
        json.objects("trace", trace, (member, step) -> {
            member.put("step", step.step()).put("outcome", step.outcome().text());
            ReusedText.chars(
                    step.detailWriter(), member, (object, chars, length) -> object.put("detail", chars, length));
        });
    }
}
