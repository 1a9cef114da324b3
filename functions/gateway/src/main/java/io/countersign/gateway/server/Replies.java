package io.countersign.gateway.server;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.InstantSource;
import java.util.List;

/** Writes replies, with the headers that every reply carries: date, request id, and {@code Cache-Control: no-store} unless the reply sets its own. Runs on the request's event loop. */
final class Replies {
    static final String REQUEST_ID = "X-Request-Id";

    private static final String DATE_HEADER = "Date";

    private static final String CACHE_CONTROL = "Cache-Control";

    private final InstantSource clock;
    private final ConnectionWatch watch;
    private final Cors cors;
    private final DateText dates = new DateText();

    Replies(InstantSource clock, ConnectionWatch watch, Cors cors) {
        this.clock = clock;
        this.watch = watch;
        this.cors = cors;
    }

    /**
     * Writes a reply. While the server drains, the reply to the last request received on a connection closes it.
     *
     * @param last whether this reply closes the connection in any case, because the rest of the request is not read
     * @param reservation the memory of the reply; released when it has been written or the client has disconnected
     */
    void write(
            HttpServerRequest request,
            String requestId,
            Reply reply,
            boolean last,
            ByteBudget.Reservation reservation) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            reservation.release();
            return;
        }
        watch.awaitHead(request.connection());
        if (response.writeQueueFull()) {
            // The client sends without reading. Until this reply is written, its next request is not dispatched, and
            // the
            // connection is soon no longer read.
            response.drainHandler(drained -> write(request, requestId, reply, last, reservation));
            ((HttpServerConnection) request.connection())
                    .channel()
                    .closeFuture()
                    .addListener(closed -> reservation.release());
            return;
        }
        boolean morePending = StrictDecoder.answered(request.connection());
        boolean closes = last || (watch.isDraining() && !morePending);
        response.setStatusCode(reply.status());
        if (reply.header(DATE_HEADER).isEmpty()) {
            response.putHeader(DATE_HEADER, date());
        }
        response.putHeader(REQUEST_ID, requestId);
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (reply.header(CACHE_CONTROL).isEmpty()) {
            response.putHeader(CACHE_CONTROL, "no-store");
        }
        for (Header header : reply.headers()) {
            response.headers().add(header.name(), header.value());
        }
        if (cors.coversAny()) {
            String path = Routes.RequestTarget.of(request.uri())
                    .map(Routes.RequestTarget::path)
                    .orElse("");
            for (Header header : cors.headers(path, request.headers().getAll("Origin"))) {
                response.headers().add(header.name(), header.value());
            }
        }
        // A copy is made already; Buffer.buffer(byte[]) would make another.
        Buffer body = Buffer.buffer(Unpooled.wrappedBuffer(reply.body().toArray()));
        response.putHeader("Content-Length", String.valueOf(body.length()));
        if (closes) {
            response.putHeader("Connection", "close");
        }
        var written = request.method().name().equals("HEAD") ? response.end() : response.end(body);
        written.onComplete(done -> {
            reservation.release();
            if (closes) {
                request.connection().close();
            }
        });
    }

    /** The value of {@code Date}. */
    String date() {
        return dates.of(clock.instant());
    }

    /** Refusals of the port itself, in addition to those that every function shares. */
    static final class Refusals {
        private Refusals() {}

        /** Says what is wrong with a request that the decoder refused. */
        static ProblemException.Problem undecoded(DecoderResult result) {
            return switch (result.cause()) {
                case TooLongHttpLineException e -> ProblemException.Problem.urlTooLong();
                case TooLongHttpHeaderException e -> ProblemException.Problem.headersTooLarge();
                case StrictDecoder.OtherVersionException e -> otherVersion();
                case null, default -> malformed();
            };
        }

        static ProblemException.Problem malformed() {
            return new ProblemException.Problem(
                    400,
                    "BadRequest",
                    "The request is not well-formed HTTP",
                    "Send a path or an absolute URL in the request line, and well-formed headers.");
        }

        static ProblemException.Problem otherVersion() {
            return new ProblemException.Problem(
                    505,
                    "HttpVersionNotSupported",
                    "This version of HTTP is not supported",
                    "Send HTTP/1.1 or HTTP/1.0.");
        }

        static ProblemException.Problem foreignOrigin() {
            return new ProblemException.Problem(
                    403,
                    "OriginNotAllowed",
                    "Pages of this origin may not call this endpoint",
                    "Call from a page of an origin that is listed in countersign.cors.allowed-origins.");
        }

        static ProblemException.Problem tooSlow() {
            return new ProblemException.Problem(
                    408,
                    "RequestTimeout",
                    "The request did not arrive in time",
                    "Send the request again, without pauses.");
        }

        static ProblemException.Problem overloaded() {
            return new ProblemException.Problem(
                    503,
                    "Overloaded",
                    "Too many requests are waiting",
                    "Send the request again in a second.",
                    List.of(new Header("Retry-After", "1")));
        }

        /** The server is stopping, and its drain time is over. */
        static ProblemException.Problem stopping() {
            return new ProblemException.Problem(
                    503,
                    "Stopping",
                    "The server is stopping",
                    "Send the request again in a second, on a new connection.",
                    List.of(new Header("Retry-After", "1")));
        }
    }
}
