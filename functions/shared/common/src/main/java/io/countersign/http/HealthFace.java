package io.countersign.http;

import io.countersign.json.JsonText;
import java.time.Instant;

/**
 * {@code GET /health}: whether what a function stands on answers.
 *
 * @param probe asks it, bounded in how often
 */
public record HealthFace(Probe probe) implements Endpoint {
    /** Asks what a function stands on. */
    @FunctionalInterface
    public interface Probe {
        /** @throws Exception when it does not answer */
        void ask(Instant now) throws Exception;
    }

    @Override
    public Reply handle(Call call, Instant now) {
        try {
            probe.ask(now);
            return status(200, "UP");
        } catch (Exception e) {
            Outages.log(e);
            return status(503, "DOWN");
        }
    }

    private static Reply status(int status, String word) {
        return Reply.json(status, JsonText.object(body -> body.put("status", word)));
    }
}
