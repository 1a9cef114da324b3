package io.countersign.upstream.rebuild;

import io.countersign.oss.CopySource;
import io.countersign.oss.Operation;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Upstream;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SigningKeys;
import io.countersign.upstream.Answerer;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreKeys;
import io.countersign.upstream.StoreObject;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import io.countersign.upstream.Translated;
import io.countersign.upstream.Translation;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.upstream.UpstreamSigner;
import io.countersign.upstream.oss.OssTranslation;
import io.countersign.upstream.oss.OssUpstreamSigner;
import io.countersign.upstream.s3.S3Translation;
import io.countersign.upstream.s3.S3UpstreamSigner;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Rebuilds what was judged, translates it and signs it anew. Nothing of the client's text goes on: neither its signature
 * and token, nor a parameter or header that the table does not name.
 */
public final class UpstreamRequests {
    private final KeyRegistry registry;
    private final OssUpstreamSigner ossSigner;
    private final S3UpstreamSigner s3Signer;

    /** @param signingKeys shared with everything else that signs or verifies with the registry's keys */
    public UpstreamRequests(KeyRegistry registry, SigningKeys signingKeys) {
        this.registry = registry;
        this.ossSigner = new OssUpstreamSigner(signingKeys);
        this.s3Signer = new S3UpstreamSigner(signingKeys);
    }

    /**
     * Returns the request to send.
     *
     * @param judged its bucket has an upstream, and {@link StoreTable} does not say that the registry answers it
     * @throws OssRefusal NotImplemented, InvalidArgument or InvalidObjectName, before anything is sent
     * @throws StoreUnavailable when the registry cannot be read, or has no key that signs for the bucket
     */
    public UpstreamRequest prepare(JudgedRequest judged, Instant now) throws OssRefusal, StoreUnavailable {
        Upstream upstream = judged.bucket()
                .upstream()
                .orElseThrow(() -> new IllegalArgumentException("the bucket has no store behind it"));
        StoreRow row = StoreTable.row(judged.operation(), upstream.protocol());
        requireStore(row);
        JudgedRequest admitted = new JudgedRequest(
                Admission.admitted(judged.oss(), row),
                judged.operation(),
                judged.bucket(),
                judged.body(),
                judged.contentLength(),
                judged.secure());
        Optional<Source> source = source(admitted, upstream, now);
        Optional<StoreObject> sourceObject = source.map(Source::object);
        Translation translation = translation(upstream);
        Translated translated = translation.request(admitted, row, upstream, sourceObject);
        if (translated.key().isPresent()) {
            StoreKeys.check(translated.key().get());
        }
        AccessKey key = key(judged.bucket(), upstream, now);
        Optional<Translated> question = translation.question(admitted, translated, sourceObject);
        if (question.isEmpty()) {
            return signed(translated, upstream, key, Optional.empty(), now);
        }
        Upstream asked = source.map(Source::upstream).orElse(upstream);
        UpstreamRequest first = signed(question.get(), asked, key, Optional.empty(), now);
        return signed(translated, upstream, key, Optional.of(first), now);
    }

    private AccessKey key(Bucket bucket, Upstream upstream, Instant now) throws StoreUnavailable {
        Optional<AccessKey> key = registry.upstreamKey(bucket, upstream, now);
        if (key.isEmpty()) {
            throw new StoreUnavailable("the signer of the store behind the bucket " + bucket.name()
                    + " has no active access key; rotate it, or import one");
        }
        return key.get();
    }

    private UpstreamRequest signed(
            Translated translated, Upstream upstream, AccessKey key, Optional<UpstreamRequest> question, Instant now)
            throws OssRefusal {
        return new UpstreamRequest(
                translated.method(),
                UpstreamRequest.endpoint(upstream),
                target(translated, upstream),
                signer(upstream).sign(translated, upstream, key, now),
                translated.body(),
                translated.answer(),
                question);
    }

    private static void requireStore(StoreRow row) throws OssRefusal {
        switch (row.answerer()) {
            case Answerer.Store store -> {}
            case Answerer.Registry registry ->
                throw new IllegalArgumentException(row.operation() + " is answered by the registry");
            case Answerer.Nobody nobody -> throw new OssRefusal(OssError.NOT_IMPLEMENTED, nobody.why());
        }
    }

    private static Translation translation(Upstream upstream) {
        return switch (upstream.protocol()) {
            case OSS -> new OssTranslation();
            case S3 -> new S3Translation();
        };
    }

    private UpstreamSigner signer(Upstream upstream) {
        return switch (upstream.protocol()) {
            case OSS -> ossSigner;
            case S3 -> s3Signer;
        };
    }

    private static String target(Translated translated, Upstream upstream) {
        StringBuilder target = new StringBuilder("/");
        if (upstream.pathStyle()) {
            target.append(upstream.bucket()).append('/');
        }
        translated.key().ifPresent(key -> PercentEncoding.encodePath(key, target));
        return translated.query().list().isEmpty()
                ? target.toString()
                : target.append('?').append(translated.query().encoded()).toString();
    }

    /** The source was judged as the client named it. A store copies within itself only. */
    private Optional<Source> source(JudgedRequest judged, Upstream upstream, Instant now)
            throws OssRefusal, StoreUnavailable {
        if (judged.operation() != Operation.COPY_OBJECT && judged.operation() != Operation.UPLOAD_PART_COPY) {
            return Optional.empty();
        }
        CopySource source = CopySource.of(judged.oss());
        StoreKeys.check(source.object().key());
        String name = source.object().bucket();
        Optional<Upstream> from = name.equals(judged.bucket().name())
                ? Optional.of(upstream)
                : registry.load(new Facts.Query(Optional.empty(), Set.of(name), Optional.empty()), now)
                        .bucket(name)
                        .filter(bucket ->
                                bucket.accountId().equals(judged.bucket().accountId()))
                        .flatMap(Bucket::upstream);
        if (from.isEmpty() || !isOneStore(from.get(), upstream)) {
            throw new OssRefusal(
                    OssError.NOT_IMPLEMENTED,
                    "The source of the copy is not in the same store behind, so that the store cannot copy it;"
                            + " download it and upload it.");
        }
        StoreKeys.checkKept(source.object().key(), from.get());
        return Optional.of(new Source(
                from.get(), new StoreObject(from.get().bucket(), source.object().key(), source.version())));
    }

    /** @param upstream of the object's bucket, which is in the store that copies it */
    private record Source(Upstream upstream, StoreObject object) {}

    private static boolean isOneStore(Upstream one, Upstream other) {
        return one.protocol() == other.protocol()
                && one.endpoint().equals(other.endpoint())
                && one.signer().equals(other.signer());
    }
}
