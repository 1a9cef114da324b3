package io.countersign.gateway.store;

import io.countersign.gateway.server.Arrival;
import io.countersign.http.Outages;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.BodyUse;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.facts.AnswerFacts;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way of one request at the store port to its verdict: its head is judged, after as much of its body as the decision needs. Confined to the event loop of the client's
 * connection, but for what waits for the registry.
 */
final class Judgement {
    private final Arrival arrival;
    private final VerifyRequest head;
    private final OssReplies plain;
    private final OptionalLong length;
    private final StoreParts parts;
    private final Delivery delivery;

    Judgement(Arrival arrival, VerifyRequest head, StoreParts parts) throws OssRefusal {
        this.arrival = arrival;
        this.head = head;
        this.plain = OssReplies.of(arrival);
        this.length = HeadCheck.length(head);
        this.parts = parts;
        this.delivery = new Delivery(arrival, head, length, parts);
    }

    void start() {
        arrival.compute(this::begun, problem -> failed(plain, problem), this::next);
    }

    private Step begun() {
        return decided(() -> plain, () -> {
            Incoming incoming = parts.judge().read(head, arrival.now());
            return decided(() -> replies(incoming), () -> first(incoming));
        });
    }

    /** Those that a page can read. */
    private OssReplies replies(Incoming incoming) {
        return plain.with(incoming.cors());
    }

    private Step first(Incoming incoming) throws OssRefusal, StoreUnavailable {
        PayloadHash.of(head.headers());
        StoreJudge.requireStoreOfForm(incoming);
        Optional<BodyUse> use = incoming.bodyUse();
        if (use.isEmpty()) {
            return judged(incoming, ReadBody.UNREAD);
        }
        return switch (use.get()) {
            case BodyUse.Ignored ignored ->
                length.equals(OptionalLong.of(0))
                        ? judged(incoming, ReadBody.UNREAD)
                        : new Step.NeedsBody(incoming, ignored);
            case BodyUse.Streamed streamed -> judged(incoming, ReadBody.UNREAD);
            case BodyUse.Read read -> new Step.NeedsBody(incoming, read);
            case BodyUse.Form form -> new Step.NeedsBody(incoming, form);
        };
    }

    private Step judged(Incoming incoming, ReadBody body) throws StoreUnavailable {
        OptionalLong bodyLength =
                body.form().isPresent() ? body.form().get().submitted().fileLength() : length;
        return new Step.Judged(
                parts.judge().judge(incoming, body, bodyLength, replies(incoming), arrival.now()),
                Optional.of(incoming));
    }

    /** Judges on a worker or at once, and goes on. */
    private void judge(Incoming incoming, Work work, Consumer<Step> then) {
        arrival.compute(
                () -> decided(() -> replies(incoming), work), problem -> failed(replies(incoming), problem), then);
    }

    private void next(Step step) {
        switch (step) {
            case Step.Judged(Verdict verdict, Optional<Incoming> incoming) -> delivery.carryOut(verdict, incoming);
            case Step.NeedsBody(Incoming incoming, BodyUse use) -> readBody(incoming, use);
        }
    }

    private void readBody(Incoming incoming, BodyUse use) {
        switch (use) {
            case BodyUse.Ignored ignored -> read(incoming, 0, Optional.empty());
            case BodyUse.Read read -> {
                if (arrival.expectsContinue()) {
                    askHead(incoming, refusal -> {
                        if (refusal.isPresent()) {
                            Delivery.say(arrival, refusal.get());
                        } else {
                            read(incoming, read.maxBytes(), Optional.of(read.kind()));
                        }
                    });
                } else {
                    read(incoming, read.maxBytes(), Optional.of(read.kind()));
                }
            }
            case BodyUse.Form form -> readForm(incoming);
            case BodyUse.Streamed streamed ->
                throw new IllegalStateException("a body that streams is judged without it");
        }
    }

