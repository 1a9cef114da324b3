package io.countersign.gateway.store;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Pieces in memory as a stream, which begins paused. Confined to the event loop. */
final class MemoryStream implements ReadStream<Buffer> {
    private final Deque<Buffer> left;
    private Handler<Buffer> pieces = piece -> {};
    private Handler<Void> end = nothing -> {};
    private boolean paused = true;
    private boolean running;
    private boolean ended;

    MemoryStream(Collection<Buffer> content) {
        this.left = new ArrayDeque<>(content);
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        pieces = handler == null ? piece -> {} : handler;
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        end = handler == null ? nothing -> {} : handler;
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        paused = true;
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        paused = false;
        run();
        return this;
    }

    /** @param amount is taken for all: what is in memory may pass at once */
    @Override
    public ReadStream<Buffer> fetch(long amount) {
        return resume();
    }

    private void run() {
        if (running) {
            return;
        }
        running = true;
        while (!paused && !left.isEmpty()) {
            pieces.handle(left.removeFirst());
        }
        running = false;
        if (!paused && !ended && left.isEmpty()) {
            ended = true;
            end.handle(null);
        }
    }
}
