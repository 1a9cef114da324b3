package io.countersign.identity.delegation;

import io.countersign.http.DecisionFacts;
import io.countersign.identity.BearerFacts;
import io.countersign.identity.Caller;
import io.countersign.oss.Right;
import io.countersign.signing.SignatureVersion;
import java.util.List;
import java.util.Optional;

/** Collects the facts of one request to sign while it is judged, so that a refusal tells those that were known by then. For one thread. */
public final class NotedFacts {
    private Optional<Caller> caller = Optional.empty();
    private Optional<SignableRequest> request = Optional.empty();
    private Optional<SignatureVersion> version = Optional.empty();
    private Optional<String> rule = Optional.empty();
    private boolean owned;
    private List<DecisionFacts.Part> parts = List.of();

    public void caller(Caller known) {
        caller = Optional.of(known);
    }

    public void request(SignableRequest asked) {
        request = Optional.of(asked);
    }

    public void version(SignatureVersion asked) {
        version = Optional.of(asked);
    }

    public void permitted(SigningPermit permit) {
        rule = permit.decidedBy();
        owned = true;
    }

    /** @param refusal of a request that was noted: the owners of its buckets were compared before anything else */
    public void refused(SigningRefusal refusal) {
        rule = refusal.decidedBy();
        owned = !refusal.isForeign();
    }

    /** @param all the decisions on the requests of a batch */
    public void parts(List<DecisionFacts.Part> all) {
        parts = all;
    }

    /** The facts so far. */
    public BearerFacts facts() {
        Optional<Right> right = request.map(asked -> asked.rights().getFirst());
        return new BearerFacts(
                caller,
                Optional.empty(),
                right.map(Right::action),
                right.map(this::resource),
                version.map(Enum::name),
                rule,
                parts);
    }

    /** Names the owner of the bucket where it is certainly the caller's account: unless the request was refused for its bucket, or before buckets were compared. */
    private String resource(Right right) {
        String owner = owned ? caller.map(Caller::accountId).orElse("*") : "*";
        return right.scope().arn(owner);
    }
}
