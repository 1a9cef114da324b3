package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.http.Bytes;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Optional;

/**
 * An allowed request on its way to a store, until the store begins its answer. A request that changes nothing is sent once more where its connection breaks before that.
 * Confined to the event loop of the client's connection.
 */
final class Outgoing {
    private static final String CONTENT_LENGTH = "content-length";

    /** What becomes of a request. Nothing is told after {@link #end}. */
    interface Listener {
        /**
         * The store has begun its answer.
         *
         * @param tooEarly whether the store had not got the whole body, of which it gets no more now
         */
        void onAnswer(HttpClientRequest sent, HttpClientResponse answer, boolean tooEarly);

        /** The store failed, or the client's body broke off. */
        void onFault(String reason);

        /** The body is not the one that was signed, or does not come. */
        void onRefusal(OssRefusal refusal);
    }

    private final Arrival arrival;
    private final UpstreamRequest request;
    private final Optional<BodyStream> body;
    private final UpstreamClients clients;
    private final UpstreamSettings settings;
    private final Patience patience;
    private final Listener listener;
    private Optional<HttpClientRequest> sent = Optional.empty();
    private Optional<Upload> upload = Optional.empty();
    private boolean answered;
    private boolean again;
    private boolean ended;

    /** @param body where the request says that it is streamed */
    Outgoing(
            Arrival arrival,
            UpstreamRequest request,
            Optional<BodyStream> body,
            UpstreamClients clients,
            UpstreamSettings settings,
            Patience patience,
            Listener listener) {
        this.arrival = arrival;
        this.request = request;
        this.body = body;
        this.clients = clients;
        this.settings = settings;
        this.patience = patience;
        this.listener = listener;
    }

    void open() {
        clients.open(arrival.vertx(), request).onComplete(opened -> {
            if (opened.succeeded()) {
                onOpened(opened.result());
            } else if (!ended) {
                listener.onFault("no connection to the store: " + kind(opened.cause()));
            }
        });
    }

    /** Sends no more of the body, and lets it go. */
    void end() {
        if (!ended) {
            body.map(BodyStream::close).ifPresent(Runnable::run);
        }
        ended = true;
        upload.ifPresent(Upload::stop);
    }

    /** Breaks the request off, so that the store makes nothing of it. */
    void reset() {
        sent.ifPresent(UpstreamClients::reset);
    }

    /** What can be said of a failure: the message of a failed connection may have addresses and URLs. */
    static String kind(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    private void onOpened(HttpClientRequest opened) {
        opened.exceptionHandler(broken -> onBroken(opened, broken));
        if (ended) {
            opened.reset();
            return;
        }
        sent = Optional.of(opened);
        opened.response().onComplete(head -> {
            if (head.succeeded()) {
                onHead(opened, head.result());
            } else {
                onBroken(opened, head.cause());
            }
        });
        switch (request.body()) {
            case UpstreamBody.None none -> send(opened);
            case UpstreamBody.Given(Bytes bytes) -> {
                opened.putHeader(CONTENT_LENGTH, Integer.toString(bytes.length()));
                opened.end(Buffer.buffer(bytes.toArray()));
                awaitAnswer();
            }
            case UpstreamBody.Streamed streamed -> upload(opened, body.orElseThrow());
            case UpstreamBody.Measured measured -> upload(opened, body.orElseThrow());
        }
    }

    private void send(HttpClientRequest opened) {
        HttpMethod method = request.method();
        if (method == HttpMethod.PUT || method == HttpMethod.POST) {
            opened.putHeader(CONTENT_LENGTH, "0");
        }
        opened.end();
        awaitAnswer();
    }

    private void upload(HttpClientRequest opened, BodyStream stream) {
        if (stream.length().isPresent()) {
            long length = stream.length().getAsLong();
            opened.putHeader(CONTENT_LENGTH, Long.toString(length));
            if (length == 0) {
                // The store would have the whole body as soon as it has the head.
                emptyUpload(opened, stream.hash());
                return;
            }
        } else {
            opened.setChunked(true);
        }
        if (arrival.expectsContinue()) {
            arrival.request().response().writeContinue();
        }
        Upload started = new Upload(stream, opened, this::onUploaded);
        upload = Optional.of(started);
        patience.watch(started::passed, () -> {
            if (started.isWaiting()) {
                listener.onFault("the store takes no more of the body");
            } else {
                listener.onRefusal(new OssRefusal(OssError.REQUEST_TIMEOUT));
            }
        });
        started.start();
    }

    private void emptyUpload(HttpClientRequest opened, Optional<PayloadHash> hash) {
        if (hash.isPresent() && !hash.get().matches()) {
            onUploaded(Upload.End.WRONG_HASH);
            return;
        }
        opened.end();
        awaitAnswer();
    }

    private void onUploaded(Upload.End end) {
        if (ended) {
            return;
        }
        switch (end) {
            case WHOLE -> awaitAnswer();
            case SHORT -> listener.onFault("the body ended before its length");
            case WRONG_HASH -> listener.onRefusal(ReadBody.wrongDigest(PayloadHash.HEADER));
        }
    }

    private void awaitAnswer() {
        if (!ended && !answered) {
            patience.until(
                    settings.answerTimeout(), () -> listener.onFault("the store did not begin its answer in time"));
        }
    }

    private void onHead(HttpClientRequest opened, HttpClientResponse answer) {
        if (ended || !sent.equals(Optional.of(opened))) {
            return;
        }
        answered = true;
        patience.end();
        boolean tooEarly = upload.isPresent() && !upload.get().hasEnded();
        upload.ifPresent(Upload::stop);
        listener.onAnswer(opened, answer, tooEarly);
    }

    private void onBroken(HttpClientRequest opened, Throwable broken) {
        if (ended || answered || !sent.equals(Optional.of(opened))) {
            return;
        }
        if (mayAskAgain()) {
            again = true;
            patience.end();
            sent = Optional.empty();
            open();
            return;
        }
        listener.onFault("the connection to the store broke: " + kind(broken));
    }

    /** The store may close a connection at the very moment at which it is used again. A request that changes nothing is then sent on another. */
    private boolean mayAskAgain() {
        return !again
                && request.body() instanceof UpstreamBody.None
                && (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD);
    }
}
