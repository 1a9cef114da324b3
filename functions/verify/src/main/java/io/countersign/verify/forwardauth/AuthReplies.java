package io.countersign.verify.forwardauth;

import io.countersign.http.Bytes;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.oss.ErrorDetails;
import io.countersign.oss.ErrorDocument;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.XmlText;
import io.countersign.signing.base.Pool;
import io.countersign.signing.base.SigningTime;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.facts.AnswerFacts;
import io.countersign.verify.facts.CorsHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Writes the decision on one call as a reply to the proxy.
 *
 * @param hostId the host that the client sent its request to
 * @param head whether the client's request is a HEAD, whose answer has no body
 * @param headerLimit the characters of the error document that the proxy accepts in a header, because it drops the body; 0 for none
 * @param millis the duration of the call so far, in milliseconds
 */
record AuthReplies(String requestId, String hostId, boolean head, int headerLimit, Instant now, LongSupplier millis) {
    /** The most characters of an x-oss-err header. nginx accepts 4 KiB of headers in an answer, and treats more as an error of the gateway. */
    private static final int MAX_ERROR_HEADER = 2048;

    private static final Header XML = new Header("Content-Type", "application/xml");
    private static final Header NOT_STORED = new Header("Cache-Control", "no-store");

    /** Buffers for documents, each used by one call after another. */
    private static final Pool<XmlText> IDLE = new Pool<>(() -> new XmlText(2 * 1024));

    /** Buffers of longer documents are not kept. */
    private static final int MAX_KEPT = 8 * 1024;

    /** The most headers of an answer that is no preflight's. */
    private static final int HEADERS = 9;

    /** Sends all four headers always, so that a proxy which copies them overwrites those of the client. */
    Reply allowed(VerifyRequest request, VerifyAnswer answer, List<Header> upstream) {
        Optional<VerifyAnswer.VerifiedPrincipal> principal = answer.principal();
        List<Header> headers = new ArrayList<>(HEADERS);
        headers.add(fact("X-Countersign-Principal", principal.map(AuthReplies::name)));
        headers.add(fact("X-Countersign-Subject", principal.flatMap(VerifyAnswer.VerifiedPrincipal::subject)));
        headers.add(fact("X-Countersign-Action", answer.action()));
        headers.add(fact("X-Countersign-Resource", answer.resource()));
        answer.cors().map(CorsHeaders::of).ifPresent(headers::addAll);
        headers.addAll(upstream);
        return reply(200, headers, Bytes.EMPTY)
                .about(AnswerFacts.of(request, answer).shown(requestId));
    }

    /** Sends 403 for every error: proxies treat another status as a failure of the gateway. */
    Reply refused(VerifyRequest request, VerifyAnswer answer) {
        return refused(403, answer.error().orElseThrow())
                .about(AnswerFacts.of(request, answer).shown(requestId));
    }

    /**
     * Sends 403 for a request that was refused before it was judged.
     *
     * @param request empty when it cannot be read
     */
    Reply refused(VerifyAnswer.AnswerError error, Optional<VerifyRequest> request) {
        return refused(403, error).about(AnswerFacts.refused(request, error).shown(requestId));
    }

    /** Sends 503: there is no decision, so nothing may pass. */
    Reply undecided(String message) {
        VerifyAnswer.AnswerError error =
                new VerifyAnswer.AnswerError(503, "ServiceUnavailable", Optional.empty(), message, ErrorDetails.NONE);
        return refused(503, error)
                .with("Retry-After", "1")
                .about(AnswerFacts.undecided().shown(requestId));
    }

    private Reply refused(int status, VerifyAnswer.AnswerError error) {
        ErrorDocument document = new ErrorDocument(
                error.code(), error.ec().orElse(""), error.message(), error.details(), requestId, hostId);
        List<Header> headers = new ArrayList<>(HEADERS);
        headers.add(XML);
        headers.add(new Header("X-Countersign-Status", Integer.toString(error.status())));
        error.ec().ifPresent(ec -> headers.add(new Header("x-oss-ec", ec)));
        if (head) {
            document.headerValue(MAX_ERROR_HEADER).ifPresent(value -> headers.add(new Header("x-oss-err", value)));
        }
        if (headerLimit > 0) {
            document.line(headerLimit).ifPresent(value -> headers.add(new Header("X-Countersign-Error", value)));
        }
        return reply(status, headers, body(document)).refusing(error.status(), error.code());
    }

    private static Bytes body(ErrorDocument document) {
        XmlText xml = IDLE.take();
        document.appendTo(xml);
        Bytes body = xml.utf8(Bytes::of);
        if (body.length() <= MAX_KEPT) {
            xml.clear();
            IDLE.giveBack(xml);
        }
        return body;
    }

    private Reply reply(int status, List<Header> headers, Bytes body) {
        headers.add(new Header("Date", SigningTime.rfc1123(now)));
        headers.add(new Header("x-oss-request-id", requestId));
        headers.add(new Header("x-oss-server-time", Long.toString(millis.getAsLong())));
        headers.add(NOT_STORED);
        return new Reply(status, headers, body);
    }

    private static String name(VerifyAnswer.VerifiedPrincipal principal) {
        return principal.arn().orElse(principal.type());
    }

    private static Header fact(String name, Optional<String> value) {
        return new Header(name, value.map(PercentEncoding::encode).orElse(""));
    }

    /**
     * Reads the limit of the header that repeats an error document. nginx's auth_request drops the body of a refusal, so a proxy that shows OSS's XML to the client needs it in a header, and sends the most characters
     * of that header in {@code X-Countersign-Error-Limit}.
     */
    static final class ErrorHeaderLimit {
        static final String HEADER = "X-Countersign-Error-Limit";

        /** The most characters that a proxy may ask for. A document of the longest string to sign is shorter, with its escapes. */
        private static final int MOST = 16 * 1024;

        private static final int MOST_DIGITS = 5;

        private ErrorHeaderLimit() {}

        /** 0 when the header is missing or not a number: the document is then sent in the body only. */
        static int of(String value) {
            boolean number = !value.isEmpty()
                    && value.length() <= MOST_DIGITS
                    && value.chars().allMatch(c -> c >= '0' && c <= '9');
            return number ? Math.min(Integer.parseInt(value), MOST) : 0;
        }
    }
}
