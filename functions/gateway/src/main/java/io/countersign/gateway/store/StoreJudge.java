package io.countersign.gateway.store;

import io.countersign.http.Reply;
import io.countersign.oss.Headers;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.Answerer;
import io.countersign.upstream.BodyUse;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.upstream.rebuild.Admission;
import io.countersign.upstream.rebuild.UpstreamRequests;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.facts.AnswerFacts;
import io.countersign.verify.facts.CorsHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Decides on requests of the store port by the code of {@code /verify}, and prepares what goes to the store. It may wait for the registry. */
final class StoreJudge {
    /** The registry has the ACLs. */
    private static final Set<String> OF_THE_REGISTRY = Set.of("x-oss-acl", "x-oss-object-acl");
    /** Of a body that was read and is written anew. */
    private static final Set<String> OF_THE_BODY = Set.of("content-md5", PayloadHash.HEADER);

    private static final BodyUse NO_BODY = new BodyUse.Ignored();

    private final KeyRegistry registry;
    private final Verifier verifier;
    private final UpstreamRequests upstream;
    private final AclChanges acls;
    private final UrlUses uses;
    private final AclOperations answers;
    private final ServiceOperations ofService;

    StoreJudge(
            KeyRegistry registry,
            Verifier verifier,
            UpstreamRequests upstream,
            AclChanges acls,
            UrlUses uses,
            RegistryBuckets buckets) {
        this.registry = registry;
        this.verifier = verifier;
        this.upstream = upstream;
        this.acls = acls;
        this.uses = uses;
        this.answers = new AclOperations(registry, acls, upstream);
        this.ofService = new ServiceOperations(buckets);
    }

    /**
     * Finds out what a request is about. Nothing is decided yet.
     *
     * @throws OssRefusal when the URL cannot be read
     */
    Incoming read(VerifyRequest request, Instant now) throws OssRefusal, StoreUnavailable {
        OssRequest oss = verifier.read(request, now);
        Optional<String> name = oss.target().bucketName();
        Optional<Bucket> bucket = name.isEmpty()
                ? Optional.empty()
                : registry.load(new Facts.Query(Optional.empty(), Set.of(name.get()), Optional.empty()), now)
                        .bucket(name.get());
        return new Incoming(request, oss, Operations.of(oss), bucket);
    }

    /**
     * Refuses a request by its head alone, before more of its body is read. A refusal of access does not count, because the body may narrow what the request does.
     *
     * @return empty when the body is worth reading
     */
    Optional<VerifyAnswer.AnswerError> refusalOfHead(Incoming incoming, Instant now) throws StoreUnavailable {
        return verifier.verify(incoming.request(), incoming.oss(), now)
                .error()
                .filter(error -> !error.code().equals(OssError.ACCESS_DENIED.code()));
    }

    /**
     * Refuses a form before more of its file is read than fits in memory.
     *
     * @param form with the length of what has come of the file, which may be too short yet
     */
    Optional<VerifyAnswer.AnswerError> refusalOfForm(Incoming incoming, FormUpload form, Instant now)
            throws StoreUnavailable {
        VerifyRequest request = ReadBody.of(form).in(incoming.request());
        return verifier.verify(request, incoming.oss(), now)
                .error()
                .filter(error -> !error.code().equals(OssError.ENTITY_TOO_SMALL.code()));
    }

    /**
     * Decides.
     *
     * @param length of a streamed body; empty where it comes in chunks
     * @param replies with what lets a page read them
     */
    Verdict judge(Incoming incoming, ReadBody body, OptionalLong length, OssReplies replies, Instant now)
            throws StoreUnavailable {
        VerifyRequest request = body.in(incoming.request());
        VerifyAnswer answer = verifier.verify(request, incoming.oss(), now);
        AnswerFacts facts = AnswerFacts.of(request, answer);
        if (answer.error().isPresent()) {
            return refused(request, answer, replies);
        }
        if (answer.cors().isPresent()) {
            return new Verdict.Say(
                    replies.with(CorsHeaders.of(answer.cors().get())).empty(200).about(facts));
        }
        try {
            Ready ready = ready(
                    incoming, body, length, answer, new Told(Reply.empty(200).about(facts), replies), now);
            VerifyAnswer last = uses.spend(answer, now);
            return last.error().isPresent() ? refused(request, last, replies) : ready.carryOut();
        } catch (OssRefusal refusal) {
            return new Verdict.Say(replies.refused(refusal).about(facts));
        }
    }

    /** An allowed request that nothing refuses any more. A URL that is good once is used up before it is carried out, so that neither a used URL nor one that is still good has changed anything. */
    @FunctionalInterface
    interface Ready {
        /** Changes what the registry has to change before the answer. Called at most once. */
        Verdict carryOut() throws StoreUnavailable;
    }

