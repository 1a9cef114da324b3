package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.http.Bytes;
import io.countersign.http.Header;
import io.countersign.http.Outages;
import io.countersign.http.Reply;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.upstream.WholeAnswer;
import io.countersign.verify.decide.HeaderText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One allowed request on its way to a store, and the answer on its way back.
 *
 * <p>The client gets one whole reply, or its connection closes. A store that does not answer, breaks off or answers what no client may see is 503 before the reply began.
 * A client that leaves, or a body that is cut off, resets the request to the store before its body is whole, so that no object is made of a part. Nothing is held but some
 * pieces in each direction. Confined to the event loop of the client's connection.
 */
final class Passage {
    /** The most bytes that are read of an answer whose body nobody gets, to use its connection again. */
    private static final long MOST_DISCARDED = 64 * 1024;

    private static final String CONTENT_LENGTH = "content-length";
    /** From here on a status says that the store has failed. */
    private static final int SERVER_ERROR = 500;

    private final Arrival arrival;
    private final Verdict.Send send;
    private final Optional<BodyStream> body;
    private final UpstreamClients clients;
    private final UpstreamSettings settings;
    private final String asked;
    private final Optional<Runnable> next;
    private final Patience patience;
    private Optional<HttpClientRequest> outgoing = Optional.empty();
    private Optional<Upload> upload = Optional.empty();
    private Optional<Download> download = Optional.empty();
    private Optional<AnswerStream> answered = Optional.empty();
    private boolean replying;
    private boolean tooEarly;
    private boolean again;
    private boolean done;

    /**
     * @param body where the request says that it is streamed
     * @param asked the operation and the bucket, for the log
     * @param next run in place of an answer of status 200, which the client does not get. Nothing has been said to the client then, and this passage has ended
     */
    Passage(
            Arrival arrival,
            Verdict.Send send,
            Optional<BodyStream> body,
            UpstreamClients clients,
            UpstreamSettings settings,
            String asked,
            Optional<Runnable> next) {
        this.arrival = arrival;
        this.send = send;
        this.body = body;
        this.clients = clients;
        this.settings = settings;
        this.asked = asked;
        this.next = next;
        this.patience = new Patience(arrival.vertx(), settings.idleTimeout());
    }

    void start() {
        HttpServerResponse response = arrival.request().response();
        if (response.closed()) {
            onClientLeft();
            return;
        }
        arrival.onAbort(this::onStopping);
        arrival.request().exceptionHandler(broken -> onClientLeft());
        response.exceptionHandler(broken -> onClientLeft());
        response.closeHandler(closed -> onClientLeft());
        open();
    }

    private void open() {
        clients.open(arrival.vertx(), send.request()).onComplete(opened -> {
            if (opened.succeeded()) {
                onOpened(opened.result());
            } else {
                fault("no connection to the store: " + kind(opened.cause()));
            }
        });
    }

    private void onOpened(HttpClientRequest opened) {
        opened.exceptionHandler(broken -> onBroken(opened, broken));
        if (done) {
            opened.reset();
            return;
        }
        outgoing = Optional.of(opened);
        opened.response().onComplete(answered -> {
            if (answered.succeeded()) {
                onHead(opened, answered.result());
            } else {
                onBroken(opened, answered.cause());
            }
        });
        switch (send.request().body()) {
            case UpstreamBody.None none -> end(opened);
            case UpstreamBody.Given(Bytes bytes) -> {
                opened.putHeader(CONTENT_LENGTH, Integer.toString(bytes.length()));
                opened.end(Buffer.buffer(bytes.toArray()));
                awaitAnswer();
            }
            case UpstreamBody.Streamed streamed -> upload(opened, body.orElseThrow());
            case UpstreamBody.Measured measured -> upload(opened, body.orElseThrow());
        }
    }

