package io.countersign.presign.uploads;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.LazyBody;
import io.countersign.http.LongWork;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.delegation.NotedFacts;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.presign.ObjectUrl;
import io.countersign.presign.callbacks.CallbackParameters;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Upload;
import io.countersign.registry.manifest.UpstreamRule;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.upstream.xml.PartList;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /uploads/NAME} and the paths below it: uploads that the manifest describes (docs/uploads.md). A caller is authenticated by a bearer JWT and assumes the role of the upload,
 * which must allow oss:PutObject on the key that the manifest fills. Key, type and size are held by what is signed; the size of a multipart upload is held when it is
 * completed, which only Countersign does.
 */
public final class UploadsFunction {
    /** The most parts that one call of Companion's {@code batch} signs. */
    static final int MAX_BATCH = 1_000;

    private static final ReadAhead TOKEN_KEYS = ReadAhead.of(new ReadAhead.Hint.OfTokenKeys());

    private final UploadCallers callers;
    private final KeyRegistry registry;
    private final UploadSigner signer;
    private final UploadTickets tickets;
    private final MultipartUploads multipart;
    private final UploadCallbacks callbacks;
    private final SecureRandom random;

    /**
     * What the uploads of a process share with its other endpoints.
     *
     * @param limits of this process, which everything that signs for callers shares
     * @param signingKeys a cache that all signers and verifiers of the registry's keys share
     * @param storages which storages may be asked
     * @param longWork is told before the storage is asked, and before many parts are signed
     * @param random draws ids and nonces
     */
    public record Shared(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SigningKeys signingKeys,
            SubjectLimits limits,
            CallbackParameters callbacks,
            UpstreamRule storages,
            LongWork longWork,
            SecureRandom random) {}

    public UploadsFunction(Shared shared) {
        this(shared, new StorageClient(shared.signingKeys(), shared.storages()));
    }

    UploadsFunction(Shared shared, StorageClient storage) {
        this.registry = shared.registry();
        this.callers = new UploadCallers(shared.authenticator(), registry);
        this.signer = new UploadSigner(registry, shared.signingKeys(), shared.limits(), shared.random());
        this.tickets = new UploadTickets(registry, shared.random());
        this.multipart = new MultipartUploads(registry, signer, tickets, storage, shared.longWork());
        this.callbacks = new UploadCallbacks(shared.callbacks());
        this.random = shared.random();
    }

    /**
     * Answers a call, or refuses it with a problem that says what to change.
     *
     * @param now the present, from which the expiry of what is signed counts
     */
    public Reply handle(Call call, Instant now) {
        NotedFacts noted = new NotedFacts();
        return answer(call, noted, now).about(noted.facts());
    }

    /**
     * Returns why the server must not read more than {@link RequestLimits#BODY} bytes of a call's body: only a list of parts may be larger, and the token is checked before.
     *
     * @param head the call without its body
     */
    public Optional<ProblemException.Problem> refusal(Call head, Instant now) {
        try {
            UploadPath path = path(head);
            if (!(path instanceof UploadPath.CompleteListed)) {
                return Optional.of(ProblemException.Problem.bodyTooLarge(RequestLimits.BODY));
            }
            callers.admit(head, path.name(), ReadAhead.NOTHING, now);
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(refused.problem());
        } catch (StoreUnavailable e) {
            return Optional.of(ProblemException.Problem.unavailable(e));
        }
    }

