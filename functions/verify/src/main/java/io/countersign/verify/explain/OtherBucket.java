package io.countersign.verify.explain;

import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A signed path whose bucket is not that of the request: custom domains and virtual hosts have it in their name (protocol.md 1.2; 11, trouble 11). */
record OtherBucket() implements NearMiss {
    private static final String CODE = "Bucket";

    @Override
    public List<Variation> of(Failed failed) {
        Optional<String> bucket = failed.bucket();
        if (bucket.isEmpty()) {
            return List.of();
        }
        String host = failed.request().address().host();
        String key = failed.object().map(Target.ObjectKey::key).orElse("");
        String own = "The bucket of this request is " + Quoted.of(bucket.get()) + " by its host " + Quoted.of(host);
        String signed = own + ", but the signed path ";
        String next = "; sign \"/" + bucket.get() + "/\" and the key, whatever the URL looks like.";
        List<Variation> variations = new ArrayList<>();
        // Both sign the URL's own path; it has the bucket in it or not.
        path(
                failed,
                "/" + key,
                key.startsWith(bucket.get() + "/")
                        ? own
                                + ", and the URL has the bucket in its path once more, which was signed only once; leave it out of the URL's path, since the host names it."
                        : signed + "has no bucket" + next,
                variations);
        path(failed, "/" + host + "/" + key, signed + "has the host in its place" + next, variations);
        path(failed, "/" + bucket.get() + "/" + bucket.get() + "/" + key, signed + "has it twice" + next, variations);
        return variations;
    }

    private static void path(Failed failed, String path, String sentence, List<Variation> variations) {
        variations.addAll(Texts.withPath(failed, path, new Cause(CODE, sentence)));
    }
}
