package io.countersign.gateway.server;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.identity.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * Makes calls of requests.
 *
 * @param proxies whose statement of the client is believed
 */
record ReceivedCalls(TrustedProxies proxies) {
    /** @param headers those of the request */
    Call of(HttpServerRequest request, Routes.RequestTarget target, List<Header> headers, Bytes body) {
        Call call = new Call(
                request.method().name(),
                target.path(),
                target.rawQuery(),
                headers,
                body,
                ConnectionWatch.peer(request.connection()),
                request.isSSL());
        return proxies.isNone() && !call.peer().equals(TrustedProxies.UNIX) ? call : call.from(proxies.client(call));
    }
}
