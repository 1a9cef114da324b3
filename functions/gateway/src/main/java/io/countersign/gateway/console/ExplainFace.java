package io.countersign.gateway.console;

import io.countersign.gateway.explain.Explainer;
import io.countersign.gateway.explain.Report;
import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.explain.Explained;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** {@code POST /console/explain}: what was pasted goes in, the report comes out. The text is read here, in the same code that the command line uses, and not in the page. */
final class ExplainFace {
    private final Explainer explainer;

    ExplainFace(Explainer explainer) {
        this.explainer = explainer;
    }

    Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, Console.BODY, "POST");
            Question question = JsonBody.read(call, Console.BODY, Question::read);
            return Reply.json(
                    200,
                    Report.ReportWriter.json(explainer.explain(
                            Transcript.parse(question.text()), question.client(), question.at(), now)));
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (Exchange.InvalidTranscript e) {
            return new ProblemException.Problem(
                            400, "NoRequest", "No request can be read there", String.valueOf(e.getMessage()))
                    .reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    /** What the page asks. */
    record Question(String text, Explained.ClientForm client, Optional<Instant> at) {
        static Question read(Members members) throws InvalidDocumentException {
            return new Question(
                    members.string("text"),
                    new Explained.ClientForm(form(members, "stringToSign"), form(members, "canonicalRequest")),
                    at(members));
        }

        /** Browsers end lines of a text area with line feeds alone; what was pasted from a file may have more. */
        private static Optional<String> form(Members members, String name) throws InvalidDocumentException {
            Optional<Value> value = members.optional(name);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            String text = Members.string(value.get()).replace("\r\n", "\n");
            if (text.length() > Explained.ClientForm.MAX_LENGTH) {
                throw new InvalidDocumentException(
                        value.get().at(), "expected at most " + Explained.ClientForm.MAX_LENGTH + " characters");
            }
            return Optional.of(text);
        }

        private static Optional<Instant> at(Members members) throws InvalidDocumentException {
            Optional<Value> value = members.optional("at");
            if (value.isEmpty()) {
                return Optional.empty();
            }
            try {
                Instant at = Instant.parse(Members.string(value.get()).strip());
                if (Explainer.isPossible(at)) {
                    return Optional.of(at);
                }
            } catch (DateTimeException e) {
                // Refused below like a moment out of range.
            }
            throw new InvalidDocumentException(
                    value.get().at(), "expected a moment in UTC from 1970 to 9999, as 2026-11-22T03:00:00Z");
        }
    }
}
