package io.countersign.gateway.server;

import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a call may send a body of more than {@link io.countersign.http.RequestLimits#BODY} bytes. */
@FunctionalInterface
public interface Gate {
    /** Admits every call; for ports that only users of this machine can reach. */
    Gate LOOPBACK = (head, now) -> Optional.empty();

    /**
     * Returns the refusal; empty when the call may go on.
     *
     * @param head the call without its body
     */
    Optional<ProblemException.Problem> refusal(Call head, Instant now);
}
