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
 * The origin of a call for policies: the client and its User-Agent.
 *
 * @param userAgent unknown if there are several User-Agent lines
 */
public record ClientContext(Client client, KeyState userAgent) {
    /** The origin of a call. */
    public static ClientContext of(Call call) {
        return new ClientContext(call.client(), RequestKeys.one(call.headerValues("User-Agent")));
    }

    /**
     * The condition keys of a caller. No caller here uses a second factor.
     *
     * @param accessKeyId the key that signed the call; empty for the bearer of a token
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
