package io.countersign.verify.explain;

import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A slash too many or too few: the path of a bucket ends in one, and keys keep theirs (protocol.md 1.2). */
record Slashes() implements NearMiss {
    @Override
    public List<Variation> of(Failed failed) {
        return switch (failed.request().target()) {
            case Target.Service service -> List.of();
            case Target.Bucket bucket ->
                Texts.withPath(
                        failed,
                        "/" + bucket.bucket(),
                        new Cause(
                                "TrailingSlash",
                                "The signed path is \"/" + bucket.bucket()
                                        + "\", without the slash at its end; sign \"/" + bucket.bucket()
                                        + "/\" for a bucket, in virtual-host style too."));
            case Target.ObjectKey object -> ofKey(failed, object);
        };
    }

    private static List<Variation> ofKey(Failed failed, Target.ObjectKey object) {
        String key = object.key();
        Set<String> keys = new LinkedHashSet<>();
        keys.add(key.endsWith("/") ? key.substring(0, key.length() - 1) : key + "/");
        keys.add(key.startsWith("/") ? key.substring(1) : "/" + key);
        keys.add(key.replaceAll("/{2,}", "/"));
        keys.remove(key);
        keys.remove("");
        List<Variation> variations = new ArrayList<>();
        for (String other : keys) {
            variations.add(failed.signed(failed.with(Target.object(object.bucket(), other)), cause(key, other)));
        }
        return variations;
    }

    private static Cause cause(String sent, String signed) {
        String how = signed.equals(sent + "/") || sent.equals(signed + "/")
                ? "at its end"
                : signed.equals("/" + sent) || sent.equals("/" + signed) ? "at its beginning" : "in its middle";
        String which = signed.length() > sent.length() ? "more" : "less";
        return new Cause(
                "TrailingSlash",
                "The key was signed with a slash " + which + " " + how
                        + " than the URL has; slashes belong to the key, so sign exactly the key that is sent.");
    }
}
