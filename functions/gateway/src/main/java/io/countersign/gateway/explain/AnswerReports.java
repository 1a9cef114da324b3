package io.countersign.gateway.explain;

import io.countersign.gateway.explain.transcript.ErrorBody;
import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.FormDifference;
import java.util.List;
import java.util.Optional;

/** Reports on answers without their requests: nothing is judged, and the server's error is explained. */
final class AnswerReports {
    private AnswerReports() {}

    static Report of(Exchange.Answer answer, Explained.ClientForm client) {
        Optional<TokenAnswer> token = TokenAnswer.of(answer);
        if (token.isPresent()) {
            return token.get().report();
        }
        ServerRefusal word = new ServerRefusal(answer, Optional.empty());
        Optional<ErrorBody> error = answer.error();
        Optional<Explained.Cause> forms =
                error.flatMap(body -> FormDifference.cause(Optional.empty(), client, body.form()));
        return new Report(
                error.filter(ErrorBody::isOfSts).isPresent() ? Report.Kind.STS : Report.Kind.OSS,
                Report.Verdict.NOT_JUDGED,
                Optional.empty(),
                Optional.of(word.shown()),
                List.of(),
                new Explained(Optional.empty(), List.of(), Optional.of(word.cause(Optional.empty(), forms))),
                Optional.empty(),
                Optional.empty());
    }
}
