package io.countersign.gateway.explain;

import io.countersign.gateway.explain.transcript.ErrorBody;
import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.verify.explain.AnswerCauses;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.SeenRequest;
import io.countersign.verify.explain.ServerError;
import io.countersign.verify.explain.ShownText;
import io.countersign.verify.explain.UrlText;
import java.util.Optional;
import java.util.Set;

/**
 * A server's error. Its own explanation comes before what this program finds: another server has other policies, settings and debts.
 *
 * @param request the refused request, if it is at hand
 */
record ServerRefusal(Exchange.Answer answer, Optional<SeenRequest> request) {
    /** Codes of many different errors: two errors with the same one of these codes need not be the same. */
    private static final Set<String> WIDE = Set.of("AccessDenied", "InvalidArgument");

    private static final String SIGNATURE = "SignatureDoesNotMatch";
    private static final String REQUEST_ID = "x-oss-request-id";
    private static final String UNPROVEN = "NoKnownCause";

    /** Empty when the answer is not an error. */
    static Optional<ServerRefusal> of(Optional<Exchange.Answer> answer, Optional<SeenRequest> request) {
        return answer.filter(Exchange.Answer::failed).map(failed -> new ServerRefusal(failed, request));
    }

    Report.Answered shown() {
        Optional<ServerError> error = answer.error().map(ErrorBody::error);
        return new Report.Answered(
                answer.status(),
                error.map(said -> new Report.Refusal(said.code(), ShownText.of(said.message()))),
                error.flatMap(ServerError::ec));
    }

    /**
     * The cause of the server's error. A cause that this program found replaces it only where it explains the same refusal in more detail.
     *
     * @param ours the refusal of this program
     * @param forms the difference between the server's form and the others, which is found without a secret
     */
    Explained.Cause cause(Optional<StorageReports.OurRefusal> ours, Optional<Explained.Cause> forms) {
        Optional<ServerError> error = answer.error().map(ErrorBody::error);
        if (error.isEmpty()) {
            return isOfAnotherServer()
                    ? silent()
                    : ours.map(StorageReports.OurRefusal::cause)
                            .or(() -> request.flatMap(UrlText::cause))
                            .orElseGet(this::silent);
        }
        Explained.Cause said = AnswerCauses.of(error.get(), request);
        boolean signature = error.get().code().equals(SIGNATURE);
        return ours.filter(refusal -> agree(refusal, error.get()))
                .map(StorageReports.OurRefusal::cause)
                .filter(cause -> !cause.code().equals(UNPROVEN))
                .map(cause -> new Explained.Cause(
                        cause.code(), cause.sentence(), cause.page().or(said::page)))
                .or(() -> signature && said.code().equals("Signature") ? forms : Optional.empty())
                .orElse(said);
    }

    private static boolean agree(StorageReports.OurRefusal ours, ServerError error) {
        if (!ours.code().equals(error.code())) {
            return false;
        }
        return ours.ec().isPresent() && error.ec().isPresent()
                ? ours.ec().equals(error.ec())
                : !WIDE.contains(error.code()) || ours.message().equals(error.message());
    }

    /** Whether the answer is a page of a proxy: the storage's errors are XML and have a request id. */
    private boolean isOfAnotherServer() {
        return !answer.headers().has(REQUEST_ID) && !answer.body().isBlank();
    }

    private Explained.Cause silent() {
        boolean fromOss = answer.headers().has(REQUEST_ID);
        String status = answer.status().isPresent() ? "HTTP " + answer.status().getAsInt() : "an error";
        return fromOss
                ? new Explained.Cause(
                        "NoReason",
                        "The server answered " + status
                                + " without an error document; answers to HEAD have it in the header x-oss-err, so give all headers, or ask once more with GET.")
                : new Explained.Cause(
                        "NotFromStorage",
                        "The answer (" + status
                                + ") has neither an error document nor x-oss-request-id, so it is perhaps not that of the server that was asked: look at what is in front of it (a CDN, a proxy, a firewall), or give the answer with its body.");
    }
}
