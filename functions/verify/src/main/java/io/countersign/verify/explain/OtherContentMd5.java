package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.List;

/** A Content-MD5 that was added, or lost, after signing. */
record OtherContentMd5() implements NearMiss {
    private static final String NAME = "content-md5";
    private static final String OF_NOTHING = "1B2M2Y8AsgTpgAmY7PhCfg==";

    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>(2);
        if (failed.request().headers().has(NAME)) {
            variations.add(
                    failed.signed(
                            failed.withHeader(NAME, ""),
                            new Cause(
                                    "ContentMd5",
                                    "It was signed without the Content-MD5 that was sent; leave the header out, or sign with it.")));
        }
        if (!failed.header(NAME).equals(OF_NOTHING)) {
            variations.add(
                    failed.signed(
                            failed.withHeader(NAME, OF_NOTHING),
                            new Cause(
                                    "ContentMd5",
                                    "It was signed with the Content-MD5 of an empty body, which was not sent; send the header as it was signed, or sign without it.")));
        }
        return variations;
    }
}
