package io.countersign.identity;

import io.countersign.http.Call;
import io.countersign.http.Client;
import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.KeyState;
import io.countersign.policy.RequestKeys;
import java.time.Instant;
import java.util.Optional;

/**
 * From where somebody calls: what is asked for is judged with the caller's address and the present time.
 *
 * @param userAgent unknown when there are several User-Agent lines
 */
public record Asker(Client client, KeyState userAgent) {
    /** Who makes this call. */
    public static Asker of(Call call) {
        return new Asker(call.client(), RequestKeys.one(call.headerValues("User-Agent")));
    }

    /**
     * What policies may ask about the caller of any face. Nobody here proves itself by a second factor.
     *
     * @param accessKeyId the key that signed the call; empty when the caller has none, as the bearer of a token
     */
    public Conditions.Builder conditions(Instant now, Optional<String> accessKeyId) {
        return Conditions.builder()
                .known(ConditionKey.SOURCE_IP, client.address())
                .tell(ConditionKey.USER_AGENT, userAgent)
                .secureTransport(client.secure())
                .currentTime(now)
                .mfaPresent(false)
                .found(ConditionKey.ACCESS_ID, accessKeyId);
    }
}
