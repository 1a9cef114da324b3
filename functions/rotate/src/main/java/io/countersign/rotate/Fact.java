package io.countersign.rotate;

/**
 * Something that was done.
 *
 * @param subject the access key, token key or owner that it was done to
 */
public record Fact(FactType type, String subject) {}
