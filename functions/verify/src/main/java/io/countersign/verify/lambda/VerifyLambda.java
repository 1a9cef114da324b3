package io.countersign.verify.lambda;

import io.countersign.http.Endpoint;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestIds;
import io.countersign.http.RequestLimits;
import io.countersign.identity.token.SessionReader;
import io.countersign.json.InvalidDocumentException;
import io.countersign.lambda.AnswerWriter;
import io.countersign.lambda.Deployment;
import io.countersign.lambda.EventReader;
import io.countersign.lambda.HttpLambda;
import io.countersign.lambda.InvalidEventException;
import io.countersign.lambda.InvocationOutcome;
import io.countersign.lambda.Invoker;
import io.countersign.lambda.Shared;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.settings.PropertyValues;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.VerifyFunction;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.acl.AclFunction;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.forwardauth.AuthFunction;
import io.countersign.verify.forwardauth.AuthSettings;
import io.countersign.verify.forwardauth.Authorizer;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.util.Map;

/** The verify function as a Lambda: {@code /verify}, {@code /auth} and {@code /acl} behind a function URL, {@code /verify} for a program that invokes the function, and API Gateway's authorizer. */
@Singleton
public final class VerifyLambda {
    private final Invoker invoker = Invoker.of("verify");
    private final Shared<Endpoints> endpoints = new Shared<>(invoker, Endpoints::on);
    private final Shared<RequestIds> ids = new Shared<>(invoker, deployment -> new RequestIds(deployment.random()));
    private final HttpLambda url = new HttpLambda(
            invoker, HttpLambda.Callers.TRUSTED, deployment -> endpoints.get().byPath());

    /** Handles a payload of the function's URL. */
    @Funq
    public AnswerWriter.Answer http(EventReader.Event event) throws InvalidEventException {
        return url.handle(event);
    }

    /** Handles the body of {@code POST /verify} from a program that may invoke the function. Without an answer there is no decision. */
    @Funq
    public AnswerWriter.Answer direct(EventReader.Event event) throws InvalidEventException.NoDecisionException {
        Endpoints current = endpoints.get();
        return invoker.invoke("direct", ids.get().next(), now -> {
            Reply reply = event.length() > RequestLimits.BODY
                    ? ProblemException.Problem.bodyTooLarge(RequestLimits.BODY).reply()
                    : current.verify().handle(event.value(), now);
            if (reply.status() >= 500) {
                throw new InvalidEventException.NoDecisionException("the request could not be judged; try again");
            }
            return new Invoker.Result<>(new AnswerWriter.Answer(reply.body().utf8()), InvocationOutcome.of(reply));
        });
    }

    /** Handles an event of a REST API's authorizer. Without a decision it fails, and API Gateway lets nothing pass. */
    @Funq
    public AnswerWriter.Answer authorizer(EventReader.Event event)
            throws InvalidEventException, InvalidEventException.NoDecisionException {
        Authorizer.Event request = read(event);
        Endpoints current = endpoints.get();
        return invoker.invoke("authorizer", request.requestId(), now -> {
            try {
                Authorizer.Policy policy = current.authorizer().judge(request, now);
                InvocationOutcome outcome = policy.error()
                        .map(error -> InvocationOutcome.refused(error.code()))
                        .orElse(InvocationOutcome.ALLOWED);
                return new Invoker.Result<>(new AnswerWriter.Answer(policy.json()), outcome);
            } catch (StoreUnavailable e) {
                throw new InvalidEventException.NoDecisionException(e.getMessage());
            }
        });
    }

    private static Authorizer.Event read(EventReader.Event event) throws InvalidEventException {
        try {
            return Authorizer.Event.read(event.value());
        } catch (InvalidDocumentException e) {
            throw new InvalidEventException(e.location() + ": " + e.problem());
        }
    }

    /** The endpoints on one deployment. They share all caches. */
    record Endpoints(VerifyFunction verify, AuthFunction auth, AclFunction acl, Authorizer authorizer) {
        /** The most derived V4 keys to cache: one for each key, day and region in use. */
        private static final int SIGNING_KEYS = 1024;

        static Endpoints on(Deployment at) throws PropertyValues.InvalidSettingException {
            KeyRegistry registry = at.registry();
            SigningKeys keys = new SigningKeys(SIGNING_KEYS);
            SessionOpener sessions = SessionOpener.of(new SessionReader(registry));
            AclWriter acls = new AclWriter(at.store());
            UrlUses uses = new UrlUses(at.store());
            VerifySettings.Properties properties = VerifySettings.Properties.from(at.values());
            return new Endpoints(
                    // Callers are never on this machine.
                    new VerifyFunction(registry, uses, sessions, keys, properties.listening(false)),
                    new AuthFunction(
                            registry,
                            acls,
                            uses,
                            sessions,
                            keys,
                            AuthSettings.from(at.values(), properties.bases()),
                            at.random(),
                            System::nanoTime),
                    new AclFunction(at.store()),
                    new Authorizer(registry, acls, uses, sessions, keys, properties.bases()));
        }

        Map<String, Endpoint> byPath() {
            return Map.of("/verify", verify::handle, "/auth", auth::handle, "/acl", acl::handle);
        }
    }
}
