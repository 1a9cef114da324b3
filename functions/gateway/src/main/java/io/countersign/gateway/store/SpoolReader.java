package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.gateway.server.ByteBudget;
import io.countersign.http.Outages;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a body as a whole into a {@link Spool}, within the bounds of size and time. Confined to the event loop. */
final class SpoolReader {
    /** What is read of a body, and what follows. */
    interface Reading {
        /**
         * Adds a piece, or what is wanted of it, to the spool.
         *
         * @return false when the spool has no room for it
         * @throws OssRefusal when the body is not what it has to be
         */
        boolean add(Buffer piece, Spool spool) throws OssRefusal;

        /** Decides, with what has come, whether more is read than fits in memory. */
        void gate(Spool spool, Consumer<Optional<OssRefusal>> then) throws OssRefusal;

        /**
         * Returns what to do with the whole body. It closes the spool.
         *
         * @throws OssRefusal when the body is not what it has to be
         */
        Runnable whole(Spool spool) throws OssRefusal;

        /** The refusal of a body of which more is wanted than the largest size. */
        OssRefusal tooLarge();

        /** Refuses the request. Called at most once, and then the body is not whole. */
        void refuse(OssRefusal refusal);
    }

    /** The bytes that have to come within the idle timeout. */
    private static final long LEAST = 1024;

    private final Arrival arrival;
    private final UpstreamSettings settings;
    private final Reading reading;
    private final Spool spool;
    private long received;
    private long timer;
    private boolean done;

    private SpoolReader(Arrival arrival, UpstreamSettings settings, ByteBudget disk, Reading reading) {
        this.arrival = arrival;
        this.settings = settings;
        this.reading = reading;
        this.spool = new Spool(arrival.vertx(), arrival::reserve, disk.reserve());
    }

    /**
     * Starts reading. Nothing follows when the client leaves first.
     *
     * @param disk of all spools together
     */
    static void read(Arrival arrival, UpstreamSettings settings, ByteBudget disk, Reading reading) {
        new SpoolReader(arrival, settings, disk, reading).start();
    }

    private void start() {
        HttpServerRequest request = arrival.request();
        if (arrival.expectsContinue()) {
            request.response().writeContinue();
        }
        watch();
        request.exceptionHandler(broken -> onLeft());
        request.handler(this::onPiece);
        request.endHandler(end -> onEnd());
        request.resume();
    }

    private void watch() {
        long[] before = {0};
        timer = arrival.vertx().setPeriodic(settings.idleTimeout().toMillis(), fired -> {
            if (received - before[0] < LEAST) {
                refuse(new OssRefusal(OssError.REQUEST_TIMEOUT));
            }
            before[0] = received;
        });
    }

    private void onPiece(Buffer piece) {
        if (done) {
            return;
        }
        received += piece.length();
        try {
            boolean hasRoom = reading.add(piece, spool);
            if (spool.length() > settings.maxFormBytes()) {
                throw reading.tooLarge();
            }
            if (!hasRoom) {
                throw new OssRefusal(OssError.SERVICE_UNAVAILABLE);
            }
            if (spool.needsFile()) {
                arrival.request().pause();
                reading.gate(spool, this::onGate);
            } else if (spool.isFull()) {
                arrival.request().pause();
                spool.onDrained(() -> arrival.request().resume());
            }
        } catch (OssRefusal refusal) {
            refuse(refusal);
        }
    }

    private void onGate(Optional<OssRefusal> refusal) {
        if (done) {
            return;
        }
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        if (!spool.reserveFile()) {
            refuse(new OssRefusal(OssError.SERVICE_UNAVAILABLE));
            return;
        }
        spool.toFile().onComplete(opened -> {
            if (done) {
                return;
            }
            if (opened.failed()) {
                Outages.log(opened.cause());
                refuse(new OssRefusal(OssError.SERVICE_UNAVAILABLE));
            } else {
                arrival.request().resume();
            }
        });
    }

    private void onEnd() {
        if (done) {
            return;
        }
        try {
            Runnable then = reading.whole(spool);
            finish();
            then.run();
        } catch (OssRefusal refusal) {
            refuse(refusal);
        }
    }

    private void refuse(OssRefusal refusal) {
        if (!done) {
            finish();
            spool.close();
            reading.refuse(refusal);
        }
    }

    private void onLeft() {
        if (!done) {
            finish();
            spool.close();
            arrival.left();
        }
    }

    private void finish() {
        done = true;
        arrival.vertx().cancelTimer(timer);
    }
}
