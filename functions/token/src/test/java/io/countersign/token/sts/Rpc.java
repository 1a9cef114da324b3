package io.countersign.token.sts;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.identity.TestToken;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.Secret;
import io.countersign.signing.rpc.RpcSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A call signed with RPC signature V1, put together parameter by parameter. */
record Rpc(HttpMethod method, QueryParameters parameters) {
    private static final AtomicLong NONCES = new AtomicLong();

    /** An action with all that a signed call has, but who it is from. */
    static Rpc of(String action) {
        return new Rpc(HttpMethod.POST, QueryParameters.NONE)
                .with("Action", action)
                .with("Version", "2015-04-01")
                .with("Format", "JSON")
                .with("SignatureMethod", "HMAC-SHA1")
                .with("SignatureVersion", "1.0")
                .with("SignatureNonce", "nonce-" + NONCES.incrementAndGet())
                .with("Timestamp", TestToken.NOW.toString());
    }

    static Rpc assumeRole(String role) {
        return of("AssumeRole")
                .with("RoleArn", "acs:ram::1234567890123456:role/" + role)
                .with("RoleSessionName", "phone");
    }

    /** The same by GET. */
    Rpc get() {
        return new Rpc(HttpMethod.GET, parameters);
    }

    /** With this parameter, and no other of its name. */
    Rpc with(String name, String value) {
        return new Rpc(method, parameters.without(name).and(name, value));
    }

    Rpc and(String name, String value) {
        return new Rpc(method, parameters.and(name, value));
    }

    Rpc without(String name) {
        return new Rpc(method, parameters.without(name));
    }

    Rpc signed(String id, String secret) {
        Rpc named = with("AccessKeyId", id);
        return named.with("Signature", RpcSignature.sign(method, named.parameters, Secret.of(secret)));
    }

    /** All parameters in the query, as Tea sends them. */
    Call inQuery() {
        return call(parameters.list(), List.of());
    }

    /** All parameters in the form, as pop-core does. */
    Call inForm() {
        return call(List.of(), parameters.list());
    }

    /** Some in each. */
    Call inBoth() {
        List<QueryParameter> list = parameters.list();
        return call(list.subList(0, list.size() / 2), list.subList(list.size() / 2, list.size()));
    }

    private Call call(List<QueryParameter> query, List<QueryParameter> form) {
        List<Header> headers = new ArrayList<>(List.of(new Header("Host", "sts.example")));
        if (!form.isEmpty()) {
            headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
        }
        return new Call(
                method.name(),
                "/",
                query.isEmpty() ? Optional.empty() : Optional.of(new QueryParameters(query).encoded()),
                headers,
                Bytes.utf8(new QueryParameters(form).encoded()),
                "203.0.113.7",
                true);
    }
}
