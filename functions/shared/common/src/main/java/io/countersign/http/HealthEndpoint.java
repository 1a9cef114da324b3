package io.countersign.http;

import java.time.Instant;

/**
 * {@code GET /health}, {@code /health/ready} and {@code /health/live}: reports whether the dependencies of a function answer.
 *
 * @param probe calls them, at a bounded rate
 */
public record HealthEndpoint(Probe probe) implements Endpoint {
    /** Calls the dependencies of a function. */
    @FunctionalInterface
    public interface Probe {
        /** Calls nothing: an answer shows that the process answers. */
        Probe NONE = now -> {};

        /** @throws Exception when one does not answer */
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
        return Reply.json(status, body -> body.put("status", word));
    }
}
