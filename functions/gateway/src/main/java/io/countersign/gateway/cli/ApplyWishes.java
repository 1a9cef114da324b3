package io.countersign.gateway.cli;

/**
 * What an operator asks of an apply besides the manifest.
 *
 * @param prune what the manifest no longer names is removed
 * @param replaceUnshown keys whose secrets were lost with an interrupted apply are deleted, and others made
 * @param json one document for programs, and never a secret in it
 */
record ApplyWishes(boolean prune, boolean replaceUnshown, boolean json) {
    static final ApplyWishes NONE = new ApplyWishes(false, false, false);
}
