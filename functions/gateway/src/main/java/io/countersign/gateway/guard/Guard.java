package io.countersign.gateway.guard;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import java.util.List;
import java.util.Optional;

/** Stands before a face, and lets calls in by their headers alone: what it refuses is read no further. */
@FunctionalInterface
public interface Guard {
    /** Why a call goes no further; empty: it may. */
    Optional<ProblemException.Problem> refusal(List<Header> headers);
}
