package io.countersign.gateway.store;

import io.countersign.gateway.server.ByteBudget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Holds a body, or the file of a form, until it is whole: in memory, and past {@link #IN_MEMORY} bytes in a file that only this user can read and that has no name any more
 * as soon as it is open, so that nothing of it is left when the process ends. Confined to the event loop.
 */
final class Spool {
    /** The most bytes in memory. */
    static final int IN_MEMORY = 1024 * 1024;

    private static final int PIECE = 64 * 1024;

    private final Vertx vertx;
    private final LongPredicate room;
    private final ByteBudget.Reservation disk;
    private final List<Buffer> pieces = new ArrayList<>();
    private Optional<AsyncFile> file = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private Runnable onWritten = () -> {};
    private int writing;
    private long length;
    private boolean closed;

    /**
     * @param room reserves memory, if there is any
     * @param disk has what is in the file; released when that is gone
     */
    Spool(Vertx vertx, LongPredicate room, ByteBudget.Reservation disk) {
        this.vertx = vertx;
        this.room = room;
        this.disk = disk;
    }

    long length() {
        return length;
    }

    /** Whether what comes next needs a file that is not open yet. */
    boolean needsFile() {
        return file.isEmpty() && length > IN_MEMORY;
    }

    /** Returns false when there is no memory for it or no room on the disk, or the disk has failed. */
    boolean add(Buffer piece) {
        length += piece.length();
        if (file.isPresent()) {
            if (!disk.grow(piece.length())) {
                return false;
            }
            write(file.get(), piece);
            return failure.isEmpty();
        }
        // A slice would hold what it was cut from.
        pieces.add(piece.copy());
        return room.test(piece.length());
    }

    /** Whether the disk is behind. */
    boolean isFull() {
        return file.isPresent() && file.get().writeQueueFull();
    }

    void onDrained(Runnable then) {
        file.ifPresentOrElse(open -> open.drainHandler(drained -> then.run()), then);
    }

    /** Takes the room for what is in memory on the disk; returns false when there is none. */
    boolean reserveFile() {
        return disk.grow(length);
    }

    /** Moves what is in memory to a file, after {@link #reserveFile}. */
    Future<Void> toFile() {
        FileSystem files = vertx.fileSystem();
        return files.createTempFile("countersign-form-", "", "rw-------")
                .compose(
                        path -> files.open(path, new OpenOptions().setRead(true).setWrite(true))
                                .compose(opened -> files.delete(path).map(opened)))
                .compose(opened -> {
                    if (closed) {
                        opened.close();
                        return Future.failedFuture("the client has left");
                    }
                    opened.setReadBufferSize(PIECE);
                    file = Optional.of(opened);
                    pieces.forEach(piece -> write(opened, piece));
                    pieces.clear();
                    return Future.succeededFuture();
                });
    }

    /** Writes pass one another, and a flush does not wait for them. */
    private void write(AsyncFile to, Buffer piece) {
        writing++;
        to.write(piece).onComplete(written -> {
            writing--;
            if (written.failed()) {
                failure = Optional.of(written.cause());
            }
            if (writing == 0) {
                onWritten.run();
            }
        });
    }

    /** Returns all of it, paused, when nothing is added any more. Fails when the disk has. */
    Future<ReadStream<Buffer>> content() {
        if (file.isEmpty()) {
            return Future.succeededFuture(new MemoryStream(pieces));
        }
        Promise<ReadStream<Buffer>> content = Promise.promise();
        AsyncFile open = file.get();
        onWritten = () -> {
            if (failure.isPresent()) {
                content.tryFail(failure.get());
            } else {
                open.setReadPos(0);
                open.pause();
                content.tryComplete(open);
            }
        };
        if (writing == 0) {
            onWritten.run();
        }
        return content.future();
    }

    /** Ends the file; its room is free as soon as it is gone. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        pieces.clear();
        file.ifPresentOrElse(open -> open.close().onComplete(gone -> disk.release()), disk::release);
    }
}
