package io.countersign.token.sts;

import io.countersign.http.DecisionFacts;
import io.countersign.identity.BearerFacts;
import io.countersign.identity.Caller;
import io.countersign.identity.ShownKeyId;
import java.util.Optional;

/**
 * The facts of the decision on one call. A refusal has those that were known by then.
 *
 * @param shownId the request id of the answer
 * @param call empty when the call cannot be read
 * @param claimed the access key id that the signature names
 * @param version {@code RPC} or {@code ACS3}
 * @param caller the holder of that access key; empty unless the signature matches
 * @param bearer of AssumeRoleWithOIDC
 * @param issued the id of the session that the call was answered with
 */
record CallFacts(
        String shownId,
        Optional<StsCall> call,
        Optional<String> claimed,
        Optional<String> version,
        Optional<CallerCheck.StsCaller> caller,
        BearerFacts bearer,
        Optional<String> issued)
        implements DecisionFacts {
    /** Collects the facts while a call is judged. For one thread. */
    static final class Noted {
        private CallFacts facts;

        Noted(String id) {
            facts = new CallFacts(
                    id,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    BearerFacts.NOTHING,
                    Optional.empty());
        }

        void call(StsCall known) {
            facts = new CallFacts(
                    facts.shownId,
                    Optional.of(known),
                    facts.claimed,
                    facts.version,
                    facts.caller,
                    facts.bearer,
                    facts.issued);
        }

        void signature(CallSignature signature) {
            String version =
                    switch (signature) {
                        case CallSignature.Rpc rpc -> "RPC";
                        case CallSignature.Acs3 acs3 -> "ACS3";
                    };
            facts = new CallFacts(
                    facts.shownId,
                    facts.call,
                    Optional.of(signature.claim().accessKeyId()),
                    Optional.of(version),
                    facts.caller,
                    facts.bearer,
                    facts.issued);
        }

        void caller(CallerCheck.StsCaller known) {
            facts = new CallFacts(
                    facts.shownId,
                    facts.call,
                    facts.claimed,
                    facts.version,
                    Optional.of(known),
                    facts.bearer,
                    facts.issued);
        }

        void bearer(Caller known) {
            facts = new CallFacts(
                    facts.shownId,
                    facts.call,
                    facts.claimed,
                    facts.version,
                    facts.caller,
                    BearerFacts.of(known, "sts:AssumeRole", known.role().arn()),
                    facts.issued);
        }

        void session(String id) {
            facts = new CallFacts(
                    facts.shownId,
                    facts.call,
                    facts.claimed,
                    facts.version,
                    facts.caller,
                    facts.bearer,
                    Optional.of(id));
        }

        CallFacts facts() {
            return facts;
        }
    }

    @Override
    public Optional<String> requestId() {
        return Optional.of(shownId);
    }

    @Override
    public Optional<String> principal() {
        return caller.map(known -> known.principal().arn()).or(bearer::principal);
    }

    @Override
    public Optional<String> subject() {
        return bearer.subject();
    }

    /** The session that the call was answered with, or else that of the caller. */
    @Override
    public Optional<String> sessionId() {
        return issued.or(() -> caller.flatMap(CallerCheck.StsCaller::sessionId));
    }

    @Override
    public Optional<String> accessKeyId() {
        return claimed.flatMap(id -> ShownKeyId.of(id, caller.isPresent()));
    }

    @Override
    public Optional<String> signatureVersion() {
        return version;
    }

    @Override
    public Optional<String> action() {
        return call.map(known -> "sts:" + known.action().text());
    }

    /** The role that the call names, if that is the ARN of a role. */
    @Override
    public Optional<String> resource() {
        return call.flatMap(known -> known.parameters().value(AssumeRoleParameters.ROLE))
                .flatMap(AssumeRoleParameters.RoleName::of)
                .map(AssumeRoleParameters.RoleName::arn);
    }
}