    /** @param kind empty where the body must be empty */
    private void read(Incoming incoming, int maxBytes, Optional<BodyUse.BodyKind> kind) {
        AtomicReference<Optional<Reply>> refusedByGate = new AtomicReference<>(Optional.empty());
        arrival.readBody(
                maxBytes,
                then -> askHead(incoming, refusal -> {
                    refusedByGate.set(refusal);
                    then.accept(refusal.map(reply -> ProblemException.Problem.internal()));
                }),
                body -> {
                    switch (body) {
                        case Arrival.Body.Complete complete ->
                            judge(
                                    incoming,
                                    () -> judged(
                                            incoming,
                                            kind.isEmpty()
                                                    ? ReadBody.UNREAD
                                                    : ReadBody.read(
                                                            kind.get(),
                                                            incoming.operation().orElseThrow(),
                                                            incoming.oss().headers(),
                                                            complete.bytes())),
                                    this::next);
                        case Arrival.Body.Refused refused -> {
                            Reply reply = Objects.requireNonNull(refusedByGate.get())
                                    .orElseGet(() -> kind.isEmpty()
                                            ? replies(incoming)
                                                    .refused(HeadCheck.refused(
                                                            "This request has no body; leave it out."))
                                            : replies(incoming).refused(refused.problem()));
                            arrival.tell(reply);
                            arrival.reply(reply, true);
                        }
                    }
                });
    }

    /** @param then gets the refusal of the head alone, if there is one */
    private void askHead(Incoming incoming, Consumer<Optional<Reply>> then) {
        ask(incoming, () -> parts.judge().refusalOfHead(incoming, arrival.now()), then);
    }

    private void ask(Incoming incoming, Question question, Consumer<Optional<Reply>> then) {
        arrival.compute(
                () -> refusal(incoming, question),
                problem -> Optional.of(replies(incoming).refused(problem)),
                then);
    }

    private Optional<Reply> refusal(Incoming incoming, Question question) {
        try {
            return question.ask()
                    .map(error -> replies(incoming)
                            .refused(error)
                            .about(AnswerFacts.refused(Optional.of(incoming.request()), error)));
        } catch (StoreUnavailable e) {
            return Optional.of(undecided(replies(incoming), e));
        }
    }

    private void readForm(Incoming incoming) {
        AtomicReference<Optional<Reply>> refusedByGate = new AtomicReference<>(Optional.empty());
        FormReader.read(
                arrival,
                parts.settings(),
                parts.disk(),
                head.headers().first("content-type").orElse(""),
                (form, then) ->
                        ask(incoming, () -> parts.judge().refusalOfForm(incoming, form, arrival.now()), refusal -> {
                            refusedByGate.set(refusal);
                            then.accept(refusal.map(reply -> FormPart.malformed("")));
                        }),
                (form, spool) -> judge(incoming, () -> judged(incoming, ReadBody.of(form)), step -> {
                    if (step instanceof Step.Judged(Verdict.Send send, Optional<Incoming> of)) {
                        arrival.tell(send.told());
                        delivery.pass(send, of, spool, Optional.empty());
                    } else {
                        spool.close();
                        next(step);
                    }
                }),
                refusal -> Delivery.say(
                        arrival,
                        Objects.requireNonNull(refusedByGate.get())
                                .orElseGet(() -> replies(incoming)
                                        .notKept(refusal)
                                        .about(AnswerFacts.refused(
                                                Optional.of(head), VerifyAnswer.AnswerError.of(refusal))))));
    }

    private static Step failed(OssReplies replies, ProblemException.Problem problem) {
        return new Step.Judged(new Verdict.Say(replies.refused(problem)), Optional.empty());
    }

    private Step decided(Supplier<OssReplies> replies, Work work) {
        try {
            return work.step();
        } catch (OssRefusal refusal) {
            return new Step.Judged(
                    new Verdict.Say(replies.get()
                            .refused(refusal)
                            .about(AnswerFacts.refused(Optional.of(head), VerifyAnswer.AnswerError.of(refusal)))),
                    Optional.empty());
        } catch (StoreUnavailable e) {
            return new Step.Judged(new Verdict.Say(undecided(replies.get(), e)), Optional.empty());
        }
    }

    private static Reply undecided(OssReplies replies, StoreUnavailable e) {
        if (e instanceof StoreUnavailable.ReadOnlyRegistry) {
            return replies.refused(
                            new OssRefusal(
                                    OssError.SERVICE_UNAVAILABLE,
                                    "This server only reads its registry, and the request would change it; ask another server."))
                    .about(AnswerFacts.undecided());
        }
        Outages.log(e);
        return replies.unavailable().about(AnswerFacts.undecided());
    }

    /** What is known of a request before its verdict. */
    private sealed interface Step {
        /** @param incoming empty where the request cannot be read */
        record Judged(Verdict verdict, Optional<Incoming> incoming) implements Step {}

        record NeedsBody(Incoming incoming, BodyUse use) implements Step {}
    }

    @FunctionalInterface
    private interface Work {
        Step step() throws OssRefusal, StoreUnavailable;
    }

    @FunctionalInterface
    private interface Question {
        Optional<VerifyAnswer.AnswerError> ask() throws StoreUnavailable;
    }
}
