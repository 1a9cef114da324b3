package io.countersign.rotate;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;

/** {@code POST /events} for an event bus: carries out one event in EventBridge's envelope and answers with the facts. {@link Outbox} sends the resulting events. */
public final class RotateFunction {
    private final Rotation rotation;

    public RotateFunction(Rotation rotation) {
        this.rotation = rotation;
    }

    /** @param now the present */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            IncomingEvent event = JsonBody.read(call, IncomingEvent.Reader::read);
            return switch (rotation.handle(event, now)) {
                case EventAnswer.Done done -> Reply.json(200, EventAnswer.json(event, done));
                case EventAnswer.Refused refused -> problem(refused.refusal()).reply();
            };
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private static ProblemException.Problem problem(EventAnswer.Refusal refusal) {
        return new ProblemException.Problem(refusal.status(), refusal.code(), refusal.title(), refusal.advice());
    }
}
