package io.countersign.gateway.store;

import io.countersign.gateway.server.Arrival;
import io.countersign.http.Bytes;
import io.countersign.http.DecisionFacts;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.oss.ErrorDocument;
import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.upstream.WholeAnswer;
import io.countersign.verify.decide.VerifyAnswer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes replies as OSS does.
 *
 * @param head whether the request is a HEAD, whose answer has no body
 * @param cors headers that let a page read the reply
 */
record OssReplies(String requestId, String hostId, boolean head, List<Header> cors) {
    /** The most characters of {@code x-oss-err}; clients limit the headers of an answer. */
    private static final int MAX_ERROR_HEADER = 2 * 1024;

    private static final String XML = "application/xml";
    private static final String RETRY_AFTER = "Retry-After";

    OssReplies {
        cors = List.copyOf(cors);
    }

    static OssReplies of(Arrival arrival) {
        return new OssReplies(
                arrival.id(), arrival.host(), arrival.request().method().name().equals("HEAD"), List.of());
    }

    OssReplies with(List<Header> others) {
        return new OssReplies(requestId, hostId, head, others);
    }

    Reply refused(OssRefusal refusal) {
        return refused(VerifyAnswer.AnswerError.of(refusal));
    }

    Reply refused(VerifyAnswer.AnswerError error) {
        String ec = error.ec().orElse("");
        ErrorDocument document =
                new ErrorDocument(error.code(), ec, error.message(), error.details(), requestId, hostId);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", XML));
        if (!ec.isEmpty()) {
            headers.add(new Header("x-oss-ec", ec));
        }
        if (head) {
            document.headerValue(MAX_ERROR_HEADER).ifPresent(value -> headers.add(new Header("x-oss-err", value)));
        }
        return reply(error.status(), headers, Bytes.utf8(document.xml())).refusing(error.code());
    }

    /** Of a body that was not kept until it was whole: where there was no room for it, there may be soon. */
    Reply notKept(OssRefusal refusal) {
        Reply reply = refused(refusal);
        return refusal.error() == OssError.SERVICE_UNAVAILABLE ? reply.with(RETRY_AFTER, "1") : reply;
    }

    /** There is no decision, or the store behind does not answer. */
    Reply unavailable() {
        return refused(new OssRefusal(OssError.SERVICE_UNAVAILABLE))
                .with(RETRY_AFTER, "1")
                .about(DecisionFacts.NONE);
    }

    /** The refusal of the server itself. Its code is one of OSS's, because a client of OSS reads it. */
    Reply refused(ProblemException.Problem problem) {
        OssError error =
                switch (problem.status()) {
                    case 408 -> OssError.REQUEST_TIMEOUT;
                    case 413 -> OssError.ENTITY_TOO_LARGE;
                    case 500 -> OssError.INTERNAL_ERROR;
                    case 503 -> OssError.SERVICE_UNAVAILABLE;
                    default -> OssError.INVALID_ARGUMENT;
                };
        String message = problem.status() >= 500 ? error.message() : problem.title() + ". " + problem.detail();
        Reply reply = refused(new OssRefusal(error, message));
        return error == OssError.SERVICE_UNAVAILABLE ? reply.with(RETRY_AFTER, "1") : reply;
    }

    Reply empty(int status) {
        return reply(status, List.of(), Bytes.EMPTY);
    }

    Reply xml(Bytes document) {
        return reply(200, List.of(new Header("Content-Type", XML)), document);
    }

    /** A store's answer that was read and written anew. */
    Reply whole(WholeAnswer answer) {
        List<Header> headers = new ArrayList<>();
        for (Headers.HeaderField field :
                answer.head().headers().without("content-length").fields()) {
            headers.add(new Header(field.name(), field.value()));
        }
        headers.addAll(cors);
        return new Reply(answer.head().status(), headers, answer.body());
    }

    /** Adds what every reply has. */
    Reply reply(int status, List<Header> own, Bytes body) {
        List<Header> headers = new ArrayList<>(own);
        headers.add(new Header("x-oss-request-id", requestId));
        headers.addAll(cors);
        return new Reply(status, headers, body);
    }
}
