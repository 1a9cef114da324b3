package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.http.Outages;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads a body that comes in chunks as a whole, because the store behind has to know its length first. Its request was allowed. Confined to the event loop. */
final class ChunkedBody {
    private static final long LEAST = 1024;

    private final Arrival arrival;
    private final UpstreamSettings settings;
    private final Consumer<Spool> then;
    private final Consumer<OssRefusal> refused;
    private final Spool spool;
    private long timer;
    private boolean done;

    private ChunkedBody(
            Arrival arrival, UpstreamSettings settings, Consumer<Spool> then, Consumer<OssRefusal> refused) {
        this.arrival = arrival;
        this.settings = settings;
        this.then = then;
        this.refused = refused;
        this.spool = new Spool(arrival.vertx(), arrival::reserve);
    }

    /**
     * Starts reading.
     *
     * @param then called once with the body, which the caller closes; not when the client leaves first
     * @param refused called instead where the body is too large or too slow, or cannot be kept
     */
    static void read(Arrival arrival, UpstreamSettings settings, Consumer<Spool> then, Consumer<OssRefusal> refused) {
        new ChunkedBody(arrival, settings, then, refused).start();
    }

    private void start() {
        HttpServerRequest request = arrival.request();
        if (arrival.expectsContinue()) {
            request.response().writeContinue();
        }
        long[] before = {0};
        timer = arrival.vertx().setPeriodic(settings.idleTimeout().toMillis(), fired -> {
            if (spool.length() - before[0] < LEAST) {
                refuse(new OssRefusal(OssError.REQUEST_TIMEOUT));
            }
            before[0] = spool.length();
        });
        request.exceptionHandler(broken -> onLeft());
        request.handler(this::onPiece);
        request.endHandler(end -> onEnd());
        request.resume();
    }

    private void onPiece(Buffer piece) {
        if (done) {
            return;
        }
        if (!spool.add(piece)) {
            refuse(new OssRefusal(OssError.SERVICE_UNAVAILABLE));
        } else if (spool.length() > settings.maxFormBytes()) {
            refuse(new OssRefusal(
                    OssError.ENTITY_TOO_LARGE,
                    OssError.ENTITY_TOO_LARGE.message()
                            + " The store behind this bucket has to know the length of a body;"
                            + " send Content-Length instead of chunks, or upload in parts."));
        } else if (spool.needsFile()) {
            arrival.request().pause();
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
        } else if (spool.isFull()) {
            arrival.request().pause();
            spool.onDrained(() -> arrival.request().resume());
        }
    }

    private void onEnd() {
        if (!done) {
            finish();
            then.accept(spool);
        }
    }

    private void refuse(OssRefusal refusal) {
        if (!done) {
            finish();
            spool.close();
            refused.accept(refusal);
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
