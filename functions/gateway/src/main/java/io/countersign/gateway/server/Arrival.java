package io.countersign.gateway.server;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A request of a {@link PortHandler}'s port, and what its handler needs of the server to answer it. Confined to its event loop, except {@link #now} and {@link #tell}. */
public final class Arrival {
    /** The result of {@link #readBody}. */
    public sealed interface Body {
        record Complete(Bytes bytes) implements Body {}

        /** The rest of the body was drained. */
        record Refused(ProblemException.Problem problem) implements Body {}
    }

    private final StreamDispatcher port;
    private final HttpServerRequest request;
    private final Exchange exchange;
    private final Optional<Call> head;
    private final ByteBudget.Reservation reservation;
    private Runnable abort;

    /**
     * @param head empty when the request line has no target that can be read
     * @param abort what to do when the server stops before the handler has said so
     */
    Arrival(
            StreamDispatcher port,
            HttpServerRequest request,
            Exchange exchange,
            Optional<Call> head,
            ByteBudget.Reservation reservation) {
        this.port = port;
        this.request = request;
        this.exchange = exchange;
        this.head = head;
        this.reservation = reservation;
        this.abort = () -> refuseNow(Replies.Refusals.stopping());
    }

    public HttpServerRequest request() {
        return request;
    }

    /** The request id that the client sees. */
    public String id() {
        return exchange.id();
    }

    /** The request without its body. */
    public Call head() {
        return head.orElseThrow();
    }

    /** The Host header; empty text without one. */
    public String host() {
        return Optional.ofNullable(request.getHeader("Host")).orElse("");
    }

    public Instant now() {
        return port.now();
    }

    public Vertx vertx() {
        return port.vertx();
    }

    /** Milliseconds since the head arrived. */
    public long millis() {
        return exchange.elapsed() / 1_000_000;
    }

    /** Tells the decision on this request, once. */
    public void tell(Reply reply) {
        head.ifPresentOrElse(
                call -> exchange.tell(port.face(), call, reply, now()),
                () -> exchange.tell(Optional.empty(), request, reply, now()));
    }

    /** Replaces what happens when the server stops before this request is answered. By default it gets a 503. */
    public void onAbort(Runnable other) {
        abort = other;
    }

    void abort() {
        abort.run();
    }

    /**
     * Does work that may need the registry's store: at once where it does not, else on a worker.
     *
     * @param work lets every unchecked exception through; done again from its beginning where the store is needed, so it does nothing twice before that
     * @param otherwise the result where no worker is free in time, or the work fails
     * @param then called on the event loop
     */
    public <T> void compute(
            Supplier<T> work, Function<ProblemException.Problem, T> otherwise, Consumer<? super T> then) {
        Optional<T> atOnce = port.onLoop(request, exchange.id(), work, otherwise);
        if (atOnce.isPresent()) {
            then.accept(atOnce.get());
            return;
        }
        Context loop = vertx().getOrCreateContext();
        if (!port.onWorker(exchange.id(), work, otherwise, result -> loop.runOnContext(back -> then.accept(result)))) {
            then.accept(otherwise.apply(Replies.Refusals.overloaded()));
        }
    }

    /**
     * Reads the body. Its memory is held until the reply is written.
     *
     * @param limit the largest body, in bytes
     * @param gate decides about bodies of more than {@link io.countersign.http.RequestLimits#BODY} bytes before more is read
     * @param then called once, unless the client leaves first
     */
    public void readBody(
            int limit, Consumer<Consumer<Optional<ProblemException.Problem>>> gate, Consumer<? super Body> then) {
        if (!RequestDispatcher.acceptsBody(request, limit)) {
            then.accept(new Body.Refused(ProblemException.Problem.bodyTooLarge(limit)));
            return;
        }
        BodyReader.read(
                request, limit, port.watch().bodyLimit(request.connection()), reservation, gate::accept, result -> {
                    switch (result) {
                        case BodyReader.Complete(Bytes bytes) -> then.accept(new Body.Complete(bytes));
                        case BodyReader.Refused(ProblemException.Problem problem) ->
                            then.accept(new Body.Refused(problem));
                    }
                });
        request.resume();
    }

    /** Reserves memory until the reply is written; false when there is none. */
    public boolean reserve(long bytes) {
        return reservation.grow(bytes);
    }

    public boolean expectsContinue() {
        return RequestDispatcher.expectsContinue(request);
    }

    /** Replies before the body was read. What is left of it is discarded first, within bounds, so that the client sees the reply. */
    public void refuse(Reply reply) {
        if (request.isEnded()) {
            reply(reply, false);
        } else if (expectsContinue()) {
            reply(reply, true);
        } else {
            BodyDrain.drain(
                    request, 0, port.watch().bodyLimit(request.connection()), complete -> reply(reply, !complete));
            request.resume();
        }
    }

    /**
     * Replies.
     *
     * @param last whether the connection closes, because the rest of the request is not read
     */
    public void reply(Reply reply, boolean last) {
        port.replies().write(request, exchange.id(), reply, last, reservation);
    }

    /** Refuses in the form of the port, and tells it as the decision if none was told yet. */
    void refuseNow(ProblemException.Problem problem) {
        Reply reply = port.refusal(this, problem);
        tell(reply);
        reply(reply, true);
    }

    /** Adds the date where the reply has none. */
    public void date(HttpServerResponse response) {
        if (!response.headers().contains("Date")) {
            response.putHeader("Date", port.replies().date());
        }
    }

    /** Says that a reply in pieces begins; returns whether the connection closes after it, which its head has to say. */
    public boolean beginsReply() {
        return port.watch().isDraining() && !StrictDecoder.isPipelining(request.connection());
    }

    /**
     * Says that a reply in pieces was written as a whole.
     *
     * @param closes whether the connection closes
     */
    public void repliedInPieces(boolean closes) {
        reservation.release();
        StrictDecoder.answered(request.connection());
        if (closes) {
            request.connection().close();
        } else {
            port.watch().awaitHead(request.connection());
        }
    }

    /** Ends the request without a whole reply: the client sees its connection close. */
    public void breakOff() {
        reservation.release();
        AbruptClose.close(request.connection());
    }

    /** Says that the client has left. */
    public void left() {
        reservation.release();
    }
}
