package io.countersign.verify.decide;

import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Verify requests and changes to them. */
public final class VerifyRequests {
    private VerifyRequests() {}

    public static VerifyRequest of(String method, String url, Headers headers) {
        return new VerifyRequest(
                method,
                url,
                headers,
                Optional.of("203.0.113.7"),
                Optional.empty(),
                Optional.empty(),
                Body.UNKNOWN,
                Context.NONE,
                Optional.empty());
    }

    public static VerifyRequest url(VerifyRequest request, String url) {
        return copy(request, request.method(), url, request.headers(), request.sourceIp());
    }

    public static VerifyRequest method(VerifyRequest request, String method) {
        return copy(request, method, request.url(), request.headers(), request.sourceIp());
    }

    public static VerifyRequest headers(VerifyRequest request, Headers headers) {
        return copy(request, request.method(), request.url(), headers, request.sourceIp());
    }

    public static VerifyRequest from(VerifyRequest request, String sourceIp) {
        return copy(request, request.method(), request.url(), request.headers(), Optional.of(sourceIp));
    }

    public static VerifyRequest fromNowhere(VerifyRequest request) {
        return copy(request, request.method(), request.url(), request.headers(), Optional.empty());
    }

    public static VerifyRequest at(VerifyRequest r, Instant at) {
        return new VerifyRequest(
                r.method(),
                r.url(),
                r.headers(),
                r.sourceIp(),
                r.secureTransport(),
                r.form(),
                r.body(),
                r.context(),
                Optional.of(at));
    }

    public static VerifyRequest knowing(VerifyRequest r, Context context) {
        return new VerifyRequest(
                r.method(),
                r.url(),
                r.headers(),
                r.sourceIp(),
                r.secureTransport(),
                r.form(),
                r.body(),
                context,
                r.at());
    }

    public static VerifyRequest deleting(VerifyRequest r, String... keys) {
        return telling(r, new Body(Stream.of(keys).map(Body.DeletedObject::of).toList(), Optional.empty()));
    }

    public static VerifyRequest processing(VerifyRequest r, String process) {
        return telling(r, new Body(List.of(), Optional.of(process)));
    }

    public static VerifyRequest telling(VerifyRequest r, Body body) {
        return new VerifyRequest(
                r.method(),
                r.url(),
                r.headers(),
                r.sourceIp(),
                r.secureTransport(),
                r.form(),
                body,
                r.context(),
                r.at());
    }

    public static VerifyRequest posting(VerifyRequest r, SubmittedForm form) {
        return new VerifyRequest(
                r.method(),
                r.url(),
                r.headers(),
                r.sourceIp(),
                r.secureTransport(),
                Optional.of(form),
                r.body(),
                r.context(),
                r.at());
    }

    private static VerifyRequest copy(
            VerifyRequest r, String method, String url, Headers headers, Optional<String> sourceIp) {
        return new VerifyRequest(
                method, url, headers, sourceIp, r.secureTransport(), r.form(), r.body(), r.context(), r.at());
    }
}