    private void end(HttpClientRequest opened) {
        HttpMethod method = send.request().method();
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
                fault("the store takes no more of the body");
            } else {
                onSlowBody();
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
        if (done) {
            return;
        }
        switch (end) {
            case WHOLE -> awaitAnswer();
            case SHORT -> fault("the body ended before its length");
            case WRONG_HASH -> {
                finish();
                reset();
                arrival.reply(send.replies().refused(ReadBody.wrongDigest(PayloadHash.HEADER)), true);
            }
        }
    }

    private void onSlowBody() {
        finish();
        reset();
        arrival.reply(send.replies().refused(new OssRefusal(OssError.REQUEST_TIMEOUT)), true);
    }

    private void awaitAnswer() {
        if (!done && !replying) {
            patience.until(settings.answerTimeout(), () -> fault("the store did not begin its answer in time"));
        }
    }

    private void onBroken(HttpClientRequest opened, Throwable broken) {
        if (done || answered.isPresent() || !outgoing.equals(Optional.of(opened))) {
            return;
        }
        if (mayAskAgain()) {
            again = true;
            patience.end();
            outgoing = Optional.empty();
            open();
            return;
        }
        fault("the connection to the store broke: " + kind(broken));
    }

    /** The store may close a connection at the very moment at which it is used again. A request that changes nothing is then sent on another. */
    private boolean mayAskAgain() {
        UpstreamRequest request = send.request();
        return !again
                && request.body() instanceof UpstreamBody.None
                && (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD);
    }

    private void onHead(HttpClientRequest opened, HttpClientResponse answer) {
        if (done || !outgoing.equals(Optional.of(opened))) {
            return;
        }
        patience.end();
        AnswerStream stream = new AnswerStream(
                opened,
                answer,
                arrival.vertx().getOrCreateContext(),
                broken -> fault("the store broke off its answer: " + kind(broken)));
        answered = Optional.of(stream);
        Headers fromStore = headers(answer);
        AnswerHead head;
        try {
            if (answer.statusCode() < 200) {
                throw new UpstreamFault("the store answered with status " + answer.statusCode());
            }
            head = send.request().answer().head(answer.statusCode(), fromStore, arrival.id());
        } catch (UpstreamFault e) {
            fault(String.valueOf(e.getMessage()));
            return;
        }
        tooEarly = upload.isPresent() && !upload.get().hasEnded();
        upload.ifPresent(Upload::stop);
        if (tooEarly && head.status() < 400) {
            fault("the store answered before it had the whole body");
            return;
        }
        if (head.body() instanceof AnswerBody.Rewritten(int maxBytes)) {
            // A document may say that what its head says did not happen, so it is read first.
            rewrite(stream, answer.statusCode(), fromStore, maxBytes);
            return;
        }
        after(head, other -> {
            if (other.isPresent()) {
                stream.discard(MOST_DISCARDED);
                say(other.get());
            } else if (next.isPresent() && head.status() == 200) {
                stream.discard(MOST_DISCARDED);
                finish();
                next.get().run();
            } else {
                answer(stream, head);
            }
        });
    }

    /** Does what is left to do, and goes on unless the request has ended meanwhile. */
    private void after(AnswerHead head, Consumer<Optional<Reply>> then) {
        if (head.status() >= SERVER_ERROR) {
            log("the store answered " + head.status());
        }
        if (send.after().equals(Verdict.AfterAnswer.NOTHING)) {
            then.accept(Optional.empty());
            return;
        }
        arrival.compute(
                () -> afterAnswer(head), problem -> Optional.of(send.replies().refused(problem)), reply -> {
                    if (!done) {
                        then.accept(reply);
                    }
                });
    }

    private Optional<Reply> afterAnswer(AnswerHead head) {
        try {
            return send.after().run(head, arrival.now());
        } catch (StoreUnavailable e) {
            Outages.log(e);
            return Optional.of(send.replies().unavailable());
        }
    }

    private void answer(AnswerStream answer, AnswerHead head) {
        boolean streams = head.body() instanceof AnswerBody.Streamed;
        Optional<Boolean> closes = begin(head, streams);
        if (closes.isEmpty()) {
            return;
        }
        if (streams) {
            stream(answer, closes.get());
        } else {
            answer.discard(MOST_DISCARDED);
            arrival.request().response().end();
            replied(closes.get());
        }
    }

