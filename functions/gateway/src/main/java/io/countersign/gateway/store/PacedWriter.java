package io.countersign.gateway.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** Writes pieces no faster than the other side takes them. Confined to the event loop. */
final class PacedWriter {
    private final WriteStream<Buffer> to;
    private final Runnable pause;
    private final Runnable resume;
    private boolean waiting;

    /**
     * @param pause stops the pieces
     * @param resume lets them come again, unless no more are wanted
     */
    PacedWriter(WriteStream<Buffer> to, Runnable pause, Runnable resume) {
        this.to = to;
        this.pause = pause;
        this.resume = resume;
    }

    /** Whether the other side takes no more at the moment. */
    boolean isWaiting() {
        return waiting;
    }

    void write(Buffer piece) {
        to.write(piece);
        if (to.writeQueueFull()) {
            waiting = true;
            pause.run();
            to.drainHandler(drained -> {
                waiting = false;
                resume.run();
            });
        }
    }
}
