package io.countersign.gateway;

import io.countersign.gateway.cli.Invocation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The command line that {@link GatewayMain} parsed, for {@link GatewayApplication}: the runtime makes the application itself, and gives it nothing but words. */
final class ParsedCommandLine {
    private static final AtomicReference<Optional<Invocation>> HANDED = new AtomicReference<>(Optional.empty());

    private ParsedCommandLine() {}

    static void hand(Invocation.Serving parsed) {
        HANDED.set(Optional.of(parsed));
    }

    /** Returns what was handed, once. Empty where the runtime starts the application without {@link GatewayMain}. */
    static Optional<Invocation> take() {
        return HANDED.getAndSet(Optional.empty());
    }
}
