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
        String own = "The bucket of this request is " + Quoted.of(bucket.get()) + " by its host " + Quoted.of(host)
                + ", but the signed path ";
        String next = "; sign \"/" + bucket.get() + "/\" and the key, whatever the URL looks like.";
        List<Variation> variations = new ArrayList<>();
        path(failed, "/" + key, own + "has no bucket" + next, variations);
        path(failed, "/" + host + "/" + key, own + "has the host in its place" + next, variations);
        path(failed, "/" + bucket.get() + "/" + bucket.get() + "/" + key, own + "has it twice" + next, variations);
        if (key.startsWith(bucket.get() + "/")) {
            path(
                    failed,
                    "/" + key,
                    own
                            + "has it once and the URL again in its path; leave it out of the URL's path there, since the host names the bucket.",
                    variations);
        }
        int slash = key.indexOf('/');
        if (slash > 0) {
            path(
                    failed,
                    "/" + key,
                    own + "begins with " + Quoted.of(key.substring(0, slash)) + " as bucket" + next,
                    variations);
        }
        return variations;
    }

    private static void path(Failed failed, String path, String sentence, List<Variation> variations) {
        variations.addAll(Texts.withPath(failed, path, new Cause(CODE, sentence)));
    }
}
