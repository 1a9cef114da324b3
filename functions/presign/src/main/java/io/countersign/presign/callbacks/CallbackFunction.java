package io.countersign.presign.callbacks;

import io.countersign.http.Call;
import io.countersign.http.DecisionFacts;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.JwksFetcher;
import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code POST /callbacks/oss}: OSS calls it when an upload with a callback is stored. Each upload gives one event, {@code ObjectUploaded}, however often its callback is sent.
 *
 * <p>Two checks must pass, each of which alone is too weak. OSS's signature proves that OSS sent this body, but OSS sends for any bucket whatever body the uploader names, and its key is short
 * ({@link CallbackSignature}). The token proves that Countersign has allowed this upload of this object to this user, but the uploader reads it. Together they prove that the user who may
 * upload this object has had OSS report it: a user can have a wrong size, ETag or type reported for an own upload, through a bucket of its own, and nothing for another's. The token is opened
 * first, so that only holders of one make this server read a key.
 */
public final class CallbackFunction {
    /** Reads a file of gosspublic.alicdn.com. */
    @FunctionalInterface
    public interface KeyFetcher {
        /** @throws IOException when it cannot be read */
        byte[] fetch(URI uri) throws IOException;

        /** Returns the one of every server: it asks that host itself, within the bounds of {@link JwksFetcher.HttpJwksFetcher}. */
        static KeyFetcher ofOss() {
            return new JwksFetcher.HttpJwksFetcher()::fetch;
        }
    }

    private static final String FORGED = "The call is not one of OSS";

    private final CallbackParameters parameters;
    private final CallbackKeys keys;
    private final UploadEvents events;

    /**
     * @param parameters as of the uploads that are called back about
     * @param store the store of their registry, which keeps the event until it is sent
     * @param fetcher reads OSS's keys; its bounds of time and size are the caller's to keep
     */
    public CallbackFunction(CallbackParameters parameters, RegistryStore store, KeyFetcher fetcher) {
        this.parameters = parameters;
        this.keys = new CallbackKeys(fetcher);
        this.events = new UploadEvents(store);
    }

    /**
     * Answers OSS, which hands the answer to the uploader: {@code {"Status":"OK"} }, or a problem.
     *
     * @param now the present, at which the token is checked
     */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            String path = parameters.path().orElseThrow(CallbackFunction::notConfigured);
            Signed signed = Signed.of(call);
            CallbackBody body = CallbackBody.read(call);
            AllowedUpload upload = opened(body, now);
            return told(call, path, signed, body, upload, now).about(new Facts(upload));
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private Reply told(Call call, String path, Signed signed, CallbackBody body, AllowedUpload upload, Instant now)
            throws StoreUnavailable {
        try {
            requireSame(upload, body);
            PublicKey key = keys.at(signed.keyPath(), now);
            if (!CallbackSignature.matches(key, path, call.body().toArray(), signed.signature())) {
                throw new ProblemException(
                        new ProblemException.Problem(
                                403,
                                "CallbackSignatureInvalid",
                                FORGED,
                                "OSS has not signed this body for this URL; compare countersign.callbacks.url with the URL that reaches this server."));
            }
            events.tell(upload, body, now);
            return Reply.json(200, json -> json.put("Status", "OK"));
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (IOException e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private AllowedUpload opened(CallbackBody body, Instant now) throws ProblemException, StoreUnavailable {
        Optional<byte[]> content = parameters.opened(body.token(), now);
        if (content.isEmpty()) {
            throw invalidToken("The token in the body is not one of this server.");
        }
        try {
            AllowedUpload upload = AllowedUpload.read(content.get());
            if (!now.isBefore(upload.until())) {
                throw invalidToken("The token in the body has expired; ask for another upload.");
            }
            return upload;
        } catch (InvalidDocumentException e) {
            throw invalidToken("The token in the body is of another version of this server; ask for another upload.");
        }
    }

    private static void requireSame(AllowedUpload upload, CallbackBody body) throws ProblemException {
        if (!upload.bucket().equals(body.bucket()) || !upload.key().equals(body.object())) {
            throw mismatch("The object is not the one that was to be uploaded.");
        }
        if (body.size() > upload.maxBytes()) {
            throw mismatch("The object is larger than this upload may be.");
        }
    }

    private static ProblemException notConfigured() {
        return new ProblemException(new ProblemException.Problem(
                403,
                "CallbacksNotConfigured",
                "This server has no callbacks",
                "The operator sets countersign.callbacks.url to the URL at which OSS reaches this server."));
    }

    private static ProblemException invalidToken(String detail) {
        return new ProblemException(
                new ProblemException.Problem(403, "CallbackTokenInvalid", "The upload is not known", detail));
    }

    private static ProblemException mismatch(String detail) {
        return new ProblemException(
                new ProblemException.Problem(403, "CallbackMismatch", "The upload is another one", detail));
    }

    /** What OSS's headers say, not yet verified. */
    private record Signed(String keyPath, byte[] signature) {
        static Signed of(Call call) throws ProblemException {
            if (call.rawQuery().isPresent()) {
                throw invalid("The URL of callbacks has no query.");
            }
            Optional<String> path = call.onlyHeader("x-oss-pub-key-url").flatMap(CallbackKeys::path);
            Optional<byte[]> signature = call.onlyHeader("Authorization").flatMap(Signed::decoded);
            return new Signed(
                    path.orElseThrow(
                            () -> invalid(
                                    "Expected one header x-oss-pub-key-url, Base64 of the URL of a .pem file at gosspublic.alicdn.com.")),
                    signature.orElseThrow(() -> invalid("Expected one header Authorization, a signature in Base64.")));
        }

        private static Optional<byte[]> decoded(String text) {
            try {
                return Optional.of(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static ProblemException invalid(String detail) {
            return new ProblemException(new ProblemException.Problem(400, "InvalidCallback", FORGED, detail));
        }
    }

    /** The upload of a valid token. */
    private record Facts(AllowedUpload upload) implements DecisionFacts {
        @Override
        public Optional<String> subject() {
            return Optional.of(upload.subject());
        }

        @Override
        public Optional<String> resource() {
            return Optional.of("acs:oss:*:" + upload.accountId() + ":" + upload.bucket() + "/" + upload.key());
        }
    }
}
