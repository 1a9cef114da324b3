package io.countersign.session.signable;

import io.countersign.http.Call;
import io.countersign.policy.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * From where somebody asks for a signature: what is signed is judged with the asker's address and the present time.
 *
 * @param sourceIp the address of who asks, in text
 * @param secureTransport whether the call came over TLS
 */
public record Asker(String sourceIp, Optional<String> userAgent, boolean secureTransport) {
    /** Who makes this call. Several User-Agent lines are none: nobody could say which one a policy means. */
    public static Asker of(Call call) {
        List<String> agents = call.headerValues("User-Agent");
        return new Asker(
                call.peer(), agents.size() == 1 ? Optional.of(agents.getFirst()) : Optional.empty(), call.secure());
    }

    /** What policies may ask about the asker. */
    public Conditions.Builder conditions(Instant now) {
        return Conditions.builder()
                .put(Conditions.SOURCE_IP, sourceIp)
                .put(Conditions.USER_AGENT, userAgent)
                .secureTransport(secureTransport)
                .currentTime(now);
    }
}
