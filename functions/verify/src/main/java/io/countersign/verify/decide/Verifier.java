package io.countersign.verify.decide;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.policy.Decision;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.SignatureVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides on OSS requests, for any number of threads. The steps run in this order, and the first refusal is the answer: format, date and expiry, scope, key, security token, signature,
 * existence of the buckets, authorisation (docs/protocol.md 8). A request is allowed only when every step allows it; without the store no request is.
 *
 * <p>A decision changes nothing. Whoever lets the request pass uses up its URL, if that is good once ({@link UrlUses}).
 */
public final class Verifier {
    private final KeyRegistry registry;
    private final FormatStep format;
    private final FactsLoader loader;
    private final ScopeStep scope;
    private final IdentityStep identity;
    private final SignatureStep signature;
    private final RequestNames names;

    /**
     * @param signingKeys shared with everything else that signs or verifies with the registry's keys
     * @param bases the domains under which buckets live
     */
    public Verifier(KeyRegistry registry, SessionOpener sessions, SigningKeys signingKeys, BaseDomains bases) {
        this.registry = registry;
        this.format = new FormatStep(bases);
        this.loader = new FactsLoader(registry);
        this.scope = new ScopeStep(registry);
        this.identity = new IdentityStep(sessions);
        this.signature = new SignatureStep(new SignatureVerifier(signingKeys), signingKeys);
        this.names = new RequestNames(registry, format, sessions);
    }

    /**
     * Reads the verb, URL and headers of a request. Nothing is decided yet.
     *
     * @throws OssRefusal as {@link io.countersign.oss.RequestParser#parse}
     * @throws StoreUnavailable when the registry does not answer which bucket the host is bound to
     */
    public OssRequest read(VerifyRequest request, Instant now) throws OssRefusal, StoreUnavailable {
        return format.address(request, new RequestNames.RegisteredDomains(registry, () -> names.of(request, now), now));
    }

    /**
     * Decides on a request.
     *
     * @param now the present; {@link VerifyRequest#at()} replaces it where dates and expiry are judged, never where keys are
     * @throws StoreUnavailable when the registry does not answer: there is no decision then
     */
    public VerifyAnswer verify(VerifyRequest request, Instant now) throws StoreUnavailable {
        return verify(request, DecisionObserver.NONE, now);
    }

    /**
     * Decides on a request that an observer explains.
     *
     * @throws StoreUnavailable as {@link #verify(VerifyRequest, Instant)}
     */
    public VerifyAnswer verify(VerifyRequest request, DecisionObserver observer, Instant now) throws StoreUnavailable {
        try {
            return verify(request, read(request, now), observer, now);
        } catch (OssRefusal refusal) {
            return new AnswerBuilder(request, observer).refused(refusal);
        }
    }

    /**
     * Decides on a request that was read before.
     *
     * @param oss what {@link #read} made of the request
     * @throws StoreUnavailable as {@link #verify(VerifyRequest, Instant)}
     */
    public VerifyAnswer verify(VerifyRequest request, OssRequest oss, Instant now) throws StoreUnavailable {
        return verify(request, oss, DecisionObserver.NONE, now);
    }

    private VerifyAnswer verify(VerifyRequest request, OssRequest oss, DecisionObserver observer, Instant now)
            throws StoreUnavailable {
        AnswerBuilder answer = new AnswerBuilder(request, observer);
        try {
            observer.read(request, oss);
            return oss.method() == HttpMethod.OPTIONS
                    ? preflight(oss, answer, now)
                    : judge(request, format.parse(request, oss), answer, now);
        } catch (OssRefusal refusal) {
            return answer.refused(refusal);
        }
    }

