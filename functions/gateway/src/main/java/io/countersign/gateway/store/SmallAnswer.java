package io.countersign.gateway.store;

import io.countersign.http.Bytes;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** Reads a small document of a store. Confined to the event loop. */
final class SmallAnswer {
    /** The document as it came, as it is read, and as it is written anew. */
    private static final int COPIES = 4;

    private final int maxBytes;
    private final LongPredicate room;
    private final Buffer read = Buffer.buffer();
    private final Consumer<Optional<Bytes>> then;
    private boolean ended;

    private SmallAnswer(int maxBytes, LongPredicate room, Consumer<Optional<Bytes>> then) {
        this.maxBytes = maxBytes;
        this.room = room;
        this.then = then;
    }

    /**
     * @param room reserves memory, if there is any
     * @param then called once with the document; empty when it is longer than allowed, or there is no memory
     */
    static void read(AnswerStream from, int maxBytes, LongPredicate room, Consumer<Optional<Bytes>> then) {
        SmallAnswer answer = new SmallAnswer(maxBytes, room, then);
        from.read(answer::onPiece, () -> answer.finish(Optional.of(Bytes.of(answer.read.getBytes()))));
    }

    private void onPiece(Buffer piece) {
        if (ended) {
            return;
        }
        if (read.length() + piece.length() > maxBytes || !room.test((long) COPIES * piece.length())) {
            finish(Optional.empty());
        } else {
            read.appendBuffer(piece);
        }
    }

    private void finish(Optional<Bytes> document) {
        if (!ended) {
            ended = true;
            then.accept(document);
        }
    }
}
