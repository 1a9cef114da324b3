package io.countersign.lambda;

import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Failures;
import io.countersign.http.FunctionUrl;
import io.countersign.http.HealthEndpoint;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.json.InvalidDocumentException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A function behind the URL of a Lambda: the same faces at the same paths as behind the gateway, and {@code /health}. */
public final class HttpLambda {
    /** Who may call a function's faces. */
    public enum Callers {
        /** Anyone: each face knows its callers by itself. */
        ANYONE,
        /** Whom the URL's IAM authorisation let through. Whoever reaches these faces is believed, so all are refused at a URL without it. */
        TRUSTED
    }

    private static final System.Logger LOG = System.getLogger(HttpLambda.class.getName());
    private static final String HEALTH = "/health";
    private static final String OTHER_PATH = "other";

    private final Invoker invoker;
    private final Callers callers;
    private final Shared<Map<String, Endpoint>> faces;

    /** @param faces by path, made when the first request comes */
    public HttpLambda(Invoker invoker, Callers callers, Shared.Maker<Map<String, Endpoint>> faces) {
        this.invoker = invoker;
        this.callers = callers;
        this.faces = new Shared<>(invoker, deployment -> withHealth(faces.on(deployment), deployment));
    }

    /**
     * Answers one payload of a function URL.
     *
     * @throws InvalidEventException when it is none
     */
    public AnswerWriter.Answer handle(EventReader.Event event) throws InvalidEventException {
        FunctionUrl url = read(event);
        Optional<Endpoint> face = Optional.ofNullable(faces.get().get(url.call().path()));
        String name = face.isPresent() ? url.call().path() : OTHER_PATH;
        Reply reply = invoker.invoke(name, url.requestId(), now -> {
            Reply answer = face.isPresent()
                    ? answer(face.get(), url, now)
                    : ProblemException.Problem.notFound().reply();
            return new Invoker.Result<>(answer, Outcome.of(answer));
        });
        return new AnswerWriter.Answer(FunctionUrl.FunctionUrlReply.json(reply.with("x-request-id", url.requestId())));
    }

    private Reply answer(Endpoint face, FunctionUrl url, Instant now) {
        Call call = url.call();
        if (callers == Callers.TRUSTED && url.caller().isEmpty() && !call.path().equals(HEALTH)) {
            return face.refusal(iamRequired());
        }
        try {
            // Those of URL and headers: verbs and bodies are each face's own.
            RequestLimits.check(call, Integer.MAX_VALUE, call.method());
            return face.handle(call, now);
        } catch (ProblemException refused) {
            return face.refusal(refused.problem());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "event=failure requestId=" + url.requestId() + " " + Failures.trace(e));
            return face.refusal(ProblemException.Problem.internal());
        }
    }

    private static ProblemException.Problem iamRequired() {
        return new ProblemException.Problem(
                403,
                "IamRequired",
                "This face is for trusted programs alone",
                "Have the operator set the authorisation of the function's URL to AWS_IAM.");
    }

    private static FunctionUrl read(EventReader.Event event) throws InvalidEventException {
        try {
            return FunctionUrl.read(event.value());
        } catch (InvalidDocumentException e) {
            throw new InvalidEventException(e.location() + ": " + e.problem());
        }
    }

    private static Map<String, Endpoint> withHealth(Map<String, Endpoint> faces, Deployment deployment) {
        Map<String, Endpoint> all = new HashMap<>(faces);
        all.put(HEALTH, new HealthEndpoint(deployment.registry()::probe));
        return Map.copyOf(all);
    }
}
