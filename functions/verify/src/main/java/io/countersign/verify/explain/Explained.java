package io.countersign.verify.explain;

import io.countersign.signing.CanonicalForm;
import java.util.List;
import java.util.Optional;

/**
 * What an explanation adds to an answer.
 *
 * @param canonical what the signature goes over; absent when the request is not signed, or its signature cannot be read
 * @param comparisons that form beside the client's, if the client told one
 * @param cause why the request was refused; absent exactly when it was not
 */
public record Explained(Optional<CanonicalForm> canonical, List<Comparison> comparisons, Optional<Cause> cause) {
    /** Nobody asked. */
    public static final Explained NOTHING = new Explained(Optional.empty(), List.of(), Optional.empty());

    public Explained {
        comparisons = List.copyOf(comparisons);
    }
}
