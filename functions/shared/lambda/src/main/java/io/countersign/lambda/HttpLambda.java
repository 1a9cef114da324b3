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

/** Serves endpoints behind the URL of a Lambda function: the gateway's endpoints at the gateway's paths, and {@code /health}. */
public final class HttpLambda {
    /** The callers that a function's endpoints accept. */
    public enum Callers {
        /** Any caller: the endpoints authenticate callers themselves. */
        ANYONE,
        /** Callers that the URL's IAM authorisation admitted. The endpoints trust their callers, so a URL without that authorisation is refused. */
        TRUSTED
    }

    private static final System.Logger LOG = System.getLogger(HttpLambda.class.getName());
    private static final String HEALTH = "/health";
    private static final String OTHER_PATH = "other";

    private final Invoker invoker;
    private final Callers callers;
    private final Shared<Map<String, Endpoint>> endpoints;

    /** @param endpoints by path, made for the first request; a path of the form {@code /name/} stands for all below it */
    public HttpLambda(Invoker invoker, Callers callers, Shared.Maker<Map<String, Endpoint>> endpoints) {
        this.invoker = invoker;
        this.callers = callers;
        this.endpoints = new Shared<>(invoker, deployment -> withHealth(endpoints.on(deployment), deployment));
    }

    /**
     * Answers one payload of a function URL.
     *
     * @throws InvalidEventException when the event is not such a payload
     */
    public AnswerWriter.Answer handle(EventReader.Event event) throws InvalidEventException {
        FunctionUrl url = read(event);
        String path = url.call().path();
        Map<String, Endpoint> all = endpoints.get();
        String tree = path.substring(0, path.indexOf('/', 1) + 1);
        Optional<Endpoint> endpoint = Optional.ofNullable(all.get(path)).or(() -> Optional.ofNullable(all.get(tree)));
        String name = all.containsKey(path) ? path : all.containsKey(tree) ? face(tree) : OTHER_PATH;
        Reply reply = invoker.invoke(name, url.requestId(), now -> {
            Reply answer = endpoint.isPresent()
                    ? answer(endpoint.get(), url, now)
                    : ProblemException.Problem.notFound().reply();
            return new Invoker.Result<>(answer, InvocationOutcome.of(answer));
        });
        return new AnswerWriter.Answer(FunctionUrl.Response.json(reply.with("x-request-id", url.requestId())));
    }

    /** As the gateway names it: there are no more of these names than endpoints. */
    private static String face(String tree) {
        return tree.substring(0, tree.length() - 1);
    }

    private Reply answer(Endpoint endpoint, FunctionUrl url, Instant now) {
        Call call = url.call();
        if (callers == Callers.TRUSTED && url.caller().isEmpty() && !call.path().equals(HEALTH)) {
            return endpoint.refusal(iamRequired());
        }
        try {
            // The gateway's server bounds URL and headers; here nothing else does. Methods and bodies are each
            // endpoint's own.
            RequestLimits.check(call, Integer.MAX_VALUE, call.method());
            return endpoint.handle(call, now);
        } catch (ProblemException refused) {
            return endpoint.refusal(refused.problem());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "event=failure requestId=" + url.requestId() + " " + Failures.trace(e));
            return endpoint.refusal(ProblemException.Problem.internal());
        }
    }

    private static ProblemException.Problem iamRequired() {
        return new ProblemException.Problem(
                403,
                "IamRequired",
                "This endpoint accepts trusted programs only",
                "Have the operator set the authorisation of the function's URL to AWS_IAM.");
    }

    private static FunctionUrl read(EventReader.Event event) throws InvalidEventException {
        try {
            return FunctionUrl.read(event.value());
        } catch (InvalidDocumentException e) {
            throw InvalidEventException.of(e);
        }
    }

    private static Map<String, Endpoint> withHealth(Map<String, Endpoint> endpoints, Deployment deployment) {
        Map<String, Endpoint> all = new HashMap<>(endpoints);
        all.put(HEALTH, new HealthEndpoint(deployment.registry()::probe));
        return Map.copyOf(all);
    }
}
