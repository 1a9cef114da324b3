package io.countersign.policy;

/**
 * One step of a decision.
 *
 * @param step which step, as {@code bucket-policy}
 * @param detail a sentence for people; names the statement or ACL, never a secret
 */
public record TraceStep(String step, Outcome outcome, String detail) {}
