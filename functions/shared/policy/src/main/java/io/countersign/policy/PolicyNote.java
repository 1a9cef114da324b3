package io.countersign.policy;

import io.countersign.json.Value;

/**
 * A finding about a place in a document: a form that was read as another, or a part that never has an effect here.
 *
 * @param text a sentence without a full stop, with the correction where there is one
 */
public record PolicyNote(Value.Location at, String text) {}
