package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.List;

/** Another last line of V4's canonical request than x-oss-content-sha256 says (protocol.md 3). */
record PayloadLine() implements NearMiss {
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>(3);
        for (String last : List.of(UNSIGNED, OF_NOTHING, "")) {
            variations.addAll(Texts.v4(
                    failed,
                    new Cause(
                            "Payload",
                            "The last line of the signed canonical request is " + Quoted.of(last)
                                    + ", which is not what x-oss-content-sha256 says (" + UNSIGNED
                                    + " in a URL); write the same in both."),
                    lines -> {
                        lines.set(lines.size() - 1, last);
                        return lines;
                    }));
        }
        return variations;
    }
}
