package io.countersign.gateway.server;

import io.countersign.gateway.config.Settings;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Failures;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestIds;
import io.countersign.http.RequestLimits;
import io.countersign.identity.TrustedProxies;
import io.countersign.registry.store.CallDeadline;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The way of one HTTP request: bounds, route, body, worker, reply. Every request is answered exactly once, unless its client goes away. */
final class RequestDispatcher {
    /** Of an answer there are its own bytes and those that are being written. */
    private static final int COPIES = 2;

    private static final System.Logger LOG = System.getLogger(RequestDispatcher.class.getName());

    private final Vertx vertx;
    private final Routes routes;
    private final Lanes lanes;
    private final ByteBudget budget;
    private final Fatal fatal;
    private final ConnectionWatch watch;
    private final Replies replies;
    private final RequestIds ids;
    private final InstantSource clock;
    private final Duration bodyTimeout;
    private final TrustedProxies proxies;
    private final Duration timeBudget;

    RequestDispatcher(
            Vertx vertx,
            Routes routes,
            Lanes lanes,
            ByteBudget budget,
            Fatal fatal,
            ConnectionWatch watch,
            RequestIds ids,
            InstantSource clock,
            Settings.HttpSettings settings) {
        this.vertx = vertx;
        this.routes = routes;
        this.lanes = lanes;
        this.budget = budget;
        this.fatal = fatal;
        this.watch = watch;
        this.replies = new Replies(clock, watch, routes.cors());
        this.ids = ids;
        this.clock = clock;
        this.bodyTimeout = settings.bodyTimeout();
        this.proxies = settings.trustedProxies();
        this.timeBudget = settings.budget();
    }

    void handle(HttpServerRequest request) {
        String id = arrived(request);
        List<Header> headers = request.headers().entries().stream()
                .map(entry -> new Header(entry.getKey(), entry.getValue()))
                .toList();
        switch (RoutingDecision.of(request.method().name(), request.uri(), headers, routes)) {
            case RoutingDecision.Refused refused ->
                answerAtOnce(request, id, routes.refusal(request.uri(), refused.problem()));
            case RoutingDecision.Answered answered -> answerAtOnce(request, id, answered.reply());
            case RoutingDecision.Admitted admitted -> receive(request, id, headers, admitted);
        }
    }

    /** @return the request's id */
    private String arrived(HttpServerRequest request) {
        String id = ids.next();
        watch.headArrived(request.connection(), () -> refuse(request, id, Replies.Refusals.stopping(), true));
        return id;
    }

    private void receive(
            HttpServerRequest request, String id, List<Header> headers, RoutingDecision.Admitted admitted) {
        Routes.Route route = admitted.route();
        ByteBudget.Held held = budget.hold(route.lane());
        Call head = call(request, admitted.target(), headers, Bytes.EMPTY);
        if (!route.readsBody()) {
            discard(request, whole -> work(request, id, route, head, held, !whole));
            return;
        }
        int limit = route.bodyLimit();
        if (!invitesBody(request, limit)) {
            refuse(request, id, ProblemException.Problem.bodyTooLarge(limit), true);
            return;
        }
        BodyReader.read(vertx, request, limit, bodyTimeout, held, then -> ask(route, head, then), outcome -> {
            switch (outcome) {
                case BodyReader.Complete(Bytes body) ->
                    work(request, id, route, call(request, admitted.target(), headers, body), held, false);
                case BodyReader.Refused(ProblemException.Problem problem) -> refuse(request, id, problem, true);
            }
        });
    }

    /** Asks the gate of a large body, off the event loop: it may ask a store. */
    private void ask(Routes.Route route, Call head, Consumer<Optional<ProblemException.Problem>> then) {
        Context loop = vertx.getOrCreateContext();
        long end = end();
        boolean taken = lanes.offer(route.lane(), () -> {
            Optional<ProblemException.Problem> refusal =
                    inTime(end, () -> refusal(route, head), () -> Optional.of(Replies.Refusals.overloaded()));
            loop.runOnContext(back -> then.accept(refusal));
        });
        if (!taken) {
            then.accept(Optional.of(Replies.Refusals.overloaded()));
        }
    }

