package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.gateway.server.ByteBudget;
import io.countersign.gateway.server.PortHandler;
import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.Outages;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.client.OutgoingAddresses;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.BodyUse;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.rebuild.UpstreamRequests;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.facts.AnswerFacts;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code serve --store-port}: an endpoint of OSS in front of the stores behind buckets. Each request is judged by the code of {@code /verify}, rebuilt from what was
 * judged, signed anew and streamed in both directions. Without an allowed decision nothing reaches a store.
 */
public final class StorePort implements PortHandler, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StorePort.class.getName());

    private final StoreJudge judge;
    private final UpstreamClients clients;
    private final UpstreamSettings settings;
    private final ByteBudget disk;
    private final PrivacyChecks privacy;
    private final DecisionSink decisions;

    /**
     * @param verifier the one of {@code /verify}
     * @param acls a writer to the store of the registry
     * @param uses over the same store
     * @param addresses where the names of stores may lead
     * @param buckets over the same store
     */
    public StorePort(
            KeyRegistry registry,
            Verifier verifier,
            UpstreamRequests upstream,
            AclWriter acls,
            UrlUses uses,
            UpstreamSettings settings,
            OutgoingAddresses addresses,
            RegistryBuckets buckets,
            DecisionSink decisions) {
        this.judge = new StoreJudge(registry, verifier, upstream, new AclChanges(acls, registry), uses, buckets);
        this.clients = new UpstreamClients(
                settings,
                new StoreAddresses(addresses, System::nanoTime),
                Runtime.getRuntime().availableProcessors());
        this.settings = settings;
        this.disk = new ByteBudget(settings.spoolBytes());
        this.privacy = new PrivacyChecks(
                new PrivacyProbe(clients, line -> LOG.log(System.Logger.Level.WARNING, line)), buckets);
        this.decisions = decisions;
    }

    /** Tells the operator of stores that others can read. */
    @Override
    public void opened(Vertx vertx) {
        privacy.opened(vertx);
    }

    /** Tells the operator the same of buckets that an apply has added or changed. */
    public void applied() {
        privacy.applied();
    }

    /** Closes the connections to the stores. */
    @Override
    public void close() {
        clients.close();
    }

    @Override
    public String face() {
        return DecisionRecord.STORE_FACE;
    }

    @Override
    public DecisionSink decisions() {
        return decisions;
    }

    @Override
    public Reply refusal(Arrival arrival, ProblemException.Problem problem) {
        return OssReplies.of(arrival).refused(problem);
    }

    @Override
    public void handle(Arrival arrival) {
        try {
            VerifyRequest head =
                    HeadCheck.read(arrival.head(), arrival.request().uri());
            new Handling(arrival, head).start();
        } catch (OssRefusal refusal) {
            say(arrival, OssReplies.of(arrival).refused(refusal));
        }
    }

    private static void say(Arrival arrival, Reply reply) {
        arrival.tell(reply);
        arrival.refuse(reply);
    }

    /** What is known of a request before its verdict. */
    private sealed interface Step {
        /** @param incoming empty where the request cannot be read */
        record Judged(Verdict verdict, Optional<Incoming> incoming) implements Step {}

        record NeedsBody(Incoming incoming, BodyUse use) implements Step {}
    }

    /** The way of one request to its verdict. */
    private final class Handling {
        private final Arrival arrival;
        private final VerifyRequest head;
        private final OssReplies plain;
        private final OptionalLong length;

        Handling(Arrival arrival, VerifyRequest head) throws OssRefusal {
            this.arrival = arrival;
            this.head = head;
            this.plain = OssReplies.of(arrival);
            this.length = length(head);
        }

        void start() {
            arrival.compute(this::begun, problem -> failed(plain, problem), this::next);
        }

        private Step begun() {
            return decided(() -> plain, () -> {
                Incoming incoming = judge.read(head, arrival.now());
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
                    judge.judge(incoming, body, bodyLength, replies(incoming), arrival.now()), Optional.of(incoming));
        }

        /** Judges on a worker or at once, and goes on. */
        private void judge(Incoming incoming, Work work, Consumer<Step> then) {
            arrival.compute(
                    () -> decided(() -> replies(incoming), work), problem -> failed(replies(incoming), problem), then);
        }

        private void next(Step step) {
            switch (step) {
                case Step.Judged(Verdict verdict, Optional<Incoming> incoming) -> carryOut(verdict, incoming);
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
                                say(arrival, refusal.get());
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
                                                                incoming.operation()
                                                                        .orElseThrow(),
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
            ask(incoming, () -> judge.refusalOfHead(incoming, arrival.now()), then);
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
                    settings,
                    disk,
                    head.headers().first("content-type").orElse(""),
                    (form, then) -> ask(incoming, () -> judge.refusalOfForm(incoming, form, arrival.now()), refusal -> {
                        refusedByGate.set(refusal);
                        then.accept(refusal.map(reply -> FormPart.malformed("")));
                    }),
                    (form, spool) -> judge(incoming, () -> judged(incoming, ReadBody.of(form)), step -> {
                        if (step instanceof Step.Judged(Verdict.Send send, Optional<Incoming> of)) {
                            arrival.tell(send.told());
                            pass(send, of, spool, Optional.empty());
                        } else {
                            spool.close();
                            next(step);
                        }
                    }),
                    refusal -> say(
                            arrival,
                            Objects.requireNonNull(refusedByGate.get())
                                    .orElseGet(() -> replies(incoming)
                                            .notKept(refusal)
                                            .about(AnswerFacts.refused(
                                                    Optional.of(head), VerifyAnswer.AnswerError.of(refusal))))));
        }

        private void carryOut(Verdict verdict, Optional<Incoming> incoming) {
            switch (verdict) {
                case Verdict.Say(Reply reply) -> say(arrival, reply);
                case Verdict.Send send -> {
                    arrival.tell(send.told());
                    if (send.request().body() instanceof UpstreamBody.Measured && length.isEmpty()) {
                        SpoolReader.read(
                                arrival,
                                settings,
                                disk,
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
        private void pass(Verdict.Send send, Optional<Incoming> incoming, Spool spool, Optional<PayloadHash> hash) {
            spool.content().onComplete(content -> {
                if (content.succeeded()) {
                    BodyStream body =
                            new BodyStream(content.result(), OptionalLong.of(spool.length()), hash, spool::close);
                    pass(send, incoming, Optional.of(body));
                } else {
                    spool.close();
                    Outages.log(content.cause());
                    arrival.refuse(send.replies().unavailable());
                }
            });
        }

        private void pass(Verdict.Send send, Optional<Incoming> incoming, Optional<BodyStream> body) {
            new Passage(
                            arrival,
                            send,
                            body,
                            clients,
                            settings,
                            incoming.map(Incoming::label).orElse("a request"))
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
    }

    @FunctionalInterface
    private interface Work {
        Step step() throws OssRefusal, StoreUnavailable;
    }

    @FunctionalInterface
    private interface Question {
        Optional<VerifyAnswer.AnswerError> ask() throws StoreUnavailable;
    }

    /** The length of the body by its framing; empty where it comes in chunks. */
    private static OptionalLong length(VerifyRequest head) throws OssRefusal {
        if (head.headers().has("transfer-encoding")) {
            return OptionalLong.empty();
        }
        String text = head.headers().first("content-length").orElse("0");
        try {
            long length = Long.parseLong(text);
            if (length >= 0) {
                return OptionalLong.of(length);
            }
        } catch (NumberFormatException e) {
            // Refused below. The decoder has refused what is no number already.
        }
        throw HeadCheck.refused("The Content-Length is not a number of bytes.");
    }
}
