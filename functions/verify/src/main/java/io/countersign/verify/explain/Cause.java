package io.countersign.verify.explain;

/**
 * Why a request was refused.
 *
 * @param code a word for programs: {@code ContentType}, {@code ClockSkew}
 * @param sentence what happened and what to do next; it holds no secret, no security token and no signature
 */
public record Cause(String code, String sentence) {}
