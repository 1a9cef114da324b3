package io.countersign.session;

import io.countersign.policy.KeyState;

/** Somebody who calls from outside, over TLS. */
public final class TestAsker {
    public static final Asker ASKER = new Asker("203.0.113.7", new KeyState.Told("app/1"), true);

    private TestAsker() {}
}
