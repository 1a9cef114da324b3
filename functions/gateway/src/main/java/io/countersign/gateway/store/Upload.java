package io.countersign.gateway.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Passes a body on to a store, piece by piece, no faster than the store takes it. Where the client signed a hash, the last piece waits until the hash is known to be
 * that of the whole body: the store never gets a whole body that is not the one that was signed. Confined to the event loop.
 */
final class Upload {
    /** How an upload ends. */
    enum End {
        WHOLE,
        /** The body ended before its length. The request to the store has to be reset. */
        SHORT,
        /** The request to the store has to be reset. */
        WRONG_HASH
    }

    private final ReadStream<Buffer> from;
    private final HttpClientRequest to;
    private final OptionalLong length;
    private final Optional<PayloadHash> hash;
    private final Consumer<End> then;
    private final PacedWriter writer;
    private Optional<Buffer> held = Optional.empty();
    private long passed;
    private boolean ended;

    Upload(BodyStream body, HttpClientRequest to, Consumer<End> then) {
        this.from = body.pieces();
        this.to = to;
        this.length = body.length();
        this.hash = body.hash();
        this.then = then;
        this.writer = new PacedWriter(to, from::pause, this::resume);
    }

    void start() {
        from.handler(this::onPiece);
        from.endHandler(end -> onEnd());
        from.resume();
    }

    /** The bytes that have come. */
    long passed() {
        return passed;
    }

    /** Whether the store takes no more at the moment. */
    boolean isWaiting() {
        return writer.isWaiting();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Passes nothing on any more. The rest of the body is left to the caller. */
    void stop() {
        ended = true;
        held = Optional.empty();
    }

    private void onPiece(Buffer piece) {
        if (ended || piece.length() == 0) {
            return;
        }
        passed += piece.length();
        if (hash.isEmpty()) {
            if (length.isPresent() && passed == length.getAsLong()) {
                // With these bytes the store has the whole body, and may answer before the stream tells its end.
                ended = true;
                to.end(piece);
                then.accept(End.WHOLE);
            } else {
                writer.write(piece);
            }
            return;
        }
        hash.get().add(piece.getByteBuf().nioBuffer());
        Optional<Buffer> before = held;
        held = Optional.of(piece);
        before.ifPresent(writer::write);
    }

    private void resume() {
        if (!ended) {
            from.resume();
        }
    }

    private void onEnd() {
        if (ended) {
            return;
        }
        ended = true;
        if (length.isPresent() && passed != length.getAsLong()) {
            held = Optional.empty();
            then.accept(End.SHORT);
            return;
        }
        if (hash.isPresent() && !hash.get().matches()) {
            held = Optional.empty();
            then.accept(End.WRONG_HASH);
            return;
        }
        if (held.isPresent()) {
            to.end(held.get());
        } else {
            to.end();
        }
        then.accept(End.WHOLE);
    }
}
