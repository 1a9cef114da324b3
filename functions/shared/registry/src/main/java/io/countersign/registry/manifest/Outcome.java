package io.countersign.registry.manifest;

/** What becomes of one thing when a manifest is applied. */
enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    REMOVED,
    REPORTED
}
