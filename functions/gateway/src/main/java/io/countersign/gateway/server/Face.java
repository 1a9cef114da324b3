package io.countersign.gateway.server;

import io.countersign.http.Call;
import io.countersign.http.Reply;
import java.time.Instant;

/** What answers one path: a function's plain class, called on a worker thread. */
@FunctionalInterface
public interface Face {
    Reply handle(Call call, Instant now);
}
