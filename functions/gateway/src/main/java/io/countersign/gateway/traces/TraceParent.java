package io.countersign.gateway.traces;

import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.http.Header;
import io.countersign.identity.TrustedProxies;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code traceparent} (W3C Trace Context). A stranger could otherwise write into the traces of others, or switch tracing on. */
final class TraceParent {
    private static final String HEADER = "traceparent";

    private TraceParent() {}

    /** Returns the context of the proxy's span, and the root for a peer that is not trusted, or a header that is missing, malformed or repeated. */
    static Context of(DecisionRecord decision, TrustedProxies proxies) {
        if (decision.peer().filter(proxies::trust).isEmpty()) {
            return Context.root();
        }
        List<String> lines = Header.values(decision.headers(), HEADER);
        return lines.size() == 1
                ? W3CTraceContextPropagator.getInstance().extract(Context.root(), lines.getFirst(), Line.INSTANCE)
                : Context.root();
    }

    /** Gives the one header to the propagator; {@code tracestate} is left out. */
    private enum Line implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String line) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String line, String key) {
            return key.equals(HEADER) ? line : null;
        }
    }
}
