package io.countersign.gateway.server;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Failures;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.registry.store.CallDeadline;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Handles HTTP requests: checks limits, finds the route, reads the body, runs the endpoint on a worker and writes the reply. Replies exactly once, unless the client disconnects. */
final class RequestDispatcher implements PortRequests {
    /** The copies of a reply in memory: its own bytes, and those being written. */
    private static final int COPIES = 2;

    private static final System.Logger LOG = System.getLogger(RequestDispatcher.class.getName());

    private final Routes routes;
    private final Serving serving;
    private final ConnectionWatch watch;
    private final Replies replies;
    private final ReceivedCalls calls;

    RequestDispatcher(Routes routes, Serving serving, ConnectionWatch watch) {
        this.routes = routes;
        this.serving = serving;
        this.watch = watch;
        this.replies = new Replies(serving.clock(), watch, routes.cors());
        this.calls = new ReceivedCalls(serving.settings().trustedProxies());
    }

    @Override
    public void handle(HttpServerRequest request) {
        Exchange exchange = onHead(request);
        List<Header> headers = Exchange.headers(request);
        switch (RoutingDecision.of(request.method().name(), request.uri(), headers, routes)) {
            case RoutingDecision.Refused refused ->
                answerAtOnce(request, exchange, routes.refusal(request.uri(), refused.problem()));
            case RoutingDecision.Answered answered -> answerAtOnce(request, exchange, answered.reply());
            case RoutingDecision.Admitted admitted -> receive(request, exchange, headers, admitted);
        }
    }

    private Exchange onHead(HttpServerRequest request) {
        Exchange exchange = new Exchange(serving.ids().next(), System.nanoTime(), routes.decisions());
        watch.headArrived(request.connection(), () -> refuse(request, exchange, Replies.Refusals.stopping(), true));
        return exchange;
    }

    private void receive(
            HttpServerRequest request, Exchange exchange, List<Header> headers, RoutingDecision.Admitted admitted) {
        Routes.Route route = admitted.route();
        ByteBudget.Reservation reservation = serving.budget().reserve(route.lane());
        Call head = calls.of(request, admitted.target(), headers, Bytes.EMPTY);
        if (!route.readsBody()) {
            discard(request, complete -> work(request, exchange, route, head, reservation, !complete));
            return;
        }
        int limit = route.bodyLimit();
        if (!acceptsBody(request, limit)) {
            refuse(request, exchange, ProblemException.Problem.bodyTooLarge(limit), true);
            return;
        }
        BodyReader.read(
                request,
                limit,
                watch.bodyLimit(request.connection()),
                reservation,
                then -> checkGate(route, head, then),
                outcome -> {
                    switch (outcome) {
                        case BodyReader.Complete(Bytes body) ->
                            work(
                                    request,
                                    exchange,
                                    route,
                                    calls.of(request, admitted.target(), headers, body),
                                    reservation,
                                    false);
                        case BodyReader.Refused(ProblemException.Problem problem) ->
                            refuse(request, exchange, problem, true);
                    }
                });
    }

    /** Asks the route's gate, on a worker because the gate may read from the store. */
    private void checkGate(Routes.Route route, Call head, Consumer<Optional<ProblemException.Problem>> then) {
        Context loop = serving.vertx().getOrCreateContext();
        long deadline = serving.deadline();
        boolean taken = serving.lanes().offer(route.lane(), () -> {
            Optional<ProblemException.Problem> refusal = withinDeadline(
                    deadline, () -> refusal(route, head), () -> Optional.of(Replies.Refusals.overloaded()));
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
            return gate.refusal(head, serving.clock().instant());
        } catch (RuntimeException | Error e) {
            failed(route, "gate", e);
            return Optional.of(ProblemException.Problem.internal());
        }
    }

    private void failed(Routes.Route route, String id, Throwable failure) {
        serving.fatal().check(failure);
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "event=failure requestId=" + id + " path=" + route.face() + " " + Failures.trace(failure));
    }

    @Override
    public void handleInvalid(HttpServerRequest request) {
        Exchange exchange = onHead(request);
        refuse(request, exchange, Replies.Refusals.undecoded(request.decoderResult()), true);
    }