    private static Verdict refused(VerifyRequest request, VerifyAnswer answer, OssReplies replies) {
        return new Verdict.Say(replies.refused(answer.error().orElseThrow()).about(AnswerFacts.of(request, answer)));
    }

    /** The decision that is told, and the replies to an allowed request. */
    record Told(Reply decision, OssReplies replies) {
        Verdict say(Reply reply) {
            return new Verdict.Say(reply.about(decision.facts()));
        }

        Verdict send(UpstreamRequest request, Verdict.AfterAnswer after) {
            return new Verdict.Send(request, decision, after, replies);
        }
    }

    private Ready ready(
            Incoming incoming, ReadBody body, OptionalLong length, VerifyAnswer answer, Told told, Instant now)
            throws OssRefusal, StoreUnavailable {
        Operation operation = incoming.operation().orElseThrow(() -> Operations.none(incoming.oss()));
        if (incoming.oss().target() instanceof Target.Service) {
            return ofService.answer(operation, incoming.oss(), answer, told, now);
        }
        Bucket bucket = incoming.bucket().orElseThrow(() -> new OssRefusal(OssError.NO_SUCH_BUCKET));
        if (bucket.upstream().isEmpty()) {
            throw new OssRefusal(
                    OssError.NOT_IMPLEMENTED,
                    "The bucket has no store behind it here; send the request to the bucket's own endpoint, or give it an upstream in the manifest.");
        }
        StoreRow row = StoreTable.row(operation, bucket.upstream().get().protocol());
        return switch (row.answerer()) {
            case Answerer.Nobody nobody -> throw new OssRefusal(OssError.NOT_IMPLEMENTED, nobody.why());
            case Answerer.Registry here ->
                answers.answer(
                        operation, Admission.admitted(incoming.oss(), row), bucket, answer.obligations(), told, now);
            case Answerer.Store there ->
                toStore(judged(incoming, operation, bucket, body, length), answer, body.form(), told, now);
        };
    }

    private Ready toStore(JudgedRequest judged, VerifyAnswer answer, Optional<FormUpload> form, Told told, Instant now)
            throws OssRefusal, StoreUnavailable {
        if (judged.operation() == Operation.INITIATE_MULTIPART_UPLOAD
                && !answer.obligations().isEmpty()) {
            throw new OssRefusal(
                    OssError.NOT_IMPLEMENTED,
                    "Nobody keeps an ACL until the upload is complete; send x-oss-object-acl with CompleteMultipartUpload instead.");
        }
        UpstreamRequest request = upstream.prepare(judged, now);
        List<VerifyAnswer.Obligation.SetObjectAcl> changes = AclChanges.of(answer.obligations());
        return () -> {
            List<VerifyAnswer.Obligation.SetObjectAcl> left = acls.before(changes, now);
            if (left.isEmpty() && form.isEmpty()) {
                return told.send(request, Verdict.AfterAnswer.NOTHING);
            }
            return told.send(request, (head, then) -> {
                if (!isSuccess(head.status())) {
                    return Optional.empty();
                }
                acls.after(left, then);
                return form.map(stored -> stored.stored(head, judged, told.replies()));
            });
        };
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static JudgedRequest judged(
            Incoming incoming, Operation operation, Bucket bucket, ReadBody body, OptionalLong length)
            throws OssRefusal {
        if (body.form().isPresent()) {
            return body.form().get().judged(incoming.oss(), bucket, incoming.isSecure());
        }
        boolean read = body.written().isPresent();
        Headers headers = new Headers(incoming.oss().headers().fields().stream()
                .filter(field -> !Headers.isOfConnection(field.name())
                        && !OF_THE_REGISTRY.contains(field.name())
                        && !(read && OF_THE_BODY.contains(field.name())))
                .toList());
        OssRequest oss = incoming.oss();
        return new JudgedRequest(
                new OssRequest(oss.method(), oss.address(), oss.query(), headers),
                operation,
                bucket,
                body.written(),
                length,
                incoming.isSecure());
    }

    /** A form is judged as the upload that it stands for, so one cannot be judged where there is no store for it. */
    static void requireStoreOfForm(Incoming incoming) throws OssRefusal {
        if (incoming.operation().equals(Optional.of(Operation.POST_OBJECT))
                && !(incoming.bodyUse().orElse(NO_BODY) instanceof BodyUse.Form)) {
            throw incoming.bucket().isEmpty()
                    ? new OssRefusal(OssError.NO_SUCH_BUCKET)
                    : new OssRefusal(
                            OssError.NOT_IMPLEMENTED, "Forms are not taken for this bucket; upload with PutObject.");
        }
    }
}
