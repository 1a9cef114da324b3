package io.countersign.gateway.store;

import io.countersign.gateway.server.Arrival;
import io.countersign.http.Outages;
import io.countersign.http.Reply;
import io.countersign.oss.OssRefusal;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.verify.decide.VerifyRequest;
import java.util.Optional;
import java.util.OptionalLong;

/** Carries out the verdict on one request: says the reply, or sends the request to its store with its body. Confined to the event loop of the client's connection. */
final class Delivery {
    private final Arrival arrival;
    private final VerifyRequest head;
    private final OptionalLong length;
    private final StoreParts parts;

    /** @param length of the client's body; empty where it comes in chunks */
    Delivery(Arrival arrival, VerifyRequest head, OptionalLong length, StoreParts parts) {
        this.arrival = arrival;
        this.head = head;
        this.length = length;
        this.parts = parts;
    }

    /** Replies before the body was read, and tells the reply as the decision. */
    static void say(Arrival arrival, Reply reply) {
        arrival.tell(reply);
        arrival.refuse(reply);
    }

    void carryOut(Verdict verdict, Optional<Incoming> incoming) {
        switch (verdict) {
            case Verdict.Say(Reply reply) -> say(arrival, reply);
            case Verdict.Send send -> {
                arrival.tell(send.told());
                if (send.request().body() instanceof UpstreamBody.Measured && length.isEmpty()) {
                    SpoolReader.read(
                            arrival,
                            parts.settings(),
                            parts.disk(),
                            new ChunkedBody(
                                    spool -> pass(send, incoming, spool, hash()),
                                    refusal -> arrival.refuse(send.replies().notKept(refusal))));
                } else {
                    pass(send, incoming, ofClient(send));
                }
            }
        }
    }

    /** @param spool a body that was read as a whole */
    void pass(Verdict.Send send, Optional<Incoming> incoming, Spool spool, Optional<PayloadHash> hash) {
        spool.content().onComplete(content -> {
            if (content.succeeded()) {
                BodyStream body = new BodyStream(content.result(), OptionalLong.of(spool.length()), hash, spool::close);
                pass(send, incoming, Optional.of(body));
            } else {
                spool.close();
                Outages.log(content.cause());
                arrival.refuse(send.replies().unavailable());
            }
        });
    }

    private void pass(Verdict.Send send, Optional<Incoming> incoming, Optional<BodyStream> body) {
        String label = incoming.map(Incoming::label).orElse("a request");
        Passage passage = new Passage(arrival, send, body, parts.clients(), parts.settings(), label, Optional.empty());
        if (send.request().question().isEmpty()) {
            passage.start();
            return;
        }
        // Such a request has no body that streams, so that nothing waits for the answer.
        UpstreamRequest question = send.request().question().get();
        Verdict.Send asking = new Verdict.Send(question, send.told(), Verdict.AfterAnswer.NOTHING, send.replies());
        new Passage(
                        arrival,
                        asking,
                        Optional.empty(),
                        parts.clients(),
                        parts.settings(),
                        label,
                        Optional.of(passage::start))
                .start();
    }

    private Optional<PayloadHash> hash() {
        try {
            return PayloadHash.of(head.headers());
        } catch (OssRefusal e) {
            throw new IllegalStateException("the header was checked before", e);
        }
    }

    /** The client's own body, where it streams. Where it was read, or there is none, what is left of it is its end. */
    private Optional<BodyStream> ofClient(Verdict.Send send) {
        return switch (send.request().body()) {
            case UpstreamBody.Streamed streamed -> Optional.of(streamed());
            case UpstreamBody.Measured measured -> Optional.of(streamed());
            case UpstreamBody.None none -> drained();
            case UpstreamBody.Given given -> drained();
        };
    }

    private BodyStream streamed() {
        return new BodyStream(arrival.request(), length, hash(), () -> {});
    }

    private Optional<BodyStream> drained() {
        arrival.request().resume();
        return Optional.empty();
    }
}
