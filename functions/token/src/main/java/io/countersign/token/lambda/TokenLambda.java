package io.countersign.token.lambda;

import io.countersign.http.Endpoint;
import io.countersign.http.LongWork;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.lambda.AnswerWriter;
import io.countersign.lambda.Deployment;
import io.countersign.lambda.EventReader;
import io.countersign.lambda.HttpLambda;
import io.countersign.lambda.InvalidEventException;
import io.countersign.lambda.Invoker;
import io.countersign.settings.PropertyValues;
import io.countersign.token.TokenFunction;
import io.countersign.token.sts.StsFunction;
import io.countersign.token.upstream.UpstreamSessions;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.util.Map;

/** {@code /token} and the STS actions behind a function URL. */
@Singleton
public final class TokenLambda {
    private final HttpLambda url =
            new HttpLambda(Invoker.of("token"), HttpLambda.Callers.ANYONE, TokenLambda::endpoints);

    /** Answers a payload of the function URL. */
    @Funq
    public AnswerWriter.Answer http(EventReader.Event event) throws InvalidEventException {
        return url.handle(event);
    }

    private static Map<String, Endpoint> endpoints(Deployment at) throws PropertyValues.InvalidSettingException {
        UpstreamSessions.StsEndpoint endpoint = UpstreamSessions.StsEndpoint.from(at.values());
        BearerAuthenticator authenticator = new BearerAuthenticator(at.registry());
        SubjectLimits limits = new SubjectLimits(at.random());
        UpstreamSessions upstream =
                new UpstreamSessions(at.registry(), limits, endpoint, at.random(), System::nanoTime, LongWork.ANYWHERE);
        TokenFunction token = new TokenFunction(authenticator, at.registry(), limits, upstream, at.random());
        StsFunction sts = new StsFunction(authenticator, at.registry(), limits, at.store(), at.random());
        return Map.of(
                "/token", Endpoint.of(token::handle, token::refusal),
                "/", Endpoint.of(sts::handle, sts::refusal));
    }
}
