package io.countersign.gateway.console;

import io.countersign.http.Bounds;
import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.Problem;
import io.countersign.http.Refused;
import io.countersign.http.Reply;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.report.Explainer;
import io.countersign.verify.report.ReportWriter;
import io.countersign.verify.transcript.InvalidTranscript;
import io.countersign.verify.transcript.Transcript;
import java.time.Instant;

/** {@code POST /console/explain}: what was pasted goes in, the report comes out. The text is read here, in the same code that the command line uses, and not in the page. */
final class ExplainFace {
    private final Explainer explainer;

    ExplainFace(Explainer explainer) {
        this.explainer = explainer;
    }

    Reply handle(Call call, Instant now) {
        try {
            Bounds.check(call, Console.BODY, "POST");
            Question question = JsonBody.read(call, Console.BODY, Question::read);
            return Reply.json(
                    200,
                    ReportWriter.json(explainer.explain(
                            Transcript.parse(question.text()), question.client(), question.at(), now)));
        } catch (Refused refused) {
            return refused.problem().reply();
        } catch (InvalidTranscript e) {
            return new Problem(400, "NoRequest", "No request can be read there", String.valueOf(e.getMessage()))
                    .reply();
        } catch (StoreUnavailable e) {
            return Problem.unavailable(e).reply();
        }
    }
}
