package io.countersign.oss;

/**
 * One permission that an operation needs.
 *
 * @param action as policies name it, {@code oss:GetObject}
 * @param scope what it is needed on; for the source of a copy another bucket than the request's
 */
public record Right(String action, Scope scope) {}
