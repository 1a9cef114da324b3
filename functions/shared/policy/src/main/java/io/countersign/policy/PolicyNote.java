package io.countersign.policy;

import io.countersign.json.Value;

/**
 * What the author of a document should know of a place in it: a form that was taken for another, or something that will never do anything here.
 *
 * @param text a sentence without a full stop, that says what to write instead where there is something
 */
public record PolicyNote(Value.Location at, String text) {}
