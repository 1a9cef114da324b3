package io.countersign.verify.explain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recognizes a host that repeats its bucket or its endpoint. Clients put the bucket before the endpoint, so an endpoint that was configured with the bucket, or a bucket that was configured by its
 * domain, gives the name of a bucket that does not exist.
 */
final class BucketInHost {
    private static final int MAX = 253;

    private BucketInHost() {}

    /** Empty when the host repeats neither. */
    static Optional<Explained.Cause> cause(SeenRequest request) {
        String host = host(request);
        if (host.length() > MAX) {
            return Optional.empty();
        }
        List<String> labels = Arrays.asList(host.split("\\.", -1));
        return doubledBucket(labels).or(() -> doubledEndpoint(labels));
    }

    private static String host(SeenRequest request) {
        int scheme = request.url().indexOf("://");
        String authority = scheme < 0
                ? request.headers().first("host").orElse("")
                : request.url().substring(scheme + 3).split("[/?#]", 2)[0];
        return authority.strip().split(":", 2)[0].toLowerCase(Locale.ROOT);
    }

    private static Optional<Explained.Cause> doubledBucket(List<String> labels) {
        if (labels.size() < 4 || !labels.get(0).equals(labels.get(1))) {
            return Optional.empty();
        }
        return Optional.of(cause("The host has the bucket " + ShownText.Quoted.of(labels.getFirst())
                + " twice: clients put it before the endpoint, and the endpoint had it already; configure the endpoint without the bucket: "
                + ShownText.Quoted.of(String.join(".", labels.subList(2, labels.size()))) + "."));
    }

    private static Optional<Explained.Cause> doubledEndpoint(List<String> labels) {
        int all = labels.size();
        for (int length = 2; 2 * length < all; length++) {
            List<String> endpoint = labels.subList(all - length, all);
            if (labels.subList(all - 2 * length, all - length).equals(endpoint)) {
                return Optional.of(cause("The host has the endpoint " + ShownText.Quoted.of(String.join(".", endpoint))
                        + " twice: the bucket was given by its domain; give only its name: "
                        + ShownText.Quoted.of(String.join(".", labels.subList(0, all - 2 * length))) + "."));
            }
        }
        return Optional.empty();
    }

    private static Explained.Cause cause(String sentence) {
        return new Explained.Cause("BucketInEndpoint", sentence);
    }
}
