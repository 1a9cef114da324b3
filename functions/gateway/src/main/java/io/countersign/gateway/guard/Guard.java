package io.countersign.gateway.guard;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import java.util.List;
import java.util.Optional;

/** Admits or refuses a call by its headers, before the endpoint runs. The body of a refused call is not processed. */
@FunctionalInterface
public interface Guard {
    /** Returns the refusal; empty when the call is admitted. */
    Optional<ProblemException.Problem> refusal(List<Header> headers);
}