    @SuppressWarnings("CatchingUnchecked")
    private Optional<ProblemException.Problem> refusal(Routes.Route route, Call head) {
        try {
            Gate gate = route.gate().orElseThrow();
            return gate.refusal(head, clock.instant());
        } catch (RuntimeException | Error e) {
            failed(route, "gate", e);
            return Optional.of(ProblemException.Problem.internal());
        }
    }

    private void failed(Routes.Route route, String id, Throwable failure) {
        fatal.judge(failure);
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "event=failure requestId=" + id + " path=" + route.path() + " " + Failures.trace(failure));
    }

    /** What Netty could not take as a request. */
    void handleInvalid(HttpServerRequest request) {
        String id = arrived(request);
        Throwable cause = request.decoderResult().cause();
        ProblemException.Problem problem =
                switch (cause) {
                    case TooLongHttpLineException e -> ProblemException.Problem.urlTooLong();
                    case TooLongHttpHeaderException e -> ProblemException.Problem.headersTooLarge();
                    case StrictDecoder.OtherVersionException e -> Replies.Refusals.otherVersion();
                    case null, default -> Replies.Refusals.malformed();
                };
        refuse(request, id, problem, true);
    }

    private void refuse(HttpServerRequest request, String id, ProblemException.Problem problem, boolean last) {
        answerNow(request, id, routes.refusal(request.uri(), problem), last);
    }

    /** An answer of the port itself, which is small. */
    private void answerNow(HttpServerRequest request, String id, Reply reply, boolean last) {
        replies.write(request, id, reply, last, budget.hold(Lane.HEALTH));
    }

    /** Answers after the body has been thrown away, so that a client in the middle of sending sees it. */
    private void answerAtOnce(HttpServerRequest request, String id, Reply reply) {
        discard(request, whole -> answerNow(request, id, reply, !whole));
    }

    /** @param then is told whether the body came to its end, so that the connection can go on */
    private void discard(HttpServerRequest request, Consumer<Boolean> then) {
        if (expectsInvitation(request)) {
            then.accept(false);
            return;
        }
        BodyDrain.drain(vertx, request, 0, bodyTimeout, then);
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

    private void work(
            HttpServerRequest request, String id, Routes.Route route, Call call, ByteBudget.Held held, boolean last) {
        Context loop = vertx.getOrCreateContext();
        Lane lane = call.body().length() > RequestLimits.BODY ? Lane.BULK : route.lane();
        long end = end();
        boolean taken = lanes.offer(lane, () -> {
            Reply answer = inTime(
                    end, () -> answer(route, call, id), () -> route.face().refusal(Replies.Refusals.overloaded()));
            Reply reply = withRoom(route, answer, held);
            loop.runOnContext(back -> replies.write(request, id, reply, last, held));
        });
        if (!taken) {
            held.release();
            refuse(request, id, Replies.Refusals.overloaded(), last);
        }
    }

    /** When a request that has just arrived has to be answered by. */
    private long end() {
        return System.nanoTime() + timeBudget.toNanos();
    }

    /** Waiting for a worker counts: what is taken up too late is refused at once, and what waits for a store has what is left. */
    private static <T> T inTime(long end, Supplier<T> work, Supplier<T> late) {
        return end - System.nanoTime() < 0 ? late.get() : CallDeadline.until(end, work);
    }

    /** From here on the call takes what its answer takes, until that was written. */
    private static Reply withRoom(Routes.Route route, Reply reply, ByteBudget.Held held) {
        return held.become((long) COPIES * reply.body().length())
                ? reply
                : route.face().refusal(Replies.Refusals.overloaded());
    }

    @SuppressWarnings("CatchingUnchecked")
    private Reply answer(Routes.Route route, Call call, String id) {
        try {
            return route.face().handle(call, clock.instant());
        } catch (RuntimeException | Error e) {
            failed(route, id, e);
            return route.face().refusal(ProblemException.Problem.internal());
        }
    }

    private Call call(HttpServerRequest request, Routes.RequestTarget target, List<Header> headers, Bytes body) {
        Call call = new Call(
                request.method().name(),
                target.path(),
                target.rawQuery(),
                headers,
                body,
                request.remoteAddress().hostAddress(),
                request.isSSL());
        return proxies.equals(TrustedProxies.NONE) ? call : call.from(proxies.client(call));
    }
}
