package io.countersign.verify.explain;

import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
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
                || Signatures.additional(failed.signed()).contains(name);
    }

    private static Variation without(Failed failed, List<String> names) {
        Headers headers = failed.request().headers();
        for (String name : names) {
            headers = headers.without(name);
        }
        boolean one = names.size() == 1;
        boolean additional = names.stream().noneMatch(name -> name.startsWith("x-oss-"));
        if (additional) {
            return failed.signed(failed.with(headers), AdditionalHeaders.added(names));
        }
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
