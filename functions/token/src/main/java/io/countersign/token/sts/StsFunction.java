package io.countersign.token.sts;

import io.countersign.http.Bounds;
import io.countersign.http.Call;
import io.countersign.http.Outages;
import io.countersign.http.Problem;
import io.countersign.http.Refused;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.token.Nonces;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.identity.token.SessionReader;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Later;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET, POST /}: the STS actions, for STS's own clients. A call is signed with RPC signature V1 or ACS3 by an access key of the registry or a session
 * (AssumeRoleWithOIDC alone is not signed); its parameters stand in the query, in a form, or in both; the answer is JSON, or XML where {@code Format} or, for
 * ACS3, {@code Accept} says so. Refusals have STS's codes, statuses and form.
 */
public final class StsFunction {
    private final CallerCheck callers;
    private final AssumeRole assumeRole;
    private final AssumeRoleWithOidc assumeRoleWithOidc;
    private final CallRequestIds ids;

    /**
     * @param store remembers nonces
     * @param random draws request ids, and what sessions are made of
     */
    public StsFunction(
            BearerAuthenticator authenticator, KeyRegistry registry, RegistryStore store, SecureRandom random) {
        Sessions sessions = new Sessions(new SessionIssuer(registry, random));
        this.callers = new CallerCheck(registry, new SessionReader(registry), new Nonces(store));
        this.assumeRole = new AssumeRole(registry, sessions);
        this.assumeRoleWithOidc = new AssumeRoleWithOidc(authenticator, sessions);
        this.ids = new CallRequestIds(random);
    }

    /**
     * Answers one call, whatever it is.
     *
     * @param now the present: signatures, tokens and policies are judged by it
     */
    public Reply handle(Call call, Instant now) {
        String id = ids.next();
        Format format = Format.DEFAULT;
        try {
            Bounds.check(call, Bounds.BODY, "GET", "POST");
            Parameters parameters = Parameters.of(call);
            format = format(call, parameters);
            StsCall asked = StsCall.of(call, parameters);
            return Answers.of(asked.action(), answer(asked, now), id, format);
        } catch (Refused refused) {
            return Answers.refusal(refused.problem(), id, format);
        } catch (StsRefusal refusal) {
            return Answers.refusal(refusal, id, format);
        } catch (StoreUnavailable e) {
            Outages.log(e);
            return Answers.refusal(new StsRefusal(StsError.UNAVAILABLE), id, format);
        }
    }

    /** What is refused before a call comes this far, in STS's form too. */
    public Reply refusal(Problem problem) {
        return Answers.refusal(problem, ids.next(), Format.DEFAULT);
    }

    private List<Element> answer(StsCall call, Instant now) throws StsRefusal, StoreUnavailable {
        return switch (call.action()) {
            case ASSUME_ROLE ->
                assumeRole.answer(call, callers.caller(call.proof(now), AssumeRole.later(call), now), now);
            case ASSUME_ROLE_WITH_OIDC -> assumeRoleWithOidc.answer(call, now);
            case GET_CALLER_IDENTITY -> CallerIdentity.answer(callers.caller(call.proof(now), Later.NOTHING, now));
        };
    }

    private static Format format(Call call, Parameters parameters) throws StsRefusal {
        Optional<String> named = parameters.value("Format");
        if (named.isPresent()) {
            return Format.of(named.get())
                    .orElseThrow(() -> new StsRefusal(
                            StsError.INVALID_FORMAT, StsError.INVALID_FORMAT.message() + " Use JSON or XML."));
        }
        boolean xml = !call.headerValues(SingleHeaders.ACTION).isEmpty()
                && call.headerValues("Accept").stream().anyMatch(accept -> accept.contains("application/xml"));
        return xml ? Format.XML : Format.DEFAULT;
    }
}
