package io.countersign.identity;

import io.countersign.http.Client;
import io.countersign.policy.KeyState;

/** A client with a public address, over TLS. */
public final class TestClientContext {
    public static final ClientContext CLIENT =
            new ClientContext(Client.direct("203.0.113.7", true), new KeyState.Told("app/1"));

    private TestClientContext() {}
}
