package io.countersign.verify.lambda;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.RequestIds;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.lambda.Answer;
import io.countersign.lambda.Event;
import io.countersign.lambda.HttpLambda;
import io.countersign.lambda.InvalidEventException;
import io.countersign.lambda.Invoker;
import io.countersign.lambda.Outcome;
import io.countersign.lambda.Shared;
import io.countersign.lambda.UndecidedException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.forwardauth.AuthorizerEvent;
import io.countersign.verify.forwardauth.AuthorizerPolicy;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** {@code /verify}, {@code /auth} and {@code /acl} behind a function URL, {@code /verify} for a program that invokes the function, or API Gateway's authorizer. */
@Singleton
public final class VerifyLambda {
    private final Invoker invoker = Invoker.of("verify");
    private final Shared<VerifyFaces> faces = new Shared<>(invoker, VerifyFaces::on);
    private final HttpLambda url = new HttpLambda(
            invoker, HttpLambda.Callers.TRUSTED, deployment -> faces.get().byPath());

    /** A payload of the function's URL. */
    @Funq
    public Answer http(Event event) throws InvalidEventException {
        return url.handle(event);
    }

    /** The body of {@code POST /verify}, from a program that may invoke the function. Whoever gets no answer has no decision. */
    @Funq
    public Answer direct(Event event) throws UndecidedException {
        VerifyFaces at = faces.get();
        Bytes body = Bytes.utf8(JsonText.of(event.value()));
        String id = new RequestIds(invoker.deployment().random()).next();
        return invoker.invoke("direct", id, now -> {
            Reply reply = at.verify().handle(post(body), now);
            if (reply.status() >= 500) {
                throw new UndecidedException("the request could not be judged; try again");
            }
            return new Invoker.Result<>(new Answer(reply.body().utf8()), Outcome.of(reply));
        });
    }

    /** An event of a REST API's authorizer. Whatever is no decision is no answer, and then API Gateway lets nothing pass. */
    @Funq
    public Answer authorizer(Event event) throws InvalidEventException, UndecidedException {
        AuthorizerEvent request = read(event);
        VerifyFaces at = faces.get();
        return invoker.invoke("authorizer", request.requestId(), now -> {
            try {
                AuthorizerPolicy policy = at.authorizer().judge(request, now);
                Outcome outcome = policy.error()
                        .map(error -> Outcome.refused(error.code()))
                        .orElse(Outcome.ALLOWED);
                return new Invoker.Result<>(new Answer(policy.json()), outcome);
            } catch (StoreUnavailable e) {
                throw new UndecidedException(e.getMessage());
            }
        });
    }

    private static AuthorizerEvent read(Event event) throws InvalidEventException {
        try {
            return AuthorizerEvent.read(event.value());
        } catch (InvalidDocumentException e) {
            throw new InvalidEventException(e.location() + ": " + e.problem());
        }
    }

    private static Call post(Bytes body) {
        return new Call(
                "POST",
                "/verify",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                body,
                "lambda",
                true);
    }
}
