package io.countersign.session.signable;

import io.countersign.policy.Conditions;
import java.time.Instant;
import java.util.Optional;

/**
 * From where somebody asks for a signature: what is signed is judged with the asker's address and the present time.
 *
 * @param sourceIp the address of who asks, in text
 * @param secureTransport whether the call came over TLS
 */
public record Asker(String sourceIp, Optional<String> userAgent, boolean secureTransport) {
    Conditions.Builder conditions(Instant now) {
        return Conditions.builder()
                .put(Conditions.SOURCE_IP, sourceIp)
                .put(Conditions.USER_AGENT, userAgent)
                .secureTransport(secureTransport)
                .currentTime(now);
    }
}
