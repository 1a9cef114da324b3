package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.Bucket;
import io.countersign.registry.LiteralKeys;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.Upload;
import io.countersign.registry.Upstream;
import java.time.Duration;

/** Checks that an upload fits its bucket and its role, which are of the same account. */
final class UploadCheck {
    /** The least bytes of each part but the last at a store that speaks S3 (docs.aws.amazon.com, "Amazon S3 multipart upload limits"). */
    private static final long S3_PART = 5L * 1024 * 1024;

    private static final Duration LONGEST_WITH_CALLBACK = Role.MAX_SESSION.minus(Upload.CALLBACK_TRANSFER);

    private UploadCheck() {}

    static void check(Manifest.ManifestAccount account, Manifest.ManifestUpload named) throws InvalidDocumentException {
        Upload upload = named.record();
        Bucket bucket = account.buckets().stream()
                .map(Manifest.ManifestBucket::record)
                .filter(known -> known.name().equals(upload.bucket()))
                .findFirst()
                .orElseThrow(() -> new InvalidDocumentException(
                        named.at(),
                        "the bucket " + upload.bucket() + " is no bucket of this account; add it to its buckets"));
        Manifest.ManifestRole role = account.roles().stream()
                .filter(known -> known.name().equals(upload.role()))
                .findFirst()
                .orElseThrow(() -> new InvalidDocumentException(
                        named.at(), "the role " + upload.role() + " is no role of this account; add it to its roles"));
        if (bucket.signer().isEmpty()) {
            throw new InvalidDocumentException(
                    named.at(),
                    "the bucket " + bucket.name() + " has no signer, and uploads are signed by it; give it one");
        }
        if (!role.faces().include(RoleFaces.Face.UPLOADS)) {
            throw new InvalidDocumentException(
                    named.at(),
                    "the faces of the role " + role.name()
                            + " do not include uploads, so that nobody could use this upload; add uploads to them");
        }
        subjects(account.id(), named, role);
        key(named, bucket);
        parts(named, bucket);
        callback(named, bucket);
    }

    /** As for policies: the subject alice of two providers is one person only when the operator says so. */
    private static void subjects(String accountId, Manifest.ManifestUpload named, Manifest.ManifestRole role)
            throws InvalidDocumentException {
        if (named.record().key().claims().contains("sub")
                && !role.sharedSubjects()
                && role.trust().providersOf(accountId) > 1) {
            throw new InvalidDocumentException(
                    named.at(),
                    "the key uses ${jwt:sub} and the role trusts several providers, so that one provider's users write"
                            + " what is another's; make a role for each provider, or add sharedSubjects: true to the role"
                            + " if one sub is one person at all of them");
        }
    }

    /** A key that ends in a variable may still be refused when it is filled: a claim may be "..", and an extension nothing. */
    private static void key(Manifest.ManifestUpload named, Bucket bucket) throws InvalidDocumentException {
        String filled = named.record().key().filled(claim -> "claim", variable -> "value");
        if (!bucket.upstream().map(store -> LiteralKeys.keeps(store, filled)).orElse(true)) {
            throw new InvalidDocumentException(
                    named.at(),
                    "the key of the upload is refused by the store port: " + LiteralKeys.RULE
                            + " Write another key, or flatNamespace: true into the upstream of a store that keeps such"
                            + " keys apart");
        }
    }

    private static void parts(Manifest.ManifestUpload named, Bucket bucket) throws InvalidDocumentException {
        boolean s3 = bucket.upstream()
                .map(Upstream::protocol)
                .filter(Upstream.Protocol.S3::equals)
                .isPresent();
        Upload upload = named.record();
        if (s3 && upload.kind() == Upload.Kind.MULTIPART && upload.partBytes() < S3_PART) {
            throw new InvalidDocumentException(
                    named.at(),
                    "the store behind the bucket speaks S3, where each part but the last has at least " + S3_PART
                            + " bytes; make partBytes that large");
        }
    }

    /** Callbacks are OSS's own; the store port forwards none. Their token is sealed under a token key, which opens no longer than the longest session. */
    private static void callback(Manifest.ManifestUpload named, Bucket bucket) throws InvalidDocumentException {
        if (named.record().callback() && bucket.upstream().isPresent()) {
            throw new InvalidDocumentException(
                    named.at(), "a bucket with a store behind it makes no callbacks; take callback out");
        }
        if (named.record().callback() && named.record().expiresIn().compareTo(LONGEST_WITH_CALLBACK) > 0) {
            throw new InvalidDocumentException(
                    named.at(),
                    "the token of a callback opens for " + Role.MAX_SESSION
                            + ", and is taken an hour after the end of what was signed; make expiresIn at most "
                            + LONGEST_WITH_CALLBACK + ", or take callback out");
        }
    }
}
