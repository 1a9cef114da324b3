package io.countersign.gateway.server;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Failures;
import io.countersign.http.Header;
import io.countersign.http.Problem;
import io.countersign.http.Reply;
import io.countersign.http.RequestIds;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The way of one HTTP request: bounds, route, body, worker, reply. Every request is answered exactly once, unless its client goes away. */
final class Front {
    private static final System.Logger LOG = System.getLogger(Front.class.getName());

    private final Vertx vertx;
    private final Routes routes;
    private final Workers workers;
    private final ConnectionWatch watch;
    private final Replies replies;
    private final RequestIds ids;
    private final InstantSource clock;
    private final Duration bodyTimeout;

    Front(
            Vertx vertx,
            Routes routes,
            Workers workers,
            ConnectionWatch watch,
            RequestIds ids,
            InstantSource clock,
            Duration bodyTimeout) {
        this.vertx = vertx;
        this.routes = routes;
        this.workers = workers;
        this.watch = watch;
        this.replies = new Replies(clock, watch, routes.cors());
        this.ids = ids;
        this.clock = clock;
        this.bodyTimeout = bodyTimeout;
    }

    void handle(HttpServerRequest request) {
        watch.headArrived(request.connection());
        String id = ids.next();
        List<Header> headers = request.headers().entries().stream()
                .map(entry -> new Header(entry.getKey(), entry.getValue()))
                .toList();
        switch (Admission.of(request.method().name(), request.uri(), headers, routes)) {
            case Admission.Refused refused ->
                answerAtOnce(request, id, routes.refusal(request.uri(), refused.problem()));
            case Admission.Answered answered -> answerAtOnce(request, id, answered.reply());
            case Admission.Admitted admitted -> receive(request, id, headers, admitted);
        }
    }

    private void receive(HttpServerRequest request, String id, List<Header> headers, Admission.Admitted admitted) {
        if (!admitted.route().readsBody()) {
            Call call = call(request, admitted.target(), headers, Buffer.buffer());
            discard(request, whole -> work(request, id, admitted.route(), call, !whole));
            return;
        }
        int limit = admitted.route().bodyLimit();
        if (!invitesBody(request, limit)) {
            refuse(request, id, Problem.bodyTooLarge(limit), true);
            return;
        }
        BodyReader.read(vertx, request, limit, bodyTimeout, outcome -> {
            switch (outcome) {
                case BodyReader.Complete complete ->
                    work(
                            request,
                            id,
                            admitted.route(),
                            call(request, admitted.target(), headers, complete.body()),
                            false);
                case BodyReader.TooLarge large -> refuse(request, id, Problem.bodyTooLarge(limit), true);
                case BodyReader.TooSlow slow -> refuse(request, id, Refusals.tooSlow(), true);
            }
        });
    }

    /** What Netty could not take as a request. */
    void handleInvalid(HttpServerRequest request) {
        watch.headArrived(request.connection());
        Throwable cause = request.decoderResult().cause();
        Problem problem =
                switch (cause) {
                    case TooLongHttpLineException e -> Problem.urlTooLong();
                    case TooLongHttpHeaderException e -> Problem.headersTooLarge();
                    case StrictDecoder.OtherVersionException e -> Refusals.otherVersion();
                    case null, default -> Refusals.malformed();
                };
        refuse(request, ids.next(), problem, true);
    }

    private void refuse(HttpServerRequest request, String id, Problem problem, boolean last) {
        replies.write(request, id, routes.refusal(request.uri(), problem), last);
    }

    /** Answers after the body has been thrown away, so that a client in the middle of sending sees it. */
    private void answerAtOnce(HttpServerRequest request, String id, Reply reply) {
        discard(request, whole -> replies.write(request, id, reply, !whole));
    }

    /** @param then is told whether the body came to its end, so that the connection can go on */
    private void discard(HttpServerRequest request, Consumer<Boolean> then) {
        if (expectsInvitation(request)) {
            then.accept(false);
            return;
        }
        BodyReader.read(vertx, request, 0, bodyTimeout, outcome -> {
            switch (outcome) {
                case BodyReader.Complete complete -> then.accept(true);
                case BodyReader.TooLarge large -> then.accept(large.ended());
                case BodyReader.TooSlow slow -> then.accept(false);
            }
        });
    }

    /** False when the client waits to hear whether to send a body that it says is too large. */
    private static boolean invitesBody(HttpServerRequest request, int limit) {
        if (expectsInvitation(request)) {
            if (request.getHeader("Content-Length") instanceof String length
                    && (length.length() > 18 || Long.parseLong(length) > limit)) {
                return false;
            }
            request.response().writeContinue();
        }
        return true;
    }

    private static boolean expectsInvitation(HttpServerRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
    }

    private void work(HttpServerRequest request, String id, Route route, Call call, boolean last) {
        Context loop = vertx.getOrCreateContext();
        boolean taken = workers.offer(() -> {
            Reply reply = answer(route, call, id);
            loop.runOnContext(back -> replies.write(request, id, reply, last));
        });
        if (!taken) {
            refuse(request, id, Refusals.overloaded(), last);
        }
    }

    @SuppressWarnings("CatchingUnchecked")
    private Reply answer(Route route, Call call, String id) {
        try {
            return route.face().handle(call, clock.instant());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "event=failure requestId=" + id + " path=" + route.path() + " " + Failures.trace(e));
            return route.face().refusal(Problem.internal());
        }
    }

    private static Call call(HttpServerRequest request, RequestTarget target, List<Header> headers, Buffer body) {
        return new Call(
                request.method().name(),
                target.path(),
                target.rawQuery(),
                headers,
                Bytes.of(body.getBytes()),
                request.remoteAddress().hostAddress(),
                request.isSSL());
    }
}
