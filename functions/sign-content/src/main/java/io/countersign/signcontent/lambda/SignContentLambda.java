package io.countersign.signcontent.lambda;

import io.countersign.http.Endpoint;
import io.countersign.identity.BearerAuthenticator;
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

/** {@code /sign-content} behind a function URL. */
@Singleton
public final class SignContentLambda {
    /** Derived V4 keys to keep: one for each key, day and region in use. */
    private static final int SIGNING_KEYS = 1024;

    private final HttpLambda url =
            new HttpLambda(Invoker.of("sign-content"), HttpLambda.Callers.ANYONE, SignContentLambda::faces);

    /** A payload of the function's URL. */
    @Funq
    public AnswerWriter.Answer http(EventReader.Event event) throws InvalidEventException {
        return url.handle(event);
    }

    private static Map<String, Endpoint> faces(Deployment at) throws PropertyValues.InvalidSettingException {
        SignContentFunction signContent = new SignContentFunction(
                new BearerAuthenticator(at.registry()),
                at.registry(),
                new SigningKeys(SIGNING_KEYS),
                SignContentSettings.SignContentProperties.from(at.values()));
        return Map.of("/sign-content", signContent::handle);
    }
}
