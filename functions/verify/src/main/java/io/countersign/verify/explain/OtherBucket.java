package io.countersign.verify.explain;

import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries paths with another bucket than the request's: custom domains and virtual hosts contain it in their name (docs/protocol.md 1.2; 11, trouble 11). */
record OtherBucket() implements ClientMistakes.ClientMistake {
    private static final String CODE = "Bucket";

    @Override
    public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
        Optional<String> bucket = mismatched.bucket();
        if (bucket.isEmpty()) {
            return List.of();
        }
        String host = mismatched.request().address().host();
        String key = mismatched.object().map(Target.ObjectKey::key).orElse("");
        String own = "The bucket of this request is " + ShownText.Quoted.of(bucket.get()) + " by its host "
                + ShownText.Quoted.of(host);
        String signed = own + ", but the signed path ";
        String next = "; sign \"/" + bucket.get() + "/\" and the key, whatever the URL looks like.";
        List<ClientMistakes.Candidate> candidates = new ArrayList<>();
        // Both candidates sign the URL's own path, which contains the bucket or not.
        path(
                mismatched,
                "/" + key,
                key.startsWith(bucket.get() + "/")
                        ? own
                                + ", and the URL has the bucket in its path once more, which was signed only once; leave it out of the URL's path, since the host names it."
                        : signed + "has no bucket" + next,
                candidates);
        path(mismatched, "/" + host + "/" + key, signed + "has the host in its place" + next, candidates);
        path(
                mismatched,
                "/" + bucket.get() + "/" + bucket.get() + "/" + key,
                signed + "has it twice" + next,
                candidates);
        return candidates;
    }

    private static void path(
            MismatchedRequest mismatched, String path, String sentence, List<ClientMistakes.Candidate> candidates) {
        candidates.addAll(Texts.withPath(mismatched, path, new Explained.Cause(CODE, sentence)));
    }
}
