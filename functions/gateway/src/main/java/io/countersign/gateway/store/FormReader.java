package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.http.Outages;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a form with its file, which has to be there as a whole before its policy can be checked. Confined to the event loop. */
final class FormReader {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)boundary=(?:\"([^\",;]{1,70})\"|([^\",; \\t]{1,70}))[ \\t]*(?:;.*)?$");
    private static final long LEAST = 1024;

    private final Arrival arrival;
    private final UpstreamSettings settings;
    private final BiConsumer<FormUpload, Consumer<Optional<OssRefusal>>> gate;
    private final BiConsumer<FormUpload, Spool> then;
    private final Consumer<OssRefusal> refused;
    private final FormParser parser;
    private final Spool spool;
    private long received;
    private long timer;
    private boolean done;
    private boolean noRoom;

    private FormReader(
            Arrival arrival,
            UpstreamSettings settings,
            String boundary,
            BiConsumer<FormUpload, Consumer<Optional<OssRefusal>>> gate,
            BiConsumer<FormUpload, Spool> then,
            Consumer<OssRefusal> refused) {
        this.arrival = arrival;
        this.settings = settings;
        this.gate = gate;
        this.then = then;
        this.refused = refused;
        this.spool = new Spool(arrival.vertx(), arrival::reserve);
        this.parser = new FormParser(boundary, this::onFileBytes);
    }

    /**
     * Starts reading.
     *
     * @param contentType of the request
     * @param gate decides, with what has come of the file, whether more of it is read than fits in memory
     * @param then called once with the form and its file, which the caller closes; not when the client leaves first
     * @param refused called instead for a form that is refused
     */
    static void read(
            Arrival arrival,
            UpstreamSettings settings,
            String contentType,
            BiConsumer<FormUpload, Consumer<Optional<OssRefusal>>> gate,
            BiConsumer<FormUpload, Spool> then,
            Consumer<OssRefusal> refused) {
        Matcher boundary = BOUNDARY.matcher(OuterSpace.trim(contentType));
        if (!boundary.find()) {
            refused.accept(FormPart.malformed("The Content-Type of a form is multipart/form-data; boundary=..."));
            return;
        }
        String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        new FormReader(arrival, settings, text, gate, then, refused).start();
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
            parser.add(piece);
            if (spool.length() > settings.maxFormBytes()) {
                throw new OssRefusal(OssError.ENTITY_TOO_LARGE);
            }
            if (noRoom) {
                throw new OssRefusal(OssError.SERVICE_UNAVAILABLE);
            }
        } catch (OssRefusal refusal) {
            refuse(refusal);
            return;
        }
        if (spool.needsFile()) {
            arrival.request().pause();
            askGate();
        } else if (spool.isFull()) {
            arrival.request().pause();
            spool.onDrained(() -> arrival.request().resume());
        }
    }

    private void onFileBytes(Buffer bytes) {
        noRoom |= !spool.add(bytes);
    }

    private void askGate() {
        try {
            gate.accept(form(), refusal -> {
                if (done) {
                    return;
                }
                if (refusal.isPresent()) {
                    refuse(refusal.get());
                } else {
                    spool.toFile().onComplete(opened -> {
                        if (opened.failed()) {
                            onDiskFailure(opened.cause());
                        } else if (!done) {
                            arrival.request().resume();
                        }
                    });
                }
            });
        } catch (OssRefusal refusal) {
            refuse(refusal);
        }
    }

    private void onEnd() {
        if (done) {
            return;
        }
        try {
            parser.end();
            FormUpload form = form();
            finish();
            then.accept(form, spool);
        } catch (OssRefusal refusal) {
            refuse(refusal);
        }
    }

    private FormUpload form() throws OssRefusal {
        return FormUpload.of(parser.fields(), parser.file().orElseThrow(), spool.length());
    }

    private void onDiskFailure(Throwable failure) {
        if (!done) {
            Outages.log(failure);
            refuse(new OssRefusal(OssError.SERVICE_UNAVAILABLE));
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
