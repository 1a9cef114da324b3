package io.countersign.verify.explain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Self-signed mode: a string to sign that a backend took from a form without its being encoded, so that each plus became a space (protocol.md 11, trouble 5). */
record FormDecodedContent() implements NearMiss {
    private static final Cause CAUSE = new Cause(
            "ContentDecodedAsForm",
            "The string to sign was changed on its way to the backend that signed it: it was posted as a form and decoded (each + became a space); post it as text/plain or as JSON, and sign its bytes as they come.");

    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>(2);
        variations.addAll(Texts.v1(failed, CAUSE, text -> text.replace('+', ' ')));
        variations.addAll(Texts.v1(failed, CAUSE, FormDecodedContent::decoded));
        return variations;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
