package io.countersign.gateway.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Passes the bytes of an object on to a client, piece by piece, no faster than the client takes them. Confined to the event loop. */
final class Download {
    private final AnswerStream from;
    private final HttpServerResponse to;
    private final Runnable then;
    private final PacedWriter writer;
    private long passed;
    private boolean ended;

    /** @param then called when the last piece was passed on */
    Download(AnswerStream from, HttpServerResponse to, Runnable then) {
        this.from = from;
        this.to = to;
        this.then = then;
        this.writer = new PacedWriter(to, from::pause, this::resume);
    }

    void start() {
        from.read(this::onPiece, this::onEnd);
    }

    /** The bytes that have come. */
    long passed() {
        return passed;
    }

    /** Whether it is the client that takes no more at the moment. */
    boolean isWaiting() {
        return ended || writer.isWaiting();
    }

    void stop() {
        ended = true;
    }

    private void onPiece(Buffer piece) {
        if (ended) {
            return;
        }
        passed += piece.length();
        writer.write(piece);
    }

    private void resume() {
        if (!ended) {
            from.resume();
        }
    }

    private void onEnd() {
        if (!ended) {
            ended = true;
            to.end().onComplete(written -> then.run());
        }
    }
}
