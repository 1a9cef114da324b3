package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.http.Outages;
import io.countersign.http.Reply;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.WholeAnswer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
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

    /** From here on a status says that the store has failed. */
    private static final int SERVER_ERROR = 500;

    private final Arrival arrival;
    private final Verdict.Send send;
    private final UpstreamSettings settings;
    private final String asked;
    private final Optional<Runnable> next;
    private final Patience patience;
    private final Outgoing outgoing;
    private Optional<Download> download = Optional.empty();
    private Optional<AnswerStream> answered = Optional.empty();
    private boolean replying;
    private boolean tooEarly;
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
        this.settings = settings;
        this.asked = asked;
        this.next = next;
        this.patience = new Patience(arrival.vertx(), settings.idleTimeout());
        this.outgoing =
                new Outgoing(arrival, send.request(), body, clients, settings, patience, new Outgoing.Listener() {
                    @Override
                    public void onAnswer(HttpClientRequest sent, HttpClientResponse answer, boolean early) {
                        tooEarly = early;
                        onHead(sent, answer);
                    }

                    @Override
                    public void onFault(String reason) {
                        fault(reason);
                    }

                    @Override
                    public void onRefusal(OssRefusal refusal) {
                        finish();
                        reset();
                        arrival.reply(send.replies().refused(refusal), true);
                    }
                });
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
        outgoing.open();
    }

    private void onHead(HttpClientRequest opened, HttpClientResponse answer) {
        AnswerStream stream = new AnswerStream(
                opened,
                answer,
                arrival.vertx().getOrCreateContext(),
                broken -> fault("the store broke off its answer: " + Outgoing.kind(broken)));
        answered = Optional.of(stream);
        Headers fromStore = stream.headers();
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
                () -> send.afterAnswer(head, arrival.now()),
                problem -> Optional.of(send.replies().refused(problem)),
                reply -> {
                    if (!done) {
                        then.accept(reply);
                    }
                });
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
                patience.end();
                Reply reply = send.replies().whole(whole);
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
        done = true;
        patience.end();
        outgoing.end();
        download.ifPresent(Download::stop);
    }

    /** Ends the request to the store, wherever it is. */
    private void reset() {
        if (answered.isPresent() && !tooEarly) {
            answered.get().discard(0);
        } else {
            outgoing.reset();
        }
    }
}
