package io.countersign.identity;

import io.countersign.http.DecisionFacts;
import java.util.List;
import java.util.Optional;

/**
 * The facts of a decision for the bearer of a token.
 *
 * @param caller empty when the token was refused
 * @param sessionId the session that the caller was given
 * @param signatureVersion of the signature that was asked for
 */
public record BearerFacts(
        Optional<Caller> caller,
        Optional<String> sessionId,
        Optional<String> action,
        Optional<String> resource,
        Optional<String> signatureVersion,
        Optional<String> decidedBy,
        List<DecisionFacts.Part> parts)
        implements DecisionFacts {
    /** Before anything is known. */
    public static final BearerFacts NOTHING = new BearerFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public BearerFacts {
        parts = List.copyOf(parts);
    }

    /** The facts of a caller who asks for an action on a resource. */
    public static BearerFacts of(Caller caller, String action, String resource) {
        return new BearerFacts(
                Optional.of(caller),
                Optional.empty(),
                Optional.of(action),
                Optional.of(resource),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same with the session that the caller was given. */
    public BearerFacts with(Optional<String> session) {
        return new BearerFacts(caller, session, action, resource, signatureVersion, decidedBy, parts);
    }

    @Override
    public Optional<String> principal() {
        return caller.map(known -> known.principal().arn());
    }

    /** As the session of this caller names it. */
    @Override
    public Optional<String> subject() {
        return caller.map(known -> {
            long providers = known.role().trust().providersOf(known.accountId());
            return providers > 1 ? known.provider().name() + ":" + known.subject() : known.subject();
        });
    }
}
