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

/**
 * {@code POST /console/explain}: reads a pasted request and returns the report on it. The server parses the text, with the code of the {@code explain} command, so
 * that the page and the command line accept the same input.
 */
final class ExplainEndpoint {
    private final Explainer explainer;

    ExplainEndpoint(Explainer explainer) {
        this.explainer = explainer;
    }

    Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, Console.BODY, "POST");
            Request request = JsonBody.read(call, Request::read);
            return Reply.json(
                    200,
                    Report.Writer.json(
                            explainer.explain(Transcript.parse(request.text()), request.client(), request.at(), now)));
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (Exchange.InvalidTranscript e) {
            return new ProblemException.Problem(
                            400, "NoRequest", "The text contains no request", String.valueOf(e.getMessage()))
                    .reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    /** The body of a request: the pasted text, the strings that the client signed, and the time to judge at. */
    record Request(String text, Explained.ClientForm client, Optional<Instant> at) {
        static Request read(Members members) throws InvalidDocumentException {
            return new Request(
                    members.string("text"),
                    new Explained.ClientForm(form(members, "stringToSign"), form(members, "canonicalRequest")),
                    at(members));
        }

        /** Replaces CR LF, which text pasted from a file may contain, with LF, the only line end in signed strings. */
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
                // Refused below, together with times out of range.
            }
            throw new InvalidDocumentException(
                    value.get().at(), "expected a time in UTC from 1970 to 9999, such as 2026-11-22T03:00:00Z");
        }
    }
}
