package io.countersign.identity;

import io.countersign.json.Value;
import java.util.Map;

/**
 * An authenticated caller with the claims of its token.
 *
 * @param claims every top-level claim by name, signed by the provider
 */
public record Bearer(Caller caller, Map<String, Value> claims) {
    public Bearer {
        claims = Map.copyOf(claims);
    }

    /** Does not print the claims. */
    @Override
    public String toString() {
        return "Bearer[" + caller.principal().arn() + "]";
    }
}
