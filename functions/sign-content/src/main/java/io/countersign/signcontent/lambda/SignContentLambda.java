package io.countersign.signcontent.lambda;

import io.countersign.http.Endpoint;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.lambda.AnswerWriter;
import io.countersign.lambda.Deployment;
import io.countersign.lambda.EventReader;
import io.countersign.lambda.HttpLambda;
import io.countersign.lambda.InvalidEventException;
import io.countersign.lambda.Invoker;
import io.countersign.settings.PropertyValues;
import io.countersign.signcontent.SignContentFunction;
import io.countersign.signcontent.SignContentSettings;
import io.countersign.signing.SigningKeys;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.util.Map;

/** Binds {@code /sign-content} to the URL of a Lambda function. */
@Singleton
public final class SignContentLambda {
    /** The most derived V4 keys in the cache: one for each key, day and region in use. */
    private static final int SIGNING_KEYS = 1024;

    private final HttpLambda url =
            new HttpLambda(Invoker.of("sign-content"), HttpLambda.Callers.ANYONE, SignContentLambda::endpoints);

    /** Answers a payload of the function's URL. */
    @Funq
    public AnswerWriter.Answer http(EventReader.Event event) throws InvalidEventException {
        return url.handle(event);
    }

    private static Map<String, Endpoint> endpoints(Deployment deployment)
            throws PropertyValues.InvalidSettingException {
        SignContentFunction signContent = new SignContentFunction(
                new BearerAuthenticator(deployment.registry()),
                deployment.registry(),
                new SubjectLimits(deployment.random()),
                new SigningKeys(SIGNING_KEYS),
                SignContentSettings.from(deployment.values()));
        return Map.of("/sign-content", signContent::handle);
    }
}