    private void stream(AnswerStream answer, boolean closes) {
        Download started = new Download(answer, arrival.request().response(), () -> {
            if (!done) {
                replied(closes);
            }
        });
        download = Optional.of(started);
        patience.watch(started::passed, () -> {
            if (started.isWaiting()) {
                breakOff();
            } else {
                fault("the store stopped in its answer");
            }
        });
        started.start();
    }

    private void replied(boolean closes) {
        finish();
        if (tooEarly) {
            reset();
        }
        arrival.repliedInPieces(closes);
    }

    private void rewrite(AnswerStream answer, int status, Headers fromStore, int maxBytes) {
        patience.until(settings.idleTimeout(), () -> fault("the store stopped in its answer"));
        SmallAnswer.read(answer, maxBytes, arrival::reserve, document -> {
            if (done) {
                return;
            }
            if (document.isEmpty()) {
                fault("the store's document is longer than " + maxBytes + " bytes, or there is no memory for it");
                return;
            }
            try {
                WholeAnswer whole = send.request().answer().whole(status, fromStore, document.get(), arrival.id());
                List<Header> headers = new ArrayList<>(
                        OssReplies.headers(whole.head().headers().without(CONTENT_LENGTH)));
                headers.addAll(send.replies().cors());
                patience.end();
                Reply reply = new Reply(whole.head().status(), headers, whole.body());
                after(whole.head(), other -> say(other.orElse(reply)));
            } catch (UpstreamFault e) {
                fault(String.valueOf(e.getMessage()));
            } catch (OssRefusal e) {
                say(send.replies().refused(e));
            }
        });
    }

    /**
     * Writes the head.
     *
     * @return whether the connection closes after the reply; empty when the request has ended instead
     */
    private Optional<Boolean> begin(AnswerHead head, boolean withBody) {
        if (arrival.request().response().closed()) {
            onClientLeft();
            return Optional.empty();
        }
        Optional<Boolean> closes = ReplyHead.write(arrival, send.replies(), head, withBody, tooEarly);
        if (closes.isEmpty()) {
            fault("the store sent a header that HTTP does not have");
        }
        replying = closes.isPresent();
        return closes;
    }

    /** Replies as a whole. */
    private void say(Reply reply) {
        finish();
        if (tooEarly) {
            reset();
            arrival.refuse(reply);
        } else {
            arrival.reply(reply, false);
        }
    }

    private void fault(String reason) {
        if (done) {
            return;
        }
        log(reason);
        if (replying) {
            breakOff();
            return;
        }
        finish();
        reset();
        arrival.refuse(send.replies().unavailable());
    }

    private void log(String reason) {
        Outages.log(new UpstreamFault(asked + ": " + reason));
    }

    private void onStopping() {
        if (replying) {
            breakOff();
        } else if (!done) {
            finish();
            reset();
            arrival.reply(send.replies().unavailable(), true);
        }
    }

    private void breakOff() {
        finish();
        reset();
        arrival.breakOff();
    }

    private void onClientLeft() {
        if (!done) {
            finish();
            reset();
            arrival.left();
        }
    }

    private void finish() {
        if (!done) {
            body.map(BodyStream::close).ifPresent(Runnable::run);
        }
        done = true;
        patience.end();
        upload.ifPresent(Upload::stop);
        download.ifPresent(Download::stop);
    }

    /** Ends the request to the store, wherever it is. */
    private void reset() {
        if (answered.isPresent() && !tooEarly) {
            answered.get().discard(0);
        } else {
            outgoing.ifPresent(UpstreamClients::reset);
        }
    }

    private static Headers headers(HttpClientResponse answer) {
        List<Headers.HeaderField> fields = new ArrayList<>();
        answer.headers().forEach((name, value) -> fields.add(new Headers.HeaderField(name, HeaderText.utf8(value))));
        return new Headers(fields);
    }

    /** The message of a failed connection may have addresses and URLs. */
    private static String kind(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
