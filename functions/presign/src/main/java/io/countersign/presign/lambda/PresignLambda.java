package io.countersign.presign.lambda;

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
import io.countersign.presign.PostPolicyFunction;
import io.countersign.presign.PostPolicySettings;
import io.countersign.presign.PresignFunction;
import io.countersign.presign.PresignSettings;
import io.countersign.presign.callbacks.CallbackFunction;
import io.countersign.presign.callbacks.CallbackParameters;
import io.countersign.presign.callbacks.CallbackSettings;
import io.countersign.presign.uploads.UploadsFunction;
import io.countersign.registry.manifest.UpstreamRule;
import io.countersign.settings.PropertyValues;
import io.countersign.signing.SigningKeys;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.util.Map;

/** Binds {@code /presign}, {@code /post-policy}, {@code /uploads} and {@code /callbacks/oss} to the URL of a Lambda function. */
@Singleton
public final class PresignLambda {
    /** The most derived V4 keys in the cache: one for each key, day and region in use. */
    private static final int SIGNING_KEYS = 1024;

    private final HttpLambda url =
            new HttpLambda(Invoker.of("presign"), HttpLambda.Callers.ANYONE, PresignLambda::endpoints);

    /** Answers a payload of the function's URL. */
    @Funq
    public AnswerWriter.Answer http(EventReader.Event event) throws InvalidEventException {
        return url.handle(event);
    }

    private static Map<String, Endpoint> endpoints(Deployment deployment)
            throws PropertyValues.InvalidSettingException {
        BearerAuthenticator authenticator = new BearerAuthenticator(deployment.registry());
        SigningKeys keys = new SigningKeys(SIGNING_KEYS);
        SubjectLimits limits = new SubjectLimits(deployment.random());
        PresignFunction presign = new PresignFunction(
                authenticator,
                deployment.registry(),
                limits,
                keys,
                PresignSettings.from(deployment.values()),
                deployment.random());
        PostPolicyFunction postPolicy = new PostPolicyFunction(
                authenticator, deployment.registry(), limits, keys, PostPolicySettings.from(deployment.values()));
        CallbackParameters parameters = new CallbackParameters(
                CallbackSettings.from(deployment.values()), deployment.registry(), deployment.random());
        CallbackFunction callbacks =
                new CallbackFunction(parameters, deployment.store(), CallbackFunction.KeyFetcher.ofOss());
        UploadsFunction uploads = new UploadsFunction(new UploadsFunction.Shared(
                authenticator,
                deployment.registry(),
                keys,
                limits,
                parameters,
                UpstreamRule.from(deployment.values()),
                LongWork.ANYWHERE,
                deployment.random()));
        return Map.of(
                "/presign",
                presign::handle,
                "/post-policy",
                postPolicy::handle,
                "/uploads/",
                uploads::handle,
                CallbackSettings.PATH,
                callbacks::handle);
    }
}
