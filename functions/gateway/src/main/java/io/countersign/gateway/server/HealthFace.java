package io.countersign.gateway.server;

import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;

/** {@code GET /health}: whether the store answers. The registry asks it at most once a second, however many ask here. */
public final class HealthFace implements Face {
    private final KeyRegistry registry;

    public HealthFace(KeyRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Reply handle(Call call, Instant now) {
        try {
            registry.probe(now);
            return status(200, "UP");
        } catch (StoreUnavailable e) {
            return status(503, "DOWN");
        }
    }

    private static Reply status(int status, String word) {
        return Reply.json(status, JsonText.object(body -> body.put("status", word)));
    }
}
