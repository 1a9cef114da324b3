package io.countersign.verify.forwardauth;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.oss.Headers;
import io.countersign.verify.decide.VerifyRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The call of a proxy for a request that it holds, header values with one character for each byte, as servers hand them over. */
record ProxyCall(List<Header> headers, String peer, boolean secure) {
    private static final String ORIGIN = "http://localhost";

    ProxyCall {
        headers = List.copyOf(headers);
    }

    static ProxyCall nothing() {
        return new ProxyCall(List.of(new Header("Host", "countersign.internal:8080")), "127.0.0.1", false);
    }

    static ProxyCall nginx(VerifyRequest client) {
        return of(client, HeaderFamily.NGINX);
    }

    static ProxyCall of(VerifyRequest client, HeaderFamily family) {
        ProxyCall call = nothing()
                .with(family.method(), client.method())
                .with(family.uri(), client.url().substring(ORIGIN.length()))
                .with(family.host(), "localhost");
        for (Headers.HeaderField field : client.headers().fields()) {
            call = call.with(field.name(), field.value());
        }
        return call;
    }

    ProxyCall with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        return new ProxyCall(more, peer, secure);
    }

    ProxyCall without(String name) {
        return new ProxyCall(
                headers.stream().filter(header -> !header.isNamed(name)).toList(), peer, secure);
    }

    ProxyCall replacing(String name, String value) {
        return without(name).with(name, value);
    }

    ProxyCall from(String address) {
        return new ProxyCall(headers, address, secure);
    }

    ProxyCall overTls() {
        return new ProxyCall(headers, peer, true);
    }

    Call call() {
        return call("GET", "");
    }

    Call call(String method, String body) {
        return new Call(method, "/auth", Optional.empty(), headers, Bytes.utf8(body), peer, secure);
    }
}
