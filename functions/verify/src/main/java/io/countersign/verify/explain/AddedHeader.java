package io.countersign.verify.explain;

import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import io.countersign.signing.Presented;
import java.util.List;

/** A header that is signed wherever it is sent, and was added after signing (protocol.md 1.1, 3). */
record AddedHeader() implements NearMiss {
    @Override
    public List<Variation> of(Failed failed) {
        List<String> names = failed.request().headers().fields().stream()
                .map(HeaderField::name)
                .filter(name -> isSigned(failed, name))
                .toList();
        return Subsets.of(names, "x-oss-callback").stream()
                .map(some -> without(failed, some))
                .toList();
    }

    /** The token has a sentence of its own. */
    private static boolean isSigned(Failed failed, String name) {
        return name.startsWith("x-oss-") && !name.equals("x-oss-security-token")
                || additional(failed.signed()).contains(name);
    }

    private static List<String> additional(Presented.Signed signed) {
        return switch (signed) {
            case Presented.V2Header v2 -> v2.additionalHeaders();
            case Presented.V2Url v2 -> v2.additionalHeaders();
            case Presented.V4Header v4 -> v4.additionalHeaders();
            case Presented.V4Url v4 -> v4.additionalHeaders();
            case Presented.V1Header v1 -> List.of();
            case Presented.V1Url v1 -> List.of();
        };
    }

    private static Variation without(Failed failed, List<String> names) {
        Headers headers = failed.request().headers();
        for (String name : names) {
            headers = headers.without(name);
        }
        boolean one = names.size() == 1;
        return failed.signed(
                failed.with(headers),
                new Cause(
                        "HeaderNotSigned",
                        (one ? "The header " : "The headers ")
                                + Subsets.listed(names)
                                + (one ? " was" : " were")
                                + " sent but not signed; every x-oss-* header that is sent is part of what is signed, so sign with "
                                + (one ? "it" : "them") + " or leave " + (one ? "it" : "them") + " out."));
    }
}
