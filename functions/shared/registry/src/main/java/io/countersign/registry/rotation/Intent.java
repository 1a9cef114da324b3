package io.countersign.registry.rotation;

import java.time.Instant;

/**
 * That a key of an owner is about to be made elsewhere: a key that is found there afterwards and that nobody knows is one whose secret was lost on the way.
 *
 * @param since by the clock of whoever makes the key, to the second
 * @param by who is about to make it: tells two intents of one moment apart
 */
public record Intent(Instant since, String by) {}
