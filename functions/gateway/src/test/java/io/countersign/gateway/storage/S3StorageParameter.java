package io.countersign.gateway.storage;

/** Provides one {@link S3Storage} for all tests of a run. */
final class S3StorageParameter extends SharedParameter<S3Storage> {
    S3StorageParameter() {
        super(S3Storage.class, S3Storage::start);
    }
}
