package io.countersign.verify.forwardauth;

import io.countersign.http.Bytes;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.oss.ErrorDocument;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.base.SigningTime;
import io.countersign.verify.AnswerError;
import io.countersign.verify.VerifiedPrincipal;
import io.countersign.verify.VerifyAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Says a verdict to a proxy, for one call.
 *
 * @param hostId the host that the client asked
 * @param head whether the client's request is a HEAD, whose answer has no body
 * @param room characters that the proxy can take of the document as a header, because it drops the body; 0 for none
 * @param millis how long the call has taken so far
 */
record AuthReplies(String requestId, String hostId, boolean head, int room, Instant now, LongSupplier millis) {
    /** Characters of an x-oss-err. nginx gives all headers of an answer 4 KiB and takes a longer one for a broken gateway. */
    private static final int MAX_ERROR_HEADER = 2048;

    /** All four members are always there, so that a proxy which copies them overwrites whatever the client sent. */
    Reply allowed(VerifyAnswer answer) {
        Optional<VerifiedPrincipal> principal = answer.principal();
        List<Header> headers = new ArrayList<>();
        headers.add(fact("Principal", principal.map(AuthReplies::name)));
        headers.add(fact("Subject", principal.flatMap(VerifiedPrincipal::subject)));
        headers.add(fact("Action", answer.action()));
        headers.add(fact("Resource", answer.resource()));
        answer.cors().map(CorsHeaders::of).ifPresent(headers::addAll);
        return reply(200, headers, Bytes.EMPTY);
    }

    /** 403, whatever the error's own status: proxies take others for a failure of the gateway. */
    Reply refused(AnswerError error) {
        return refused(403, error);
    }

    /** 503: there was no decision, so nothing may pass. */
    Reply undecided() {
        AnswerError error = new AnswerError(
                503,
                "ServiceUnavailable",
                Optional.empty(),
                "The request could not be judged. Please try again.",
                new LinkedHashMap<>());
        return refused(503, error).with("Retry-After", "1");
    }

    private Reply refused(int status, AnswerError error) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", "application/xml"));
        headers.add(new Header("X-Countersign-Status", Integer.toString(error.status())));
        error.ec().ifPresent(ec -> headers.add(new Header("x-oss-ec", ec)));
        if (head) {
            errorHeader(error).ifPresent(value -> headers.add(new Header("x-oss-err", value)));
        }
        errorLine(error).ifPresent(value -> headers.add(new Header("X-Countersign-Error", value)));
        return reply(status, headers, Bytes.utf8(document(error, error.details())));
    }

    private Optional<String> errorHeader(AnswerError error) {
        return fitting(error, MAX_ERROR_HEADER, details -> ErrorDocument.headerValue(document(error, details)));
    }

    private Optional<String> errorLine(AnswerError error) {
        return fitting(
                error,
                room,
                details -> ErrorDocument.line(
                        error.code(), error.ec().orElse(""), error.message(), details, requestId, hostId));
    }

    /** The whole document when it fits, else one without details. */
    private static Optional<String> fitting(
            AnswerError error, int room, Function<Map<String, String>, String> document) {
        return Stream.of(error.details(), Map.<String, String>of())
                .map(document)
                .filter(value -> value.length() <= room)
                .findFirst();
    }

    private String document(AnswerError error, Map<String, String> details) {
        return ErrorDocument.xml(error.code(), error.ec().orElse(""), error.message(), details, requestId, hostId);
    }

    private Reply reply(int status, List<Header> own, Bytes body) {
        List<Header> headers = new ArrayList<>(own);
        headers.add(new Header("Date", SigningTime.rfc1123(now)));
        headers.add(new Header("x-oss-request-id", requestId));
        headers.add(new Header("x-oss-server-time", Long.toString(millis.getAsLong())));
        headers.add(new Header("Cache-Control", "no-store"));
        return new Reply(status, headers, body);
    }

    private static String name(VerifiedPrincipal principal) {
        return principal.arn().orElse(principal.type());
    }

    private static Header fact(String name, Optional<String> value) {
        return new Header(
                "X-Countersign-" + name, value.map(PercentEncoding::encode).orElse(""));
    }
}
