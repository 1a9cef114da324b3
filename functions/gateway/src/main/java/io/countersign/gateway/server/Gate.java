package io.countersign.gateway.server;

import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import java.time.Instant;
import java.util.Optional;

/** Says whether a call may go on to send more than {@link io.countersign.http.RequestLimits#BODY} bytes. */
@FunctionalInterface
public interface Gate {
    /** For ports that nobody but this machine's user reaches. */
    Gate LOOPBACK = (head, now) -> Optional.empty();

    /**
     * Why it may not; empty: it may.
     *
     * @param head the call without its body
     */
    Optional<ProblemException.Problem> refusal(Call head, Instant now);
}
