package io.countersign.identity;

import io.countersign.http.Client;
import io.countersign.policy.KeyState;

/** Somebody who calls from outside, over TLS. */
public final class TestAsker {
    public static final Asker ASKER = new Asker(Client.direct("203.0.113.7", true), new KeyState.Told("app/1"));

    private TestAsker() {}
}
