package io.countersign.verify.explain;

import java.util.Optional;

/**
 * Why a request was refused.
 *
 * @param code a word for programs: {@code ContentType}, {@code ClockSkew}
 * @param sentence what happened and what to do next; it holds no secret, no security token and no signature
 * @param page the official page about it, where there is one
 */
public record Cause(String code, String sentence, Optional<String> page) {
    /** One that no page speaks of. */
    public Cause(String code, String sentence) {
        this(code, sentence, Optional.empty());
    }
}
