package io.countersign.token.sts;

import io.countersign.http.Call;
import io.countersign.http.Outages;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.identity.token.Nonces;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.identity.token.SessionReader;
import io.countersign.policy.Principal;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.NewCredentials;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code GET, POST /}: the STS actions, for clients of STS. A call is signed with RPC signature V1 or ACS3 by an access key of the registry or of a session; only
 * AssumeRoleWithOIDC is not signed. The parameters are in the query, in a form, or in both. The answer is JSON, or XML if {@code Format} or, for ACS3,
 * {@code Accept} requests it. Refusals have the codes, statuses and form of STS (docs/protocol.md 6).
 */
public final class StsFunction {
    private final CallerCheck callers;
    private final AssumeRole assumeRole;
    private final AssumeRoleWithOidc assumeRoleWithOidc;
    private final CallRequestIds ids;

    /**
     * @param limits of this process, which everything that makes sessions shares
     * @param store remembers nonces
     * @param random draws request ids, and the ids, secrets and nonces of sessions
     */
    public StsFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SubjectLimits limits,
            RegistryStore store,
            SecureRandom random) {
        AssumeRole.Sessions sessions = new AssumeRole.Sessions(new SessionIssuer(registry, limits, random));
        this.callers = new CallerCheck(registry, new SessionReader(registry), new Nonces(store, Nonces.Kind.CALLS));
        this.assumeRole = new AssumeRole(registry, sessions);
        this.assumeRoleWithOidc = new AssumeRoleWithOidc(authenticator, sessions);
        this.ids = new CallRequestIds(random);
    }

    /**
     * Answers a call; never throws for a call that is malformed or refused.
     *
     * @param now the present, at which signatures, tokens and policies are judged
     */
    public Reply handle(Call call, Instant now) {
        String id = ids.next();
        CallFacts.Noted noted = new CallFacts.Noted(id);
        Reply reply = answer(call, id, noted, now);
        return reply.about(noted.facts());
    }

    private Reply answer(Call call, String id, CallFacts.Noted noted, Instant now) {
        Answers.Format format = Answers.Format.DEFAULT;
        try {
            RequestLimits.check(call, RequestLimits.BODY, "GET", "POST");
            Parameters parameters = Parameters.of(call);
            format = format(call, parameters);
            StsCall stsCall = StsCall.of(call, parameters);
            noted.call(stsCall);
            return Answers.of(stsCall.action(), answer(stsCall, noted, now), id, format);
        } catch (ProblemException refusal) {
            return Answers.refusal(refusal.problem(), id, format);
        } catch (StsRefusal refusal) {
            return Answers.refusal(refusal, id, format);
        } catch (StoreUnavailable e) {
            Outages.log(e);
            return Answers.refusal(new StsRefusal(StsRefusal.Code.UNAVAILABLE), id, format);
        }
    }

    /** Answers a refusal that happened before the function was called, in the form of STS. */
    public Reply refusal(ProblemException.Problem problem) {
        String id = ids.next();
        return Answers.refusal(problem, id, Answers.Format.DEFAULT).about(new CallFacts.Noted(id).facts());
    }

    private List<Answers.ResponseNode> answer(StsCall call, CallFacts.Noted noted, Instant now)
            throws StsRefusal, StoreUnavailable {
        return switch (call.action()) {
            case ASSUME_ROLE -> assumeRole.answer(call, caller(call, noted, AssumeRole.later(call), now), noted, now);
            case ASSUME_ROLE_WITH_OIDC -> assumeRoleWithOidc.answer(call, noted, now);
            case GET_CALLER_IDENTITY -> CallerIdentity.answer(caller(call, noted, ReadAhead.NOTHING, now));
        };
    }

    private CallerCheck.StsCaller caller(StsCall call, CallFacts.Noted noted, ReadAhead later, Instant now)
            throws StsRefusal, StoreUnavailable {
        CallSignature signature = call.signature(now);
        noted.signature(signature);
        CallerCheck.StsCaller caller = callers.caller(signature, later, now);
        noted.caller(caller);
        return caller;
    }

    private static Answers.Format format(Call call, Parameters parameters) throws StsRefusal {
        Optional<String> named = parameters.value("Format");
        if (named.isPresent()) {
            return Answers.Format.of(named.get())
                    .orElseThrow(() -> new StsRefusal(
                            StsRefusal.Code.INVALID_FORMAT,
                            StsRefusal.Code.INVALID_FORMAT.message() + " Use JSON or XML."));
        }
        boolean xml = !call.headerValues(CallSignature.SingleHeaders.ACTION).isEmpty()
                && call.headerValues("Accept").stream().anyMatch(accept -> accept.contains("application/xml"));
        return xml ? Answers.Format.XML : Answers.Format.DEFAULT;
    }

    /** {@code GetCallerIdentity}: the identity of a key or session. It needs no right. A user without a UID is identified by its name. */
    static final class CallerIdentity {
        private CallerIdentity() {}

        static List<Answers.ResponseNode> answer(CallerCheck.StsCaller caller) {
            List<Answers.ResponseNode> elements = new ArrayList<>();
            elements.add(
                    Answers.ResponseNode.field("AccountId", caller.principal().accountId()));
            elements.add(Answers.ResponseNode.field("Arn", caller.principal().arn()));
            switch (caller.principal()) {
                case Principal.Account account -> {
                    elements.add(Answers.ResponseNode.field("IdentityType", "Account"));
                    elements.add(Answers.ResponseNode.field("PrincipalId", account.accountId()));
                    elements.add(Answers.ResponseNode.field("UserId", account.accountId()));
                }
                case Principal.RamUser user -> {
                    elements.add(Answers.ResponseNode.field("IdentityType", "RAMUser"));
                    String id = user.uid().orElse(user.name());
                    elements.add(Answers.ResponseNode.field("PrincipalId", id));
                    elements.add(Answers.ResponseNode.field("UserId", id));
                }
                case Principal.AssumedRole session -> {
                    String roleId = caller.roleId().orElse(session.roleName());
                    elements.add(Answers.ResponseNode.field("IdentityType", "AssumedRoleUser"));
                    elements.add(Answers.ResponseNode.field("PrincipalId", roleId + ":" + session.sessionName()));
                    elements.add(Answers.ResponseNode.field("RoleId", roleId));
                }
                case Principal.Anonymous anonymous ->
                    throw new IllegalArgumentException("an anonymous caller has no identity");
            }
            return List.copyOf(elements);
        }
    }

    /** Draws request ids in the form of STS: a UUID in upper case. */
    record CallRequestIds(SecureRandom random) {
        String next() {
            return NewCredentials.uuid(random).toString().toUpperCase(Locale.ROOT);
        }
    }
}
