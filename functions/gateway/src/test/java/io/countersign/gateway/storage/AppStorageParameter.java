package io.countersign.gateway.storage;

/** Provides one {@link AppStorage} for all end-to-end tests of a run. */
final class AppStorageParameter extends SharedParameter<AppStorage> {
    AppStorageParameter() {
        super(AppStorage.class, AppStorage::start);
    }
}