    private VerifyAnswer judge(VerifyRequest request, ParsedRequest parsed, AnswerBuilder answer, Instant now)
            throws OssRefusal, StoreUnavailable {
        Instant moment = request.at().orElse(now);
        answer.presented(parsed.credentials());
        Optional<OneUse> oneUse = OneUse.of(parsed.oss(), parsed.credentials());
        RequestConditions conditions = RequestConditions.of(request, parsed, moment);
        answer.pass(AnswerBuilder.TraceText.operation(parsed));
        answer.enter("date");
        DateStep.check(parsed.credentials(), parsed.oss(), moment);
        answer.pass(AnswerBuilder.TraceText.date(parsed.credentials()));

        answer.enter("key");
        Set<String> buckets = parsed.buckets();
        FactsLoader.KnownFacts known = loader.load(parsed, buckets, () -> names.of(parsed, now), now);
        if (!parsed.rights().isEmpty()) {
            answer.requires(parsed.rights().getFirst(), known.facts());
        }
        IdentityStep.Requester requester = identify(parsed, known.facts(), answer, now);
        checkForm(parsed, answer);
        AccessBound.check(parsed.oss(), conditions.own(), answer);

        answer.enter("bucket");
        BucketStep.check(parsed.oss(), buckets, known.facts());
        BucketStep.checkVersion(parsed.credentials(), buckets, known.facts(), moment);
        answer.pass(AnswerBuilder.TraceText.buckets(buckets));
        answer.enter("authorisation");
        return authorise(
                parsed,
                oneUse,
                new AuthorisationStep(
                        known, KnownTags.of(parsed, request.context().placeTags()), requester.principal(), conditions),
                requester,
                answer);
    }

    /** Runs after the signature step: a policy counts only when its signature matches. */
    private static void checkForm(ParsedRequest parsed, AnswerBuilder answer) throws OssRefusal {
        answer.enter("post-policy");
        switch (parsed.credentials()) {
            case Credentials.None none -> {}
            case Credentials.OverRequest signed -> {}
            case Credentials.OverForm signed -> {
                if (parsed.form().isPresent()) {
                    parsed.form().get().check(signed.form().policy());
                    answer.pass("The form is what its policy permits.");
                }
            }
        }
    }

    private IdentityStep.Requester identify(ParsedRequest parsed, Facts facts, AnswerBuilder answer, Instant now)
            throws OssRefusal, StoreUnavailable {
        answer.enter("scope");
        scope.check(parsed, facts, now);
        Credentials.scopeOf(parsed.credentials()).ifPresent(named -> answer.pass(AnswerBuilder.TraceText.scope(named)));
        answer.enter("key");
        IdentityStep.Requester requester = identity.identify(parsed.credentials(), facts, now);
        VerifyAnswer.VerifiedPrincipal principal = VerifyAnswer.VerifiedPrincipal.of(requester);
        answer.pass(AnswerBuilder.TraceText.principal(principal));
        answer.enter("signature");
        signature.check(parsed.oss(), requester, answer.observer());
        answer.pass(AnswerBuilder.TraceText.signature(parsed.credentials()));
        answer.principal(principal);
        return requester;
    }

    private static VerifyAnswer authorise(
            ParsedRequest parsed,
            Optional<OneUse> oneUse,
            AuthorisationStep step,
            IdentityStep.Requester requester,
            AnswerBuilder answer)
            throws OssRefusal {
        Decision decision = step.decide(parsed);
        answer.add(decision.trace());
        return switch (decision) {
            case Decision.Denied denied -> {
                answer.requires(denied.reason().right(), step.facts());
                yield answer.denied(Denials.refusal(denied.reason(), requester.principal(), step.facts()));
            }
            case Decision.TooCostly unjudged -> throw AuthorisationStep.tooCostly();
            case Decision.Allowed allowed -> {
                answer.enter("readings");
                int others = step.checkOtherReadings(parsed);
                if (others > 0) {
                    answer.pass(
                            "The other " + others + " requests that this V1 signature is valid for are allowed, too.");
                }
                if (oneUse.isPresent()) {
                    answer.goodOnce(oneUse.get().until(requester.end()));
                }
                yield answer.allowed(parsed.obligations(), Optional.empty());
            }
        };
    }

    private VerifyAnswer preflight(OssRequest oss, AnswerBuilder answer, Instant now)
            throws OssRefusal, StoreUnavailable {
        answer.pass("The request is a preflight, so no signature is checked.");
        answer.principal(VerifyAnswer.VerifiedPrincipal.of(new IdentityStep.Requester.Anyone()));
        answer.enter("bucket");
        Facts.Query query = RequestNames.bucket(oss);
        Facts facts = registry.load(query, now);
        BucketStep.check(oss, query.buckets(), facts);
        answer.pass("The bucket is known.");
        answer.enter("cors");
        Optional<Bucket> bucket = oss.target().bucketName().flatMap(facts::bucket);
        VerifyAnswer.CorsAnswer cors = PreflightStep.answer(oss.headers(), bucket);
        answer.pass("A CORS rule of the bucket covers it.");
        return answer.allowed(List.of(), Optional.of(cors));
    }
}
