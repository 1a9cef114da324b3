package io.countersign.gateway.cli;

import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import java.time.Instant;

/** Answers in place of a face that does nothing but write, where the registry is only read. */
enum ReadOnlyFace implements Endpoint {
    INSTANCE;

    @Override
    public Reply handle(Call call, Instant now) {
        return new ProblemException.Problem(
                        503,
                        "RegistryReadOnly",
                        "The registry is open for reading alone",
                        "Ask a server that was started without --read-only.")
                .reply();
    }
}
