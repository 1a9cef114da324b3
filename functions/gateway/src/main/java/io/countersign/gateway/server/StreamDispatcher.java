package io.countersign.gateway.server;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Failures;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Hands the requests of a port to its {@link PortHandler} as soon as their heads have arrived. */
final class StreamDispatcher implements PortRequests {
    private static final System.Logger LOG = System.getLogger(StreamDispatcher.class.getName());

    private final PortHandler handler;
    private final Serving serving;
    private final ConnectionWatch watch;
    private final Replies replies;
    private final ReceivedCalls calls;
    private final LoopAttempts attempts = new LoopAttempts(System::nanoTime);

    StreamDispatcher(PortHandler handler, Serving serving, ConnectionWatch watch) {
        this.handler = handler;
        this.serving = serving;
        this.watch = watch;
        this.replies = new Replies(serving.clock(), watch, Cors.NONE);
        this.calls = new ReceivedCalls(serving.settings().trustedProxies());
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void handle(HttpServerRequest request) {
        request.pause();
        Optional<Call> head = Routes.RequestTarget.of(request.uri())
                .map(target -> calls.of(request, target, Exchange.headers(request), Bytes.EMPTY));
        Arrival arrival = arrival(request, head);
        if (head.isEmpty()) {
            arrival.refuseNow(Replies.Refusals.malformed());
            return;
        }
        try {
            handler.handle(arrival);
        } catch (RuntimeException | Error e) {
            failed(arrival.id(), e);
            arrival.refuseNow(ProblemException.Problem.internal());
        }
    }

    @Override
    public void handleInvalid(HttpServerRequest request) {
        arrival(request, Optional.empty()).refuseNow(Replies.Refusals.undecoded(request.decoderResult()));
    }

    private Arrival arrival(HttpServerRequest request, Optional<Call> head) {
        Exchange exchange = new Exchange(serving.ids().next(), System.nanoTime(), handler.decisions());
        Arrival arrival =
                new Arrival(this, request, exchange, head, serving.budget().reserve(Lane.STORE));
        watch.headArrived(request.connection(), arrival::abort);
        return arrival;
    }

    /** Pipelined requests go to workers, because the reply to one of them leads to the next in the same stack. */
    <T> Optional<T> onLoop(
            HttpServerRequest request, String id, Supplier<T> work, Function<ProblemException.Problem, T> otherwise) {
        return StrictDecoder.isPipelining(request.connection())
                ? Optional.empty()
                : attempts.attempt(0, () -> done(id, work, otherwise));
    }

    /** Returns false when no worker takes it. */
    <T> boolean onWorker(
            String id, Supplier<T> work, Function<ProblemException.Problem, T> otherwise, Consumer<T> then) {
        long deadline = serving.deadline();
        return serving.lanes()
                .offer(
                        Lane.STORE,
                        () -> then.accept(RequestDispatcher.withinDeadline(
                                deadline,
                                () -> done(id, work, otherwise),
                                () -> otherwise.apply(Replies.Refusals.overloaded()))));
    }

    @SuppressWarnings("CatchingUnchecked")
    private <T> T done(String id, Supplier<T> work, Function<ProblemException.Problem, T> otherwise) {
        try {
            return work.get();
        } catch (LoopAttempts.WorkerRequiredException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failed(id, e);
            return otherwise.apply(ProblemException.Problem.internal());
        }
    }

    private void failed(String id, Throwable failure) {
        serving.fatal().check(failure);
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "event=failure requestId=" + id + " path=" + face() + " " + Failures.trace(failure));
    }

    String face() {
        return handler.face();
    }

    Reply refusal(Arrival arrival, ProblemException.Problem problem) {
        return handler.refusal(arrival, problem);
    }

    Instant now() {
        return serving.clock().instant();
    }

    Vertx vertx() {
        return serving.vertx();
    }

    ConnectionWatch watch() {
        return watch;
    }

    Replies replies() {
        return replies;
    }
}