    private Reply answer(Call call, NotedFacts noted, Instant now) {
        try {
            UploadPath path = path(call);
            int maxBody = path instanceof UploadPath.CompleteListed ? RequestLimits.PRESIGN_BODY : RequestLimits.BODY;
            RequestLimits.check(call, maxBody, path.methods().toArray(String[]::new));
            return switch (path) {
                case UploadPath.Begin begin -> begin(call, begin.name(), noted, now);
                case UploadPath.Params params -> params(call, params.name(), noted, now);
                case UploadPath.Create create -> create(call, create.name(), noted, now);
                case UploadPath.OfMultipart of -> ofMultipart(call, of, noted, now);
            };
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (SigningRefusal refusal) {
            noted.refused(refusal);
            return refusal.problem("The upload was not signed").reply();
        } catch (StorageFault fault) {
            return fault.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private static UploadPath path(Call call) throws ProblemException {
        return UploadPath.of(call.path()).orElseThrow(() -> new ProblemException(ProblemException.Problem.notFound()));
    }

    private Reply begin(Call call, String name, NotedFacts noted, Instant now)
            throws ProblemException, SigningRefusal, StoreUnavailable, StorageFault {
        LazyBody<UploadRequest> body = new LazyBody<>(() -> JsonBody.read(call, UploadRequest::read));
        UploadCallers.Admitted admitted = admit(call, name, ReadAhead.NOTHING, noted, now);
        UploadRequest file = body.get();
        Upload upload = admitted.upload();
        requireFits(upload, file);
        NewObject object = NewObject.of(upload, file, admitted.bearer().claims(), random, now);
        UploadSigner.Writing writing = new UploadSigner.Writing(admitted, object.key(), noted);
        return switch (upload.kind()) {
            case PUT ->
                UploadAnswers.put(
                        upload, object.key(), signer.put(writing, file, callbacks.of(writing, object, now), now));
            case FORM ->
                UploadAnswers.form(
                        upload,
                        object.key(),
                        signer.form(writing, file, callbacks.of(writing, object, now), Optional.empty(), now));
            case MULTIPART -> {
                callbacks.require(upload);
                yield UploadAnswers.multipart(call, upload, multipart.begin(writing, object, file, now));
            }
        };
    }

    private Reply params(Call call, String name, NotedFacts noted, Instant now)
            throws ProblemException, SigningRefusal, StoreUnavailable {
        UploadCallers.Admitted admitted = admit(call, name, ReadAhead.NOTHING, noted, now);
        UploadRequest file = UploadQuery.of(call, "filename", "type").file();
        requireType(admitted.upload(), file);
        NewObject object =
                NewObject.of(admitted.upload(), file, admitted.bearer().claims(), random, now);
        UploadSigner.Writing writing = new UploadSigner.Writing(admitted, object.key(), noted);
        // Companion's own status, by which old plugins find the location.
        return UploadAnswers.params(
                signer.form(writing, file, callbacks.of(writing, object, now), Optional.of("201"), now), now);
    }

    private Reply create(Call call, String name, NotedFacts noted, Instant now)
            throws ProblemException, SigningRefusal, StoreUnavailable, StorageFault {
        LazyBody<UploadRequest> body = new LazyBody<>(() -> JsonBody.read(call, UploadRequest::ofCompanion));
        UploadCallers.Admitted admitted = admit(call, name, TOKEN_KEYS, noted, now);
        UploadRequest file = body.get();
        if (admitted.upload().kind() != Upload.Kind.MULTIPART) {
            throw UploadRefusal.notMultipart();
        }
        requireType(admitted.upload(), file);
        callbacks.require(admitted.upload());
        NewObject object =
                NewObject.of(admitted.upload(), file, admitted.bearer().claims(), random, now);
        UploadSigner.Writing writing = new UploadSigner.Writing(admitted, object.key(), noted);
        return UploadAnswers.created(multipart.begin(writing, object, file, now));
    }

    private Reply ofMultipart(Call call, UploadPath.OfMultipart path, NotedFacts noted, Instant now)
            throws ProblemException, SigningRefusal, StoreUnavailable, StorageFault {
        UploadCallers.Admitted admitted = admit(call, path.name(), TOKEN_KEYS, noted, now);
        UploadQuery query = UploadQuery.of(call, "key", "partNumbers");
        UploadTicket ticket = tickets.open(path.uploadId(), admitted, query.key(), now);
        UploadSigner.Writing writing =
                new UploadSigner.Writing(admitted, ticket.upload().key(), noted);
        MultipartUploads.Opened opened = new MultipartUploads.Opened(writing, ticket, signer.permitParts(writing, now));
        return switch (path) {
            case UploadPath.Parts parts -> partsOrAbort(call, ticket, now);
            case UploadPath.Part part ->
                UploadAnswers.part(
                        ticket,
                        Optional.ofNullable(multipart
                                        .sign(opened, List.of(part.number()), now)
                                        .get(part.number()))
                                .orElseThrow(),
                        now);
            case UploadPath.Batch batch ->
                UploadAnswers.batch(multipart.sign(opened, query.partNumbers(MAX_BATCH), now));
            case UploadPath.CompleteListed listed -> {
                List<PartList.Part> parts = JsonBody.read(call, CompletedParts::read);
                multipart.complete(ticket, parts, callbacks.of(admitted.upload(), ticket.upload(), now), now);
                yield UploadAnswers.completed(ticket, location(ticket, now));
            }
            case UploadPath.Complete complete ->
                UploadAnswers.completed(
                        ticket,
                        multipart.complete(
                                ticket, List.of(), callbacks.of(admitted.upload(), ticket.upload(), now), now));
            case UploadPath.Abort abort -> {
                multipart.abort(ticket, now);
                yield UploadAnswers.nothing();
            }
        };
    }

    private Reply partsOrAbort(Call call, UploadTicket ticket, Instant now) throws StoreUnavailable, StorageFault {
        if (call.method().equals("GET")) {
            return UploadAnswers.parts(multipart.list(ticket, now));
        }
        multipart.abort(ticket, now);
        return UploadAnswers.nothing();
    }

    private Optional<String> location(UploadTicket ticket, Instant now) throws StoreUnavailable {
        return registry.load(
                        new Facts.Query(Optional.empty(), Set.of(ticket.upload().bucket()), Optional.empty()), now)
                .bucket(ticket.upload().bucket())
                .flatMap(bucket -> ObjectUrl.of(bucket, ticket.upload().key()));
    }

    private UploadCallers.Admitted admit(Call call, String name, ReadAhead later, NotedFacts noted, Instant now)
            throws ProblemException, StoreUnavailable {
        UploadCallers.Admitted admitted = callers.admit(call, name, later, now);
        noted.caller(admitted.bearer().caller());
        return admitted;
    }

    private static void requireFits(Upload upload, UploadRequest file) throws ProblemException {
        requireType(upload, file);
        long size = file.size().orElseThrow();
        if (size < 1 || size > upload.maxBytes()) {
            throw UploadRefusal.size(upload);
        }
        if (file.contentMd5().isPresent() && upload.kind() != Upload.Kind.PUT) {
            throw UploadRefusal.md5NotPut();
        }
    }

    private static void requireType(Upload upload, UploadRequest file) throws ProblemException {
        if (!upload.contentTypes().contains(file.contentType())) {
            throw UploadRefusal.type(upload);
        }
    }
}