    private void refuse(HttpServerRequest request, Exchange exchange, ProblemException.Problem problem, boolean last) {
        answerNow(request, exchange, routes.refusal(request.uri(), problem), last);
    }

    /** Writes a reply of the port itself. It is small, so it has its own reservation. */
    private void answerNow(HttpServerRequest request, Exchange exchange, Reply reply, boolean last) {
        exchange.tell(routes.of(request.uri()), request, reply, serving.clock().instant());
        replies.write(request, exchange.id(), reply, last, serving.budget().reserve(Lane.HEALTH));
    }

    /** Discards the body first, so that a client that is still sending receives the reply. */
    private void answerAtOnce(HttpServerRequest request, Exchange exchange, Reply reply) {
        discard(request, complete -> answerNow(request, exchange, reply, !complete));
    }

    /** @param then called with whether the body arrived completely, in which case the connection can be reused */
    private void discard(HttpServerRequest request, Consumer<Boolean> then) {
        if (expectsContinue(request)) {
            then.accept(false);
            return;
        }
        BodyDrain.drain(request, 0, watch.bodyLimit(request.connection()), then);
    }

    /** Sends {@code 100 Continue} when the client expects it; returns false when the announced body is too large (RFC 9110 10.1.1). */
    static boolean acceptsBody(HttpServerRequest request, int limit) {
        if (expectsContinue(request)) {
            if (request.getHeader("Content-Length") instanceof String length
                    && (length.length() > 18 || Long.parseLong(length) > limit)) {
                return false;
            }
            request.response().writeContinue();
        }
        return true;
    }

    static boolean expectsContinue(HttpServerRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
    }

    private void work(
            HttpServerRequest request,
            Exchange exchange,
            Routes.Route route,
            Call call,
            ByteBudget.Reservation reservation,
            boolean last) {
        Optional<Reply> atOnce = onLoop(request, exchange.id(), route, call);
        if (atOnce.isPresent()) {
            Reply reply = withReservation(route, atOnce.get(), reservation);
            exchange.tell(route, call, reply, serving.clock().instant());
            replies.write(request, exchange.id(), reply, last, reservation);
            return;
        }
        Context loop = serving.vertx().getOrCreateContext();
        Lane lane = call.body().length() > RequestLimits.BODY ? Lane.BULK : route.lane();
        long deadline = serving.deadline();
        boolean taken = serving.lanes().offer(lane, () -> {
            Reply answer = withinDeadline(
                    deadline,
                    () -> answer(route, call, exchange.id()),
                    () -> route.endpoint().refusal(Replies.Refusals.overloaded()));
            Reply reply = withReservation(route, answer, reservation);
            exchange.tell(route, call, reply, serving.clock().instant());
            loop.runOnContext(back -> replies.write(request, exchange.id(), reply, last, reservation));
        });
        if (!taken) {
            reservation.release();
            refuse(request, exchange, Replies.Refusals.overloaded(), last);
        }
    }

    /** Pipelined requests go to workers, because the reply to one of them leads to the next in the same stack. */
    private Optional<Reply> onLoop(HttpServerRequest request, String id, Routes.Route route, Call call) {
        return route.onLoop().isEmpty() || StrictDecoder.isPipelining(request.connection())
                ? Optional.empty()
                : route.onLoop().get().attempt(call.body().length(), () -> answer(route, call, id));
    }

    /** Runs the work with the time that is left for the store. The time in the queue counts, so work that starts too late is refused. */
    static <T> T withinDeadline(long deadline, Supplier<T> work, Supplier<T> late) {
        return deadline - System.nanoTime() < 0 ? late.get() : CallDeadline.until(deadline, work);
    }

    /** Replaces the reservation of the request with that of the reply, which lasts until the reply is written. */
    private static Reply withReservation(Routes.Route route, Reply reply, ByteBudget.Reservation reservation) {
        return reservation.resize((long) COPIES * reply.body().length())
                ? reply
                : route.endpoint().refusal(Replies.Refusals.overloaded());
    }

    @SuppressWarnings("CatchingUnchecked")
    private Reply answer(Routes.Route route, Call call, String id) {
        try {
            return route.endpoint().handle(call, serving.clock().instant());
        } catch (LoopAttempts.WorkerRequiredException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failed(route, id, e);
            return route.endpoint().refusal(ProblemException.Problem.internal());
        }
    }
}
